import renderTemplate from '../../templates/escalation-issue.hbs';
import type { ModuleConfig, Paths } from '../domain/config.ts';
import type { HaltReason, Stopper } from '../domain/escalation.ts';
import type { Failure, FailureRow } from '../domain/failure.ts';
import type { AttemptRecord } from '../domain/implementation-state.ts';
import { sessionPaths } from '../domain/session.ts';
import type { CommandResult } from '../domain/verification.ts';
import { questionFor } from './escalation-question.ts';
import { renderFailures } from './failure-section.ts';
import { blobUrl, codeLink, commitUrl, shortSha } from './links.ts';
import {
  codeSpan,
  escapeCell,
  escapeInline,
  plainLine,
  quote,
  shorten,
  table,
} from './markdown.ts';
import { parseSessionMarker, renderMarker } from './marker.ts';
import { renderGraph, type GraphModule } from './mermaid.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count, failureTitle, outcomeWords, sentence, targetTitle, who } from './wording.ts';

export interface EscalationIssueView {
  readonly module: Pick<ModuleConfig, 'id' | 'name'>;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly sessionId: string | null;
  readonly repositoryUrl: string;
  readonly reason: HaltReason;
  /** An escalation target's id, such as `phase-1-review`. */
  readonly target: string;
  readonly table: readonly FailureRow[];
  readonly pullRequest: number | null;
  readonly headSha: string | null;
  /** The session's branch, while it is there. */
  readonly branch: string | null;
  readonly paths: Paths;
  /** The coder's escalation report, as it wrote it. */
  readonly report: string | null;
  readonly failures: readonly Failure[];
  readonly commands: readonly CommandResult[];
  readonly previousAttempts: readonly AttemptRecord[];
  /** Every module that waits for this one, directly or through others. */
  readonly downstream: readonly GraphModule[];
  /** The most attempts there may be once this is resolved. */
  readonly nextMaxAttempts: number;
}

/** Characters of the coder's report that are quoted; the file has the rest. */
const REPORT_SHOWN = 12_000;

/** YAML before the text; its last line would make a heading of those above. */
const FRONT_MATTER =
  /^\uFEFF?---[ \t]*\r?\n(?:[\w-]+:[^\n]*\n|[ \t#-][^\n]*\n|\r?\n)*?(?:---|\.\.\.)[ \t\r]*(?:\n|$)/;

/** Modules named in the list of what waits. */
const DOWNSTREAM_SHOWN = 30;

const POINTER = '*Cut here: GitHub takes no more. The pull request’s check has the whole log.*';

/** GitHub's limit for an issue's title is 256 characters. */
const TITLE_LIMIT = 256;
const NAME_LIMIT = 150;

/** `Escalation: <name> is blocked (<failure title>)`. */
export function escalationTitle(name: string, failure: string | null): string {
  const why = failure === null ? '' : ` (${plainLine(failure)})`;
  return shorten(`Escalation: ${plainLine(name, NAME_LIMIT)} is blocked${why}`, TITLE_LIMIT);
}

/** The body of a blocked module's issue: the evidence, the question, and how to go on. */
export function renderEscalationIssue(view: EscalationIssueView): string {
  const marker = renderMarker('escalation', { module: view.module.id, attempt: view.attempt });
  const body = renderTemplate({
    ...questionFor(view.reason.failureType),
    name: escapeInline(view.module.name),
    moduleId: codeSpan(view.module.id),
    attempt: view.attempt,
    maxAttempts: view.maxAttempts,
    nextAttempt: view.attempt + 1,
    nextMaxAttempts: view.nextMaxAttempts,
    target: escapeInline(targetTitle(view.target)),
    happened: happened(view),
    evidence: evidence(view),
    failures: renderFailures(view, '####'),
    report: coderReport(view),
    tried: tried(view),
    downstream: downstream(view),
  });
  return `${marker}\n${truncate(body, BODY_LIMIT - marker.length - 1, POINTER)}`;
}

/** The attempt whose escalation an issue of ours is, or null. */
export function parseEscalationIssue(
  body: string,
): { readonly module: string; readonly attempt: number } | null {
  return parseSessionMarker(body, 'escalation');
}

function happened({ reason, table: rows }: EscalationIssueView): string {
  const title = failureTitle(rows, reason.failureType);
  const kind = title === null ? '' : `**${escapeInline(title)}.** `;
  return `${kind}${sentence(reason.reason)}\n\n${stoppedBy(reason.by)}`;
}

const STOPPED: Readonly<Record<Extract<Stopper, string>, string>> = {
  claim: 'Stopped by the coder, in its claim.',
  classifier: 'Stopped by the verification.',
  'self-fix-limit': 'Stopped by the limit of failed verifications in one session.',
  repetition: 'Stopped since trying again did not help.',
  merge: 'Stopped since what was merged is not known to be right.',
  attempts: 'Stopped by the limit of attempts.',
  state: 'An earlier run stopped it and ended before it could say more than this.',
};

function stoppedBy(by: Stopper): string {
  return typeof by === 'string' ? STOPPED[by] : `Stopped by ${who(by.login)}.`;
}

function evidence(view: EscalationIssueView): readonly string[] {
  const { module, attempt, repositoryUrl, headSha, pullRequest, sessionId, paths } = view;
  const { document } = sessionPaths(module.id, attempt, paths.documents);
  const ref = headSha ?? view.branch;
  return [
    pullRequest === null ? 'Pull request: none' : `Pull request: #${String(pullRequest)}`,
    headSha === null
      ? 'Head: none'
      : `Head: [\`${shortSha(headSha)}\`](${commitUrl(repositoryUrl, headSha)}), with its [checks](${commitUrl(repositoryUrl, headSha)}/checks)`,
    ref === null
      ? `Document: ${codeSpan(document)}`
      : `Document: ${codeLink(document, blobUrl(repositoryUrl, ref, document))}`,
    ...(sessionId === null ? [] : [`Session: ${codeSpan(sessionId)}`]),
  ];
}

function coderReport({ report, module, attempt, paths }: EscalationIssueView): string {
  const path = codeSpan(sessionPaths(module.id, attempt, paths.documents).escalationReport);
  if (report === null) return `None: ${path} is not there.`;
  const text = report.replace(FRONT_MATTER, '');
  if (text.trim() === '') return `None: ${path} says nothing.`;
  return quote(truncate(text, REPORT_SHOWN, `(The rest is in ${path}.)`));
}

function pullLink(number: number | null): string {
  return number === null ? '—' : `#${String(number)}`;
}

function tried(view: EscalationIssueView): string {
  const { previousAttempts, table: rows, reason, attempt, pullRequest } = view;
  const earlier = previousAttempts
    .filter((record) => record.attempt !== attempt)
    .map((record) => [
      String(record.attempt),
      escapeCell(outcomeWords(record.outcome)),
      escapeCell(issueText(rows, record.failureType, record.issue)),
      escapeCell(record.resolution ?? ''),
      pullLink(record.pullRequest),
    ]);
  const own = previousAttempts.find((record) => record.attempt === attempt);
  const outcome = escapeCell(outcomeWords(own?.outcome ?? 'halted'));
  const now = escapeCell(issueText(rows, reason.failureType, reason.reason));
  return table(
    ['Attempt', 'Outcome', 'Issue', 'Resolution', 'Pull request'],
    [...earlier, [String(attempt), outcome, now, 'this issue', pullLink(pullRequest)]],
  );
}

function issueText(
  rows: readonly FailureRow[],
  failureType: string | null,
  issue: string | null,
): string {
  return [failureTitle(rows, failureType), issue].filter((part) => part !== null).join(': ');
}

function downstream({ downstream: waiting, module }: EscalationIssueView): string {
  if (waiting.length === 0) return 'No other module depends on this one.';
  const shown = waiting.slice(0, DOWNSTREAM_SHOWN).map(({ id }) => codeSpan(id));
  const more = waiting.length - shown.length;
  const names = `${shown.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
  const own: GraphModule = { ...module, status: 'blocked', dependsOn: [] };
  return `${count(waiting.length, 'module')}: ${names}\n\n${renderGraph([own, ...waiting])}`;
}
