import { nearestNames } from '../../domain/nearest.ts';
import { isBracket, KNOWN_BRACKETS } from './brackets.ts';

/** A piece of a line: text to keep, a bracket the reference knows, alone or as a link's text, or one that looks like it. */
export interface Token {
  readonly kind: 'text' | 'known' | 'link' | 'unknown';
  readonly text: string;
}

interface Place {
  readonly line: string;
  /** Where it begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly inCode: boolean;
  readonly labels: ReadonlySet<string>;
}

/** The brackets that mean more than they hold stand first. */
const BRACKET =
  /prompt-\[N\]|\[N\] of \d+| \(lines \[X\]-\[Y\]\)|\[X\]-\[Y\]|<module-id>|✅\/❌|\[[^[\]]+\]/g;

const DEFINITION = /^ {0,3}\[([^[\]]+)\]:[ \t]*\S+[ \t]*(?:["'(].*)?$/;

/** Words as in the reference's own brackets; a subscript, a range of letters or a key is none. */
const PHRASE = /^\p{L}[\p{L}\p{N}]+(?:[ _/-][\p{L}\p{N}]{2,})+$/u;

/** In double quotes, as JSON has them, one word is a value that somebody is to fill in. */
const WORD = /^\p{L}[\p{L}\p{N}]+$/u;

const HALF_RANGE = /^\[[XY]\]$/;

/** Shorter words in code are somebody's keys and indexes. */
const SHORTEST_MISTYPED = 6;

/** The labels of links that are defined somewhere in a text (https://github.github.com/gfm/#link-reference-definitions). */
export function linkLabels(lines: Iterable<string>): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const line of lines) {
    const label = DEFINITION.exec(line)?.[1];
    if (label !== undefined) labels.add(label.toLowerCase());
  }
  return labels;
}

/** Splits a line at its brackets; links, check boxes, alerts, footnotes and `\[` are text. */
export function scanLine(
  line: string,
  context: { readonly isCode: boolean; readonly labels: ReadonlySet<string> },
): readonly Token[] {
  const spans = context.isCode ? [] : codeSpans(line);
  const tokens: Token[] = [];
  let end = 0;
  let span = 0;
  for (const match of line.matchAll(BRACKET)) {
    const start = match.index;
    while ((spans[span]?.end ?? Infinity) <= start) span += 1;
    const inCode = context.isCode || (spans[span]?.start ?? Infinity) < start;
    const [text] = match;
    const kind = judge(text, {
      line,
      start,
      end: start + text.length,
      inCode,
      labels: context.labels,
    });
    if (kind === 'text') continue;
    tokens.push({ kind: 'text', text: line.slice(end, start) }, { kind, text });
    end = start + text.length;
  }
  return [...tokens, { kind: 'text', text: line.slice(end) }];
}

function judge(text: string, place: Place): Token['kind'] {
  if (!place.inCode && isEscaped(place.line, place.start)) return 'text';
  if (!place.inCode && isLink(text, place)) return isBracket(text) ? linkKind(text, place) : 'text';
  if (isBracket(text)) return HALF_RANGE.test(text) ? halfKind(text, place) : 'known';
  return looksUnfilled(text.slice(1, -1), place) ? 'unknown' : 'text';
}

/** Where the text is the link's name too, the user has said what it stands for. */
function linkKind(text: string, { labels }: Place): 'text' | 'link' {
  return labels.has(labelOf(text)) ? 'text' : 'link';
}

/** A check box and a subscript are no ends of a range. */
function halfKind(text: string, place: Place): Token['kind'] {
  const { line, start, end, inCode } = place;
  const isBox = !inCode && /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+$/.test(line.slice(0, start));
  const isSubscript = /[\p{L}\p{N}_\])]/u.test(line.charAt(start - 1));
  return (isBox && /^\s|^$/.test(line.slice(end))) || isSubscript ? 'text' : 'known';
}

function labelOf(text: string): string {
  return text.slice(1, -1).toLowerCase();
}

function isEscaped(line: string, at: number): boolean {
  let backslashes = 0;
  while (line[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Inline, full and shortcut links and the definitions they refer to. */
function isLink(text: string, { line, end, labels }: Place): boolean {
  if (!/^\[[^[\]]+\]$/.test(text)) return false;
  if (line[end] === '(') return true;
  if (labels.has(labelOf(text))) return true;
  if (line[end] !== '[') return false;
  const close = line.indexOf(']', end);
  return close !== -1 && labels.has(line.slice(end + 1, close).toLowerCase());
}

/** In code, where brackets are common, only what is worded like a bracket of the reference. */
function looksUnfilled(inside: string, { line, start, end, inCode }: Place): boolean {
  if (!/^\p{L}.+$/u.test(inside)) return false;
  if (/[\p{L}\p{N}_\])!$]/u.test(line.charAt(start - 1))) return false;
  if (!inCode) return true;
  if (PHRASE.test(inside)) return true;
  if (line[start - 1] === '"' && line[end] === '"' && WORD.test(inside)) return true;
  return (
    inside.length >= SHORTEST_MISTYPED && nearestNames(`[${inside}]`, KNOWN_BRACKETS).length > 0
  );
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a line's code spans are (https://github.github.com/gfm/#code-spans). */
function codeSpans(line: string): readonly Span[] {
  const runs = [...line.matchAll(/`+/g)];
  const spans: Span[] = [];
  for (let open = 0; open < runs.length; open += 1) {
    const first = runs[open];
    if (first === undefined || isEscaped(line, first.index)) continue;
    let close = open + 1;
    while (close < runs.length && runs[close]?.[0].length !== first[0].length) close += 1;
    const last = runs[close];
    if (last === undefined) continue;
    spans.push({ start: first.index, end: last.index + last[0].length });
    open = close;
  }
  return spans;
}
