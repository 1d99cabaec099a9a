import type { Diagnostic } from '../domain/failure.ts';
import { cutMessage, MAX_DIAGNOSTICS, readNumber } from './findings.ts';
import type { Findings } from './findings.ts';
import { readPlacedMessage } from './parse-generic.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';

/** The name of ESLint's rules, plugins' included: `no-undef`, `@typescript-eslint/no-explicit-any`. */
const RULE = /^@?[a-z0-9][\w./@-]*$/i;

/** Reads ESLint's `stylish` format, and `unix` with one message a line. */
export function parseEslint(lines: readonly string[], place: Place): Findings {
  const diagnostics = [...parseStylish(lines, place), ...parseUnix(lines, place)];
  return { diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS), testsRun: null };
}

function parseStylish(lines: readonly string[], place: Place): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let file: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') file = null;
    else if (!line.startsWith(' ')) file = line;
    else if (file !== null) {
      const found = parseMessage(line, sourcePath(file, place));
      if (found !== null) diagnostics.push(found);
    }
  }
  return diagnostics;
}

function parseMessage(line: string, file: string): Diagnostic | null {
  const columns = splitColumns(line);
  const [position, severity] = columns;
  const [lineText, columnText] = (position ?? '').split(':');
  const lineNumber = readNumber(lineText ?? '');
  const column = readNumber(columnText ?? '');
  if (lineNumber === null || column === null) return null;
  if ((severity !== 'error' && severity !== 'warning') || columns.length < 3) return null;
  const last = columns.at(-1) ?? '';
  const code = columns.length > 3 && RULE.test(last) ? last : null;
  const message = columns.slice(2, code === null ? undefined : -1).join('  ');
  return { file, line: lineNumber, column, severity, code, message: cutMessage(message) };
}

/** The table's columns stand two blanks or more apart. */
function splitColumns(line: string): string[] {
  return line
    .split('  ')
    .map((column) => column.trim())
    .filter((column) => column !== '');
}

/** `src/a.js:1:28: 'x' is not defined. [Error/no-undef]`; a parsing error has no rule. */
function parseUnix(lines: readonly string[], place: Place): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const line of lines) {
    if (!line.endsWith(']') || diagnostics.length >= MAX_DIAGNOSTICS) continue;
    const open = line.lastIndexOf(' [');
    const [level, ...rule] = line.slice(open + 2, -1).split('/');
    if (open < 0 || (level !== 'Error' && level !== 'Warning')) continue;
    const found = readPlacedMessage(line.slice(0, open), place);
    if (found === null) continue;
    const severity = level === 'Error' ? 'error' : 'warning';
    diagnostics.push({ ...found, severity, code: rule.length === 0 ? null : rule.join('/') });
  }
  return diagnostics;
}
