import type { Diagnostic } from '../domain/failure.ts';
import { cutMessage, MAX_DIAGNOSTICS, readColonLocation } from './findings.ts';
import type { Findings } from './findings.ts';
import { looksLikePath, sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';

/** Reads `file:line:col: message`, with or without a severity, as compilers since GCC have printed it. */
export function parseGeneric(lines: readonly string[], place: Place): Findings {
  const diagnostics: Diagnostic[] = [];
  for (const line of lines) {
    if (diagnostics.length >= MAX_DIAGNOSTICS) break;
    const found = readPlacedMessage(line, place);
    if (found !== null) diagnostics.push(found);
  }
  return { diagnostics, testsRun: null };
}

/** The message of one such line; null where the line names no place. */
export function readPlacedMessage(line: string, place: Place): Diagnostic | null {
  const end = line.indexOf(': ');
  if (end <= 0) return null;
  const location = readColonLocation(line.slice(0, end));
  if (location === null || !looksLikePath(location.path)) return null;
  const said = line.slice(end + 2).trim();
  if (said === '') return null;
  const severity = said.toLowerCase().startsWith('warning') ? 'warning' : 'error';
  return {
    file: sourcePath(location.path, place),
    line: location.line,
    column: location.column,
    severity,
    code: null,
    message: cutMessage(said.replace(/^(?:fatal error|error|warning): /i, '')),
  };
}
