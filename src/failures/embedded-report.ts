import { readMachineReport } from './machine-report.ts';
import type { MachineReport } from './machine-report.ts';
import type { Place } from './source-path.ts';

/** How the reports begin that take one line: ESLint's, Jest's and Vitest's. */
const ONE_LINE = [
  '[{"filePath":',
  '{"results":[{"filePath":',
  '{"numFailedTestSuites":',
  '{"numTotalTestSuites":',
] as const;

/** Mocha's takes many lines, of which the first two are always the same, and only the last begins with a brace. */
const MOCHA_START = ['{', '  "stats": {'] as const;
const MOCHA_END = '}';

/** Reports that a tool printed among other output, and the lines that belong to none. */
export interface Sorted {
  readonly reports: readonly MachineReport[];
  readonly rest: readonly string[];
}

/** A line belongs to one report at most, and what begins like a report but is none is kept as output. */
export function takeReports(lines: readonly string[], place: Place): Sorted {
  const reports: MachineReport[] = [];
  const rest: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const candidate = readCandidate(lines, at);
    const next = candidate?.end ?? at + 1;
    const report = candidate === null ? null : readMachineReport(candidate.text, place);
    if (candidate === null || report === null) {
      for (let line = at; line < next; line += 1) rest.push(lines[line] ?? '');
    } else {
      reports.push(report);
      rest.push(candidate.after);
    }
    at = next;
  }
  return { reports, rest };
}

interface Candidate {
  readonly text: string;
  /** Behind its last line. */
  readonly end: number;
  /** Mocha ends no line with its report, so that the next output goes on there. */
  readonly after: string;
}

/** What may be a report that begins at a line. */
function readCandidate(lines: readonly string[], at: number): Candidate | null {
  const line = lines[at] ?? '';
  if (ONE_LINE.some((start) => line.startsWith(start))) {
    return { text: line, end: at + 1, after: '' };
  }
  if (line !== MOCHA_START[0] || lines[at + 1] !== MOCHA_START[1]) return null;
  let last = at + 2;
  while (last < lines.length && lines[last]?.startsWith(MOCHA_END) !== true) last += 1;
  const text = [...lines.slice(at, last), MOCHA_END].join('\n');
  return { text, end: last + 1, after: lines[last]?.slice(MOCHA_END.length) ?? '' };
}
