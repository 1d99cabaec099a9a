import * as v from 'valibot';
import type { Diagnostic } from '../domain/failure.ts';
import { cutMessage, MAX_DIAGNOSTICS, readNumber } from './findings.ts';
import type { Findings } from './findings.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';

const REPORT = v.array(
  v.object({
    filePath: v.string(),
    messages: v.array(
      v.object({
        ruleId: v.nullish(v.string(), null),
        severity: v.number(),
        message: v.string(),
        line: v.nullish(v.number(), null),
        column: v.nullish(v.number(), null),
      }),
    ),
  }),
);

/** The name of ESLint's rules, plugins' included: `no-undef`, `@typescript-eslint/no-explicit-any`. */
const RULE = /^@?[a-z0-9][\w./@-]*$/i;

/** Reads ESLint's `stylish` and `json` formats. */
export function parseEslint(lines: readonly string[], place: Place): Findings {
  const report = lines.find((line) => line.startsWith('[{"filePath":'));
  const diagnostics =
    report === undefined ? parseStylish(lines, place) : parseReport(report, place);
  return { diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS), testsRun: null };
}

function parseReport(report: string, place: Place): Diagnostic[] {
  const parsed = v.safeParse(REPORT, parseJson(report));
  if (!parsed.success) return [];
  return parsed.output.flatMap(({ filePath, messages }) =>
    messages.map((message) => ({
      file: sourcePath(filePath, place),
      line: message.line,
      column: message.column,
      severity: message.severity === 1 ? ('warning' as const) : ('error' as const),
      code: message.ruleId,
      message: cutMessage(message.message),
    })),
  );
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
