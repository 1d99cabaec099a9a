import { boundLines } from './bounded-lines.ts';

/** Every line is an object to the parsers, so that a million empty ones would cost more than what they say. */
const PARSED_LINES = 5_000;

/** No parser reads more of a line, but of one that is a report by itself. */
const LONG_LINE = 2_000;

/** How a report begins that takes many lines: a bracket alone, then something within it. */
const OPENING = /^[[{]\n\s+["{[]/;
const OPENING_LENGTH = 100;

/**
 * What the parsers read of an output: all of it, or its first and last lines and, behind them, the JSON that stood
 * anywhere in it. That is whole or worth nothing, and would not survive a cut.
 */
export function parserInput(text: string): string {
  const bounded = boundLines(text, PARSED_LINES);
  if (bounded === text) return text;
  const { reports, rest } = setReportsApart(text);
  return reports.length === 0 ? bounded : [boundLines(rest, PARSED_LINES), ...reports].join('\n');
}

/** Whether an output holds the beginning of JSON that may be a report. */
export function beginsReport(text: string): boolean {
  return /^(?:\[\{"|\{"|[[{]\n\s+["{[])/m.test(text);
}

interface Apart {
  readonly reports: readonly string[];
  readonly rest: string;
}

function setReportsApart(text: string): Apart {
  const reports: string[] = [];
  const rest: string[] = [];
  let restFrom = 0;
  for (let at = 0; at < text.length;) {
    const candidate = candidateAt(text, at);
    if (candidate !== null && isJson(candidate.text)) {
      rest.push(text.slice(restFrom, at));
      reports.push(candidate.ofLines ? inFewLines(candidate.text) : candidate.text);
      restFrom = candidate.end;
    }
    at = candidate?.end ?? endOfLine(text, at) + 1;
  }
  rest.push(text.slice(restFrom));
  return { reports, rest: rest.join('') };
}

interface Candidate {
  readonly text: string;
  readonly ofLines: boolean;
  /** Where the search goes on, also where it is no JSON: nothing is looked at twice. */
  readonly end: number;
}

function candidateAt(text: string, at: number): Candidate | null {
  const first = text[at];
  if (first !== '{' && first !== '[') return null;
  const lineEnd = endOfLine(text, at);
  if (lineEnd - at > LONG_LINE) {
    return { text: text.slice(at, lineEnd), ofLines: false, end: lineEnd + 1 };
  }
  if (!OPENING.test(text.slice(at, at + OPENING_LENGTH))) return null;
  const close = text.indexOf(first === '{' ? '\n}' : '\n]', at);
  const end = close < 0 ? text.length : close + 2;
  return { text: text.slice(at, end), ofLines: true, end };
}

/** Its lines but the first two and the last are joined: between them JSON allows a space as well. */
function inFewLines(report: string): string {
  const second = endOfLine(report, 2);
  const middle = report.slice(second + 1, -2).replaceAll('\n', ' ');
  return `${report.slice(0, second)}\n${middle}\n${report.slice(-1)}`;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
