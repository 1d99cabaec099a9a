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

/** What becomes of one character: it stays, it goes, or a line feed stands in its place. */
export type TerminalFate = 'keep' | 'drop' | 'line-feed';

/** Reads characters one after the other, as a terminal does. */
export interface TerminalReader {
  read(code: number): TerminalFate;
  /** Whether nothing before has a bearing on what comes next. */
  isAtEase(): boolean;
}

/** Drops escape sequences (ECMA-48) and control characters; a lone carriage return ends a line. */
export function createTerminalReader(): TerminalReader {
  let state: State = 'text';
  let afterReturn = false;
  let stringLength = 0;

  function read(code: number): TerminalFate {
    const plain = state === 'text' && isPlain(code) && !(code === LF && afterReturn);
    if (plain) {
      afterReturn = false;
      return 'keep';
    }
    const fate = endsLine(state, code) ? 'line-feed' : 'drop';
    if (state === 'text') afterReturn = code === CR;
    stringLength = state === 'string' ? stringLength + 1 : 0;
    state = stringLength > MAX_STRING ? 'text' : next(state, code);
    return fate;
  }

  return { read, isAtEase: () => state === 'text' && !afterReturn };
}

/** A filter of its own for each text: what it has read bears on what it reads next. */
export function createTerminalFilter(): TerminalFilter {
  const reader = createTerminalReader();

  function push(chunk: string): string {
    const kept: string[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const fate = reader.read(chunk.charCodeAt(at));
      if (fate === 'keep') continue;
      kept.push(chunk.slice(start, at));
      start = at + 1;
      if (fate === 'line-feed') kept.push('\n');
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
