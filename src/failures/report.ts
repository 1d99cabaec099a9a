import { type Diagnostic, type Failure, REPORT_SOURCE } from '../domain/failure.ts';
import type { ReportFormat, ReportGap } from '../domain/report-format.ts';
import { fingerprint } from './fingerprint.ts';

/** Sentences in the message; the diagnostics have them all. */
const GAPS_TOLD = 5;

/** What the implementation report at `path` lacks, in one failure; null where it lacks nothing. */
export function incompleteReport(
  module: string,
  path: string,
  { file }: Pick<ReportFormat, 'file'>,
  gaps: readonly ReportGap[],
): Failure | null {
  if (gaps.length === 0) return null;
  const told = gaps.slice(0, GAPS_TOLD).map(({ message }) => message);
  const more = gaps.length - told.length;
  const rest = more === 0 ? [] : [`And ${more} more.`];
  const what = `The implementation report \`${path}\` is not as \`${file}\` asks.`;
  const failure = {
    type: 'protocol-violation',
    source: REPORT_SOURCE,
    message: [what, ...told, ...rest].join(' '),
    diagnostics: gaps.map((gap) => diagnostic(path, gap)),
  };
  return { ...failure, fingerprint: fingerprint(module, failure) };
}

function diagnostic(file: string, { message, line }: ReportGap): Diagnostic {
  return { file, line, column: null, severity: 'error', code: null, message };
}
