import { plainText } from '../domain/terminal-text.ts';
import { takeReports } from './embedded-report.ts';
import { MAX_LINE, tidied } from './findings.ts';
import type { Findings } from './findings.ts';
import { parseEslint } from './parse-eslint.ts';
import { parseGeneric } from './parse-generic.ts';
import { parseJest } from './parse-jest.ts';
import { parseMocha } from './parse-mocha.ts';
import { parsePytest } from './parse-pytest.ts';
import { parseTap } from './parse-tap.ts';
import { parseTsc } from './parse-tsc.ts';
import { parseVitest } from './parse-vitest.ts';
import type { Place } from './source-path.ts';

const TOOLS = [
  { format: 'tsc', parse: parseTsc },
  { format: 'eslint', parse: parseEslint },
  { format: 'mocha', parse: parseMocha },
  { format: 'jest', parse: parseJest },
  { format: 'jest', parse: parseVitest },
  { format: 'tap', parse: parseTap },
  { format: 'pytest', parse: parsePytest },
] as const;

/**
 * Asks every parser, since one command may run several tools; the generic one only where none found anything. A tool
 * that printed its report is not read a second time: Jest writes its summary beside its JSON.
 */
export function parseDiagnostics(output: string, place: Place): Findings {
  const { reports, rest } = takeReports(plainText(output).split('\n'), place);
  const lines = rest.map((line) => line.slice(0, MAX_LINE));
  const reported = new Set<string>(reports.map(({ format }) => format));
  const read = TOOLS.filter(({ format }) => !reported.has(format)).map(({ parse }) =>
    parse(lines, place),
  );
  const findings = [...reports.map((report) => report.findings), ...read];
  const diagnostics = findings.flatMap((found) => found.diagnostics);
  return tidied({
    diagnostics: diagnostics.length > 0 ? diagnostics : parseGeneric(lines, place).diagnostics,
    testsRun: sum(findings.flatMap(({ testsRun }) => testsRun ?? [])),
  });
}

function sum(counts: readonly number[]): number | null {
  return counts.length === 0 ? null : counts.reduce((total, count) => total + count, 0);
}
