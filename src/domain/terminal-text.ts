/** Removes terminal control from text that arrives in pieces; a sequence may be split anywhere. */
export interface TerminalFilter {
  push(chunk: string): string;
}

type State = 'text' | 'escape' | 'sequence' | 'string' | 'string-escape';

const BEL = 0x07;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;

/** An operating-system command (such as a link) that does not end by then was never one. */
const MAX_STRING = 4096;

/** Drops escape sequences (ECMA-48) and control characters; a lone carriage return ends a line. */
export function createTerminalFilter(): TerminalFilter {
  let state: State = 'text';
  let afterReturn = false;
  let stringLength = 0;

  function push(chunk: string): string {
    const kept: string[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      const plain = state === 'text' && isPlain(code) && !(code === LF && afterReturn);
      if (plain) {
        afterReturn = false;
        continue;
      }
      kept.push(chunk.slice(start, at));
      start = at + 1;
      if (endsLine(state, code)) kept.push('\n');
      if (state === 'text') afterReturn = code === CR;
      stringLength = state === 'string' ? stringLength + 1 : 0;
      state = stringLength > MAX_STRING ? 'text' : next(state, code);
    }
    kept.push(chunk.slice(start));
    return kept.join('');
  }

  return { push };
}

/** The text without terminal control, its lines ended by a line feed alone. */
export function plainText(text: string): string {
  return createTerminalFilter().push(text);
}

function isPlain(code: number): boolean {
  if (code === LF || code === TAB) return true;
  return code >= 0x20 && (code < 0x7f || code > 0x9f);
}

function endsLine(state: State, code: number): boolean {
  return state === 'text' ? code === CR : code === LF;
}

function next(state: State, code: number): State {
  switch (state) {
    case 'text':
      return afterText(code);
    case 'escape':
      return afterEscape(code);
    case 'sequence':
      if (code === ESC) return 'escape';
      return code >= 0x40 || code < 0x20 ? 'text' : 'sequence';
    case 'string':
      if (code === ESC) return 'string-escape';
      return code === BEL || code === LF || code === 0x9c ? 'text' : 'string';
    case 'string-escape':
      return 'text';
  }
}

function afterText(code: number): State {
  if (code === ESC) return 'escape';
  if (code === 0x9b) return 'sequence';
  return code === 0x9d ? 'string' : 'text';
}

/** `[` begins a control sequence; `]`, `P`, `X`, `^` and `_` begin a string; 0x20–0x2f are intermediates. */
function afterEscape(code: number): State {
  if (code === ESC) return 'escape';
  if (code === 0x5b) return 'sequence';
  if (code === 0x5d || code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) {
    return 'string';
  }
  return code >= 0x20 && code <= 0x2f ? 'escape' : 'text';
}
