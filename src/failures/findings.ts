import type { Diagnostic } from '../domain/failure.ts';
import { plainText } from '../domain/terminal-text.ts';

/** What one parser makes of a tool's output; `testsRun` is null where the output counts no tests. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly testsRun: number | null;
}

/** Longer lines are no tool's message: minified code, data, or an attempt to make us slow. */
export const MAX_LINE = 2000;

/** A message is cut there, so that one diagnostic cannot crowd out the others; never within a colour code. */
export const MAX_MESSAGE = 1000;

/** More than the lines and reports that are read can hold, so that what is told as the total is one; memory stays bounded. */
export const MAX_DIAGNOSTICS = 100_000;

/** The most that a handed-on result takes; one field beyond would have the whole result refused. */
const MAX_FILE = 1000;
const MAX_CODE = 200;
const MAX_POSITION = 999_999_999;

/** A line and column that end a text: `a.ts:12:5` or `a.ts(12,5)`. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
}

/** Reads `path:line:column` or `path:line` from the end backwards, so that `C:\` is no line number. */
export function readColonLocation(text: string): Location | null {
  const last = splitNumber(text);
  if (last === null) return null;
  const before = splitNumber(last.rest);
  if (before === null) return { path: last.rest, line: last.value, column: null };
  return { path: before.rest, line: before.value, column: last.value };
}

/** A whole number of at most nine digits, or null. */
export function readNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function cutMessage(message: string): string {
  const text = plainText(message).trim();
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE - 1)}…`;
}

/**
 * Errors first, since what is cut later is cut from the end, and every field within its bounds: what a report says comes
 * from the code that is judged.
 */
export function tidied({ diagnostics, testsRun }: Findings): Findings {
  const bounded = diagnostics.map(withinBounds);
  const errors = bounded.filter(({ severity }) => severity === 'error');
  const warnings = bounded.filter(({ severity }) => severity === 'warning');
  return { diagnostics: [...errors, ...warnings].slice(0, MAX_DIAGNOSTICS), testsRun };
}

function withinBounds(diagnostic: Diagnostic): Diagnostic {
  const { file, line, column, code, message } = diagnostic;
  return {
    ...diagnostic,
    file: file === null || file.length > MAX_FILE ? null : oneLine(file),
    line: positionIn(line),
    column: positionIn(column),
    code: code === null || code.length > MAX_CODE ? null : oneLine(code),
    message: cutMessage(message),
  };
}

function oneLine(text: string): string {
  return plainText(text).replaceAll('\n', ' ');
}

function positionIn(position: number | null): number | null {
  if (position === null || !Number.isInteger(position)) return null;
  return position >= 0 && position <= MAX_POSITION ? position : null;
}

/** An error at a place, without a code: what test runners and generic tools give. */
export function errorAt(
  file: string | null,
  location: Pick<Location, 'line' | 'column'> | null,
  message: string,
): Diagnostic {
  return {
    file,
    line: location?.line ?? null,
    column: location?.column ?? null,
    severity: 'error',
    code: null,
    message: cutMessage(message),
  };
}

function splitNumber(text: string): { readonly rest: string; readonly value: number } | null {
  const colon = text.lastIndexOf(':');
  if (colon <= 0) return null;
  const value = readNumber(text.slice(colon + 1));
  return value === null ? null : { rest: text.slice(0, colon), value };
}
