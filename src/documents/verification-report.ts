import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { isTriedAgain, type Failure, type FailureRow } from '../domain/failure.ts';
import { tell } from '../domain/messages/catalogue.ts';
import type { CommandResult } from '../domain/verification.ts';
import type { CheckOutput } from '../domain/writes.ts';
import { annotate } from './check-output.ts';
import { commandResultSign, commandResultWords } from './command-words.ts';
import { renderFailures, type FailureSectionView } from './failure-section.ts';
import { blobUrl, codeLink, commitUrl, link, shortSha } from './links.ts';
import {
  bulletList,
  codeSpan,
  details,
  escapeCell,
  escapeInline,
  plainLine,
  table,
} from './markdown.ts';
import { more } from './manual-links.ts';
import { parseMarker, renderMarker } from './marker.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count, duration, failureTitle, sentence } from './wording.ts';

/** What the verification of one head came to, for its check and the pull request's comment. */
export interface VerificationReportView {
  readonly module: Pick<ModuleConfig, 'id' | 'name'>;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly repositoryUrl: string;
  readonly headSha: string;
  /** The orchestration document's path. */
  readonly document: string;
  readonly outcome: ReportOutcome;
  readonly commands: readonly CommandResult[];
  /** What was looked at beside the commands: the deliverables, the SSOT, protected paths. */
  readonly checks: readonly ReportCheck[];
  readonly failures: readonly Failure[];
  readonly table: readonly FailureRow[];
  readonly shed: readonly string[];
  readonly escalation: number | null;
  readonly runUrl: string | null;
}

export type ReportOutcome =
  | { readonly kind: 'green' }
  /** `used` failed verifications of the `limit` that one session may spend. */
  | { readonly kind: 'red'; readonly used: number; readonly limit: number }
  | { readonly kind: 'accepted' }
  /** Run again by itself for the `time`th time of `limit`; null where it is not. */
  | {
      readonly kind: 'infrastructure';
      readonly again: { readonly time: number; readonly limit: number } | null;
    }
  | { readonly kind: 'stopped'; readonly reason: HaltReason }
  /** The head holds nothing but our own document. */
  | { readonly kind: 'waiting' };

export interface ReportCheck {
  readonly title: string;
  readonly result: 'passed' | 'failed' | 'flagged';
  readonly detail: string;
}

const CHECK_SIGNS: Readonly<Record<ReportCheck['result'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  flagged: '⚠️ look at it in review',
};

/** The output of `sessionwright / verification` on a session's head. */
export function renderVerificationCheck(view: VerificationReportView): CheckOutput {
  const pointer = pointerToLogs(view);
  const { shown, omitted } = annotate(view.failures);
  const summary = [
    verdictText(view),
    renderTables(view),
    renderShed(view),
    omitted === 0 ? '' : `${count(omitted, 'more place')} with a message: the log has them all.`,
  ].filter(isWritten);
  return {
    title: plainLine(verdictTitle(view)),
    summary: truncate(summary.join('\n\n'), BODY_LIMIT, pointer),
    text: truncate(renderFailures(withNext(view)), BODY_LIMIT, pointer),
    annotations: shown,
  };
}

/** The one comment on a session's pull request that is kept up to date. */
export function renderVerificationComment(view: VerificationReportView): string {
  const marker = renderMarker('verification');
  const failures = renderFailures(withNext(view), '####');
  const parts = [
    `### Verification: ${escapeInline(verdictTitle(view))}`,
    verdictText(view),
    renderTables(view),
    failures === '' ? '' : details(count(view.failures.length, 'failure'), failures),
    renderShed(view),
  ];
  const body = parts.filter(isWritten).join('\n\n');
  return `${marker}\n${truncate(body, BODY_LIMIT - marker.length - 1, pointerToLogs(view))}`;
}

export function isVerificationComment(body: string): boolean {
  return parseMarker(body, 'verification') !== null;
}

/** The required check on a pull request or merge group that is no session's. */
export function renderNotASessionCheck(): CheckOutput {
  return {
    title: 'Not a session',
    summary:
      'This is no session of a module, so there is nothing to verify. The check is reported all the same: a required check that never arrives would block the merge.',
    text: '',
    annotations: [],
  };
}

function verdictTitle(view: VerificationReportView): string {
  const { outcome, table: rows } = view;
  switch (outcome.kind) {
    case 'green':
      return 'Passed';
    case 'red':
      return `${count(view.failures.length - unjudged(view), 'failure')} to fix (self-fix ${String(outcome.used)} of ${String(outcome.limit)})`;
    case 'accepted':
      return `${count(view.failures.length - unjudged(view), 'failure')}, merged all the same`;
    case 'infrastructure':
      return infrastructureTitle(outcome.again);
    case 'stopped':
      return `Halted: ${failureTitle(rows, outcome.reason.failureType) ?? 'the session stopped'}`;
    case 'waiting':
      return 'Waiting for the coder';
  }
}

function verdictText(view: VerificationReportView): string {
  const { outcome, repositoryUrl, headSha, escalation, document } = view;
  const head = `[\`${shortSha(headSha)}\`](${commitUrl(repositoryUrl, headSha)})`;
  const session = `Session ${codeSpan(view.module.id)}, attempt ${String(view.attempt)} of ${String(view.maxAttempts)}, head ${head}.`;
  switch (outcome.kind) {
    case 'green':
      return `${session} Every command passed, the deliverables are there and the specification is untouched. Next: review and merge.`;
    case 'red':
      return `${session} ${redText(outcome.used, outcome.limit)}${unjudgedText(view)}`;
    case 'accepted':
      return `${session} It was merged all the same, which \`on-unverified-merge: accept\` allows, so the module is complete. Next: nothing, or \`/session reopen ${view.module.id} <reason>\`.`;
    case 'infrastructure':
      return `${session} ${INFRASTRUCTURE.message} No attempt is spent and nothing is counted. ${infrastructureNext(outcome.again)}`;
    case 'stopped':
      return `${session} The session is stopped: ${sentence(outcome.reason.reason)} Next: ${escalation === null ? 'the escalation issue of this module' : `escalation #${String(escalation)}`} says what has to be decided; pushes here move nothing until then.`;
    case 'waiting':
      return `${session} This head holds nothing but the document. Next: implement what ${codeLink(document, blobUrl(repositoryUrl, headSha, document))} asks for and push.`;
  }
}

const INFRASTRUCTURE = tell('infrastructure', {});

type Again = Extract<ReportOutcome, { readonly kind: 'infrastructure' }>['again'];

function infrastructureTitle(again: Again): string {
  const title = 'Could not verify (infrastructure)';
  return again === null
    ? title
    : `${title}: runs again, ${String(again.time)} of ${String(again.limit)}`;
}

function infrastructureNext(again: Again): string {
  return again === null
    ? `Next: ${INFRASTRUCTURE.fix} ${more('infrastructure')}`
    : `Next: nothing, it is run again by itself (${String(again.time)} of ${String(again.limit)}).`;
}

function redText(used: number, limit: number): string {
  const spent = `This is failed verification ${String(used)} of ${String(limit)} in this session`;
  return used < limit
    ? `${spent}. Next: fix what is listed below and push; every push is verified again.`
    : `${spent}, so the attempt ends here. Next: the module starts again by itself, or its escalation asks what has to change.`;
}

/** How many failures are nobody's to fix, but to be tried again. */
function unjudged({ failures, table: rows }: VerificationReportView): number {
  return failures.filter((failure) => isTriedAgain(failure, rows)).length;
}

/** The table says that infrastructure is run again, which by itself it is only where nothing else failed, and not for ever. */
function withNext(view: VerificationReportView): FailureSectionView {
  const { failures, commands, table: rows, outcome } = view;
  return { failures, commands, table: rows, unjudged: unjudgedNext(outcome) };
}

function unjudgedNext(outcome: ReportOutcome): string | null {
  if (outcome.kind !== 'infrastructure')
    return 'Nothing: the next push, or `/session verify`, tries again';
  return outcome.again === null
    ? 'Mend what kept it from running; a push, or `/session verify`, tries again'
    : null;
}

function unjudgedText(view: VerificationReportView): string {
  const number = unjudged(view);
  return number === 0
    ? ''
    : ` ${String(number)} more could not be judged (infrastructure): the next push, or \`/session verify\`, tries again.`;
}

function renderTables({ commands, checks }: VerificationReportView): string {
  const rows = [
    ...commands.map((result) => [
      escapeCell(result.name),
      `${commandResultSign(result)} ${escapeInline(commandResultWords(result))}`,
      result.outcome.kind === 'skipped' ? '—' : duration(result.durationMs),
    ]),
    ...checks.map(({ title, result, detail }) => [
      escapeCell(title),
      detail === '' ? CHECK_SIGNS[result] : `${CHECK_SIGNS[result]}: ${escapeInline(detail)}`,
      '—',
    ]),
  ];
  return rows.length === 0 ? '' : table(['Check', 'Result', 'Time'], rows);
}

function renderShed({ shed }: VerificationReportView): string {
  return shed.length === 0
    ? ''
    : `Left out to stay within the size a job may hand on:\n\n${bulletList(shed.map(escapeInline))}`;
}

function pointerToLogs({ runUrl }: VerificationReportView): string {
  const whole = runUrl === null ? 'the workflow run' : link('the workflow run', runUrl);
  return `*Cut here: GitHub takes no more. The whole log is in ${whole}.*`;
}

function isWritten(part: string): boolean {
  return part !== '';
}
