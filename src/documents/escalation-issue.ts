import builtIn from '../../templates/escalation-issue.hbs';
import type { ModuleConfig } from '../domain/config.ts';
import type { Stopper } from '../domain/escalation.ts';
import type { Failure, FailureRow } from '../domain/failure.ts';
import type { AttemptRecord } from '../domain/implementation-state.ts';
import { sessionPaths } from '../domain/session.ts';
import type { CommandResult } from '../domain/verification.ts';
import { renderCoderReport, type CoderReportView } from './coder-report.ts';
import { renderEscalationMarker } from './escalation-marker.ts';
import { questionFor } from './escalation-question.ts';
import { escalationSections } from './escalation-sections.ts';
import { renderFailures } from './failure-section.ts';
import { blobUrl, codeLink, commitUrl, shortSha } from './links.ts';
import {
  bulletList,
  codeSpan,
  escapeCell,
  escapeInline,
  plainLine,
  shorten,
  table,
} from './markdown.ts';
import { isId } from './marker.ts';
import { renderGraph, type GraphModule } from './mermaid.ts';
import type { Template } from './template.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count, failureTitle, outcomeWords, sentence, targetTitle, who } from './wording.ts';

export { parseEscalationIssue } from './escalation-marker.ts';

export interface EscalationIssueView extends CoderReportView {
  readonly module: Pick<ModuleConfig, 'id' | 'name'>;
  readonly maxAttempts: number;
  readonly repositoryUrl: string;
  /** Where issues are turned off, it is a comment on the pull request. */
  readonly hasIssues: boolean;
  /** An escalation target's id, such as `phase-1-review`. */
  readonly target: string;
  /** Whom it mentions at its end, whatever template renders it. */
  readonly team: string | null;
  readonly table: readonly FailureRow[];
  readonly pullRequest: number | null;
  readonly headSha: string | null;
  /** The session's branch, while it is there. */
  readonly branch: string | null;
  readonly failures: readonly Failure[];
  readonly commands: readonly CommandResult[];
  readonly previousAttempts: readonly AttemptRecord[];
  /** Every module that waits for this one, directly or through others. */
  readonly downstream: readonly GraphModule[];
  /** The most attempts there may be once this is resolved. */
  readonly nextMaxAttempts: number;
}

/** Characters of each part that has no bound of its own, so that no part crowds out those below it. */
const FAILURES_SHOWN = 16_000;
const ATTEMPTS_SHOWN = 8_000;

/** Characters of what an attempt stumbled over and of its resolution; the attempt's own issue has the rest. */
const CELL_SHOWN = 600;

/** Modules that wait, in the list and in the graph. */
const DOWNSTREAM_SHOWN = 30;

const POINTER = '*Cut here. The pull request’s check has the whole log.*';

/** GitHub's limit for an issue's title is 256 characters. */
const TITLE_LIMIT = 256;
const NAME_LIMIT = 150;

/** `Escalation: <name> is blocked (<failure title>)`. */
export function escalationTitle(name: string, failure: string | null): string {
  const why = failure === null ? '' : ` (${plainLine(failure)})`;
  return shorten(`Escalation: ${plainLine(name, NAME_LIMIT)} is blocked${why}`, TITLE_LIMIT);
}

/** The body of a blocked module's issue, under the headings of an escalation report: the evidence, the question, and how to go on. */
export function renderEscalationIssue(
  view: EscalationIssueView,
  template: Template = builtIn,
): string {
  const marker = renderEscalationMarker(view);
  const fields = escalationIssueFields(view);
  const body = view.hasIssues ? template(fields) : asComment(builtIn(fields), view);
  const end = view.team === null ? '' : `\n\nFor @${view.team}.\n`;
  const room = BODY_LIMIT - marker.length - 1 - end.length;
  return `${marker}\n${truncate(body, room, POINTER)}${end}`;
}

/** How ours begins its last part. */
const RESUME = '## How to resume';

/** On a pull request there is no issue to close, as a user's own template would say too: ours is used, with another end. */
function asComment(body: string, { attempt, nextMaxAttempts }: EscalationIssueView): string {
  const evidence = body.slice(0, body.lastIndexOf(RESUME)).trimEnd();
  return `${NO_ISSUES}\n\n${evidence}\n\n${RESUME}\n\n1. Do what is needed, on the base branch where it is about the specification.\n2. Comment \`/session retry\` here, with what was decided below it: that is handed to the next attempt as its resolution. The module then starts again as attempt ${String(attempt + 1)} of ${String(nextMaxAttempts)}, as soon as its gates pass.\n\nClosing the pull request resolves nothing.\n`;
}

const NO_ISSUES =
  '> Issues are turned off in this repository (Settings → General → Features), so this escalation stands here and not in an issue of its own, and there is no dashboard.';

/** A stopped session's head is not run again by itself. */
const UNJUDGED = 'Nothing: the next attempt tries again';

/** What its template gets; the marker is not the template's to leave out. */
export function escalationIssueFields(view: EscalationIssueView) {
  const parts = {
    ...questionFor(view.reason.failureType),
    happened: happened(view),
    evidence: evidence(view),
    failures: truncate(renderFailures({ ...view, unjudged: UNJUDGED }), FAILURES_SHOWN, POINTER),
    tried: tried(view),
  };
  return {
    ...parts,
    name: escapeInline(view.module.name),
    moduleId: codeSpan(view.module.id),
    attempt: view.attempt,
    maxAttempts: view.maxAttempts,
    stopped: stopped(view),
    nextAttempt: view.attempt + 1,
    nextMaxAttempts: view.nextMaxAttempts,
    target: escapeInline(targetTitle(view.target)),
    sections: escalationSections(view, {
      blocked: parts.happened,
      evidence: [bulletList(parts.evidence), parts.failures]
        .filter((text) => text !== '')
        .join('\n\n'),
      tried: parts.tried,
      question: parts.question,
      options: bulletList(parts.options),
      kind: kindOf(view),
    }),
    report: renderCoderReport(view),
    downstream: downstream(view),
  };
}

function stopped({ attempt, maxAttempts }: EscalationIssueView): string {
  if (attempt === 0) return 'It was blocked before its first session';
  return `Its session, attempt ${String(attempt)} of ${String(maxAttempts)}, has stopped`;
}

function happened({ attempt, reason, table: rows }: EscalationIssueView): string {
  const title = failureTitle(rows, reason.failureType);
  const kind = title === null ? '' : `**${escapeInline(title)}.** `;
  const by = attempt === 0 ? 'So the implementation state says.' : stoppedBy(reason.by);
  return `${kind}${sentence(reason.reason)}\n\n${by}`;
}

/** As far as it is known, in the fields that the reference's failures have. */
function kindOf({ reason, target, table: rows }: EscalationIssueView): string {
  const { failureType } = reason;
  const title = failureTitle(rows, failureType);
  const none = 'None: it was stopped for another reason, told below.';
  // A coder may name anything as its failure type: only what has the form of one can stand in code here.
  const id = failureType !== null && isId(failureType) ? ` (${codeSpan(failureType)})` : '';
  const type = title === null ? none : `${escapeCell(title)}${id}`;
  return table(
    ['Field', 'Value'],
    [
      ['**Failure Type**', type],
      ['**Escalation Target**', escapeCell(targetTitle(target))],
    ],
  );
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
  if (attempt === 0) return ['None: there was no session.'];
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

/** The attempts as the next document tells them, the last ones where there is no room for all. */
function tried(view: EscalationIssueView): string {
  const { previousAttempts, table: rows, reason, attempt, pullRequest } = view;
  if (attempt === 0) return 'Nothing: no attempt was made.';
  const own = previousAttempts.find((record) => record.attempt === attempt);
  const now = attemptRow({
    attempt,
    outcome: own?.outcome ?? 'halted',
    issue: issueText(rows, reason.failureType, reason.reason),
    resolution: view.hasIssues ? 'this issue' : 'this comment',
    pullRequest,
  });
  const shown = [now];
  let room = ATTEMPTS_SHOWN - now.join('').length;
  for (const record of previousAttempts.filter((one) => one.attempt !== attempt).reverse()) {
    const issue = issueText(rows, record.failureType, record.issue);
    const row = attemptRow({ ...record, issue });
    room -= row.join('').length;
    if (room < 0) break;
    shown.unshift(row);
  }
  return table(['Attempt', 'Outcome', 'Issue', 'Resolution', 'Pull request'], shown);
}

function attemptRow(
  row: Pick<AttemptRecord, 'attempt' | 'outcome' | 'resolution' | 'pullRequest'> & {
    readonly issue: string;
  },
): readonly string[] {
  return [
    String(row.attempt),
    escapeCell(outcomeWords(row.outcome)),
    escapeCell(shorten(row.issue, CELL_SHOWN)),
    escapeCell(shorten(row.resolution ?? '', CELL_SHOWN)),
    row.pullRequest === null ? '—' : `#${String(row.pullRequest)}`,
  ];
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
  const drawn = waiting.slice(0, DOWNSTREAM_SHOWN);
  const shown = drawn.map(({ id }) => codeSpan(id));
  const more = waiting.length - shown.length;
  const names = `${shown.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
  const own: GraphModule = { ...module, status: 'blocked', dependsOn: [] };
  return `${count(waiting.length, 'module')}: ${names}\n\n${renderGraph([own, ...drawn])}`;
}
