import type { Diagnostic } from '../domain/failure.ts';
import {
  cutMessage,
  MAX_DIAGNOSTICS,
  MAX_MESSAGE,
  readColonLocation,
  readNumber,
} from './findings.ts';
import type { Findings, Location } from './findings.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';

const SEVERITIES = ['error', 'warning'] as const;

/** Reads TypeScript's output, plain (`a.ts(1,2): error TS…`) and pretty (`a.ts:1:2 - error TS…`). */
export function parseTsc(lines: readonly string[], place: Place): Findings {
  const diagnostics: Diagnostic[] = [];
  let continued = false;
  for (const line of lines) {
    const found = parseLine(line, place);
    if (found !== null) {
      if (diagnostics.length >= MAX_DIAGNOSTICS) break;
      diagnostics.push(found);
      continued = true;
      continue;
    }
    const last = diagnostics.at(-1);
    continued = continued && last !== undefined && line.startsWith('  ') && line.trim() !== '';
    if (continued && last !== undefined && last.message.length < MAX_MESSAGE) {
      diagnostics[diagnostics.length - 1] = {
        ...last,
        message: cutMessage(`${last.message}\n${line}`),
      };
    }
  }
  return { diagnostics, testsRun: null };
}

function parseLine(line: string, place: Place): Diagnostic | null {
  for (const severity of SEVERITIES) {
    const mark = `${severity} TS`;
    const at = line.indexOf(mark);
    if (at < 0) continue;
    const colon = line.indexOf(':', at);
    const number = readNumber(line.slice(at + mark.length, colon));
    if (colon < 0 || number === null) continue;
    const location = readPlace(line.slice(0, at));
    if (location === undefined) continue;
    return {
      file: location === null ? null : sourcePath(location.path, place),
      line: location?.line ?? null,
      column: location?.column ?? null,
      severity,
      code: `TS${number}`,
      message: cutMessage(line.slice(colon + 1)),
    };
  }
  return null;
}

/** Null where the message is about the project as a whole; undefined where the text is no place at all. */
function readPlace(before: string): Location | null | undefined {
  if (before.trim() === '') return null;
  if (before.endsWith(' - ')) return readColonLocation(before.slice(0, -3)) ?? undefined;
  if (!before.endsWith('): ')) return undefined;
  const open = before.lastIndexOf('(');
  const [line, column] = before.slice(open + 1, -3).split(',');
  const lineNumber = readNumber(line ?? '');
  if (open <= 0 || lineNumber === null) return undefined;
  return { path: before.slice(0, open), line: lineNumber, column: readNumber(column ?? '') };
}
