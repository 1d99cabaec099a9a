import { checkExternalId, VERIFICATION_CHECK } from '../domain/checks.ts';
import type { ModuleConfig } from '../domain/config.ts';
import {
  DELIVERABLES_SOURCE,
  failureTable,
  REPORT_SOURCE,
  type Failure,
} from '../domain/failure.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { sessionPaths } from '../domain/session.ts';
import type { Judgement, OwnCheck, PullRequest } from '../domain/world.ts';
import { reviewFlags } from '../failures/review-flags.ts';
import type { CheckConclusion, CheckOutput } from '../domain/writes.ts';
import type { Step, VerificationOutcome } from '../decide/situation.ts';
import {
  isVerificationComment,
  renderNotASessionCheck,
  renderVerificationCheck,
  renderVerificationComment,
  type VerificationReportView,
} from '../documents/verification-report.ts';
import type { Stage } from './stage.ts';

/** What is told of one head, on its check and on its pull request. */
export interface Telling {
  readonly module: ModuleConfig;
  readonly pull: PullRequest;
  readonly judgement: Judgement | null;
  readonly outcome: VerificationOutcome;
  /** The issue that a stopped session's reader is sent to; null where there is none. */
  readonly escalation: number | null;
}

/** Tells first, then moves the state: a run that dies in between verifies again and brings both up to date. */
export async function publishVerification(
  stage: Stage,
  step: Step & { readonly kind: 'publish' },
): Promise<void> {
  const { escalation } = entryOf(stage.state(), step.module.id).session;
  tellVerification(stage, { ...step, escalation: step.escalation ?? escalation });
  await stage.flush();
  if (step.transition !== null) await stage.commit(step.transition);
}

/** Queues the head's check and the pull request's one comment, new or brought up to date. */
export function tellVerification(stage: Stage, telling: Telling): void {
  const { module, pull, outcome } = telling;
  const view = reportView(stage, telling);
  const conclusion = conclusionOf(outcome);
  stage.post({
    kind: 'check-run',
    id: mayCarry(pull.check, conclusion) ? (pull.check?.id ?? null) : null,
    name: VERIFICATION_CHECK,
    sha: pull.headSha,
    externalId: checkExternalId(`${module.id}-${view.attempt}`, pull.headSha),
    conclusion,
    detailsUrl: stage.runUrl,
    output: checkOutput(view, conclusion),
  });
  const body = renderVerificationComment(view);
  const before = pull.comments.find(
    (comment) => comment.ours && isVerificationComment(comment.body),
  );
  if (before === undefined) stage.postOnce(pull, body, isVerificationComment);
  else if (before.body !== body) stage.post({ kind: 'edit-comment', id: before.id, body });
}

/**
 * Whether a check run can tell this result. None that is completed can wait again, and what an update says of lines
 * is added to what stands there ("annotations are added to the list", https://docs.github.com/en/rest/checks/runs), so
 * that what an earlier result said would stay for ever. A new run takes its place, as where a check is queued again.
 */
function mayCarry(check: OwnCheck | null, conclusion: CheckConclusion): boolean {
  if (check === null || check.annotations > 0) return false;
  return conclusion !== 'queued' || check.conclusion === null;
}

/** Tells a pull request that is no session's that the required check has nothing against it. */
export function passForeign(stage: Stage, pull: PullRequest): void {
  stage.post({
    kind: 'check-run',
    id: pull.check?.id ?? null,
    name: VERIFICATION_CHECK,
    sha: pull.headSha,
    externalId: checkExternalId('none', pull.headSha),
    conclusion: 'success',
    detailsUrl: stage.runUrl,
    output: renderNotASessionCheck(),
  });
}

/** Only green counts as success: what could not be verified must not pass a required check. */
const CONCLUSIONS: Readonly<Record<VerificationOutcome['kind'], CheckConclusion>> = {
  green: 'success',
  red: 'failure',
  accepted: 'failure',
  infrastructure: 'failure',
  stopped: 'action-required',
};

function conclusionOf(outcome: VerificationOutcome): CheckConclusion {
  const runsAgain = outcome.kind === 'infrastructure' && outcome.again !== null;
  return runsAgain ? 'queued' : CONCLUSIONS[outcome.kind];
}

/** One that waits is told again when it ends, and lines that it spoke of could not be taken back. */
function checkOutput(view: VerificationReportView, conclusion: CheckConclusion): CheckOutput {
  const output = renderVerificationCheck(view);
  return conclusion === 'queued' ? { ...output, annotations: [] } : output;
}

function reportView(stage: Stage, telling: Telling): VerificationReportView {
  const { module, pull, judgement, outcome, escalation } = telling;
  const { config, repository } = stage.world;
  const { attempt, maxAttempts } = entryOf(stage.state(), module.id).session;
  const failures = judgement?.failures ?? [];
  return {
    module,
    attempt,
    maxAttempts,
    repositoryUrl: repository.url,
    headSha: pull.headSha,
    document: sessionPaths(module.id, attempt, config.paths.documents).document,
    outcome,
    commands: judgement?.result.commands ?? [],
    checks: judgement === null ? [] : [...rulesRows(judgement, failures), ...flagRows(pull)],
    failures,
    table: failureTable(config.failures),
    shed: judgement?.result.shed ?? [],
    escalation,
    runUrl: stage.runUrl,
  };
}

/** The rows that no command stands for: files that must be there, and files that must not be touched. */
function rulesRows(judgement: Judgement, failures: readonly Failure[]) {
  const commands = new Set(judgement.result.commands.map((command) => command.id));
  const rules = failures.filter((failure) => !commands.has(failure.source));
  const missing = rules.filter((failure) => failure.source === DELIVERABLES_SOURCE);
  const report = rules.filter((failure) => failure.source === REPORT_SOURCE);
  const violations = rules.filter((one) => !missing.includes(one) && !report.includes(one));
  return [
    row('Deliverables', missing, 'all required files are there'),
    row('Implementation report', report, 'complete'),
    row('Read-only files', violations, 'untouched'),
  ];
}

/** What weakens the tests is no failure, but whoever reviews must not miss it. */
function flagRows({ files }: PullRequest) {
  const flags = reviewFlags(files);
  if (flags.length === 0) return [];
  const detail = `this changes how the code is checked: ${flags.join(', ')}`;
  return [{ title: 'Scripts and test configuration', result: 'flagged', detail } as const];
}

function row(title: string, failures: readonly Failure[], fine: string) {
  return failures.length === 0
    ? ({ title, result: 'passed', detail: fine } as const)
    : ({
        title,
        result: 'failed',
        detail: failures.map((failure) => failure.message).join(' '),
      } as const);
}
