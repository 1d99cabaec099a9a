import type { Diagnostic } from '../domain/failure.ts';
import { plainText } from '../domain/terminal-text.ts';
import { MAX_LINE } from './findings.ts';
import type { Findings } from './findings.ts';
import { parseEslint } from './parse-eslint.ts';
import { parseGeneric } from './parse-generic.ts';
import { parseJest } from './parse-jest.ts';
import { parseMocha } from './parse-mocha.ts';
import { parseTsc } from './parse-tsc.ts';
import { parseVitest } from './parse-vitest.ts';
import type { Place } from './source-path.ts';

const TOOLS = [parseTsc, parseEslint, parseMocha, parseJest, parseVitest] as const;

/**
 * Asks every parser, since one command may run several tools; the generic one only where none found
 * anything.
 */
export function parseDiagnostics(output: string, place: Place): Findings {
  const lines = plainText(output).split('\n').map(shorten);
  let testsRun: number | null = null;
  const diagnostics: Diagnostic[] = [];
  for (const parse of TOOLS) {
    const findings = parse(lines, place);
    if (findings.testsRun !== null) testsRun = (testsRun ?? 0) + findings.testsRun;
    for (const diagnostic of findings.diagnostics) diagnostics.push(diagnostic);
  }
  if (diagnostics.length === 0) diagnostics.push(...parseGeneric(lines, place).diagnostics);
  return { diagnostics: errorsFirst(diagnostics), testsRun };
}

/** ESLint's JSON is one line of any length; all other long lines lose what no parser reads. */
function shorten(line: string): string {
  return line.length <= MAX_LINE || line.startsWith('[{"filePath":')
    ? line
    : line.slice(0, MAX_LINE);
}

/** What is cut later is cut from the end, where the warnings are. */
function errorsFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return [...errors, ...diagnostics.filter(({ severity }) => severity === 'warning')];
}
