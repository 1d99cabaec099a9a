import type { Paths } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import type { ReportFormat } from '../domain/report-format.ts';
import { sessionPaths } from '../domain/session.ts';
import { bulletList, codeSpan, escapeInline, quote } from './markdown.ts';
import { reportGaps } from './report-gaps.ts';
import { parseReport } from './report.ts';
import { truncate } from './truncate.ts';

export interface CoderReportView {
  readonly module: { readonly id: string };
  readonly attempt: number;
  readonly sessionId: string | null;
  readonly paths: Paths;
  readonly reason: HaltReason;
  /** The coder's escalation report, as it wrote it. */
  readonly report: string | null;
  /** What the report is held against. */
  readonly reportFormat: ReportFormat;
}

/** Characters of the report that are quoted, counted before and after escaping; the file has the rest. */
const REPORT_SHOWN = 12_000;
const QUOTE_LIMIT = 16_000;

const GAPS_SHOWN = 10;

/** The coder's escalation report as a quotation, and what it lacks against the format. */
export function renderCoderReport(view: CoderReportView): string {
  const { report, module, attempt, paths } = view;
  const path = codeSpan(sessionPaths(module.id, attempt, paths.documents).escalationReport);
  if (attempt === 0) return 'None: there was no session.';
  if (report === null) return `None: ${path} is not there.`;
  const { body } = parseReport(report);
  if (body.trim() === '') return `None: ${path} says nothing.`;
  return `${quoteWithin(body, `(The rest is in ${path}.)`)}${gapsOf(view, report)}`;
}

/** Cut before it is quoted: what is cut after could lose the end of its code, and be live text again. */
export function quoteWithin(text: string, pointer: string, most = REPORT_SHOWN): string {
  let shown = most;
  let quoted = quote(truncate(text, shown, pointer));
  while (quoted.length > QUOTE_LIMIT) {
    shown = Math.floor(shown / 2);
    quoted = quote(truncate(text, shown, pointer));
  }
  return quoted;
}

function gapsOf(view: CoderReportView, report: string): string {
  const { module, attempt, sessionId, reportFormat } = view;
  const gaps = reportGaps(report, reportFormat, { module: module.id, sessionId, attempt });
  if (gaps.length === 0) return '';
  const shown = gaps.slice(0, GAPS_SHOWN).map(({ message }) => escapeInline(message));
  const more = gaps.length - shown.length;
  const list = bulletList(more === 0 ? shown : [...shown, `and ${more} more`]);
  return `\n\nHeld against the format in ${codeSpan(reportFormat.file)}:\n\n${list}`;
}
