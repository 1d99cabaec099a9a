import { tidied } from './findings.ts';
import type { Findings } from './findings.ts';
import { readMachineReport } from './machine-report.ts';
import type { Place } from './source-path.ts';

/** The characters of the largest report that is read: parsing takes some fifteen times its size of memory, thirty at worst. */
export const MAX_REPORT = 4 * 1024 * 1024;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads the file that a command's config names as its `report`: ESLint's JSON, Mocha's, Jest's and Vitest's, or JUnit
 * XML. Null where it is none of these, is cut off or too large; the command's output has to tell then.
 */
export function parseReport(text: string, place: Place): Findings | null {
  if (text.length > MAX_REPORT) return null;
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const report = readMachineReport(content.trim(), place);
  return report === null ? null : tidied(report.findings);
}
