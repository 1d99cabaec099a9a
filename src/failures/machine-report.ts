import type { Findings } from './findings.ts';
import { parseEslintJson } from './parse-eslint-json.ts';
import { parseJestJson } from './parse-jest-json.ts';
import { parseJunit } from './parse-junit.ts';
import { parseMochaJson } from './parse-mocha-json.ts';
import type { Place } from './source-path.ts';

/** Whose report it is; Vitest writes Jest's. */
export type ReportFormat = 'eslint' | 'mocha' | 'jest' | 'junit';

export interface MachineReport {
  readonly format: ReportFormat;
  readonly findings: Findings;
}

const JSON_FORMATS = [
  ['jest', parseJestJson],
  ['mocha', parseMochaJson],
  ['eslint', parseEslintJson],
] as const;

/** Tells the format by what the text holds, whatever its file is called; null where it is none that is known. */
export function readMachineReport(text: string, place: Place): MachineReport | null {
  if (text.startsWith('<')) {
    const findings = parseJunit(text, place);
    return findings === null ? null : { format: 'junit', findings };
  }
  const value = parseJson(text);
  for (const [format, parse] of JSON_FORMATS) {
    const findings = parse(value, place);
    if (findings !== null) return { format, findings };
  }
  return null;
}

function parseJson(text: string): unknown {
  if (!text.startsWith('{') && !text.startsWith('[')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
