import type { Decision } from '../decide/decide.ts';
import type { Step } from '../decide/situation.ts';
import { renderBaseCheck } from '../documents/gates-report.ts';
import { replyText } from '../documents/reply.ts';
import { BASE_CHECK, checkExternalId } from '../domain/checks.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { asError, RunEndedError, SessionwrightError } from '../domain/errors.ts';
import { updateDashboard } from './dashboard.ts';
import { projectStatuses } from './labels.ts';
import { queueCheck, reportGroup, reportOrphan } from './checks.ts';
import { closeDuplicate, closeIssue, closePullRequest, respond, tellDrift } from './respond.ts';
import { postReply, type Stage } from './stage.ts';

export interface Performance {
  readonly dashboardUrl: string | null;
  /** What went wrong on the way; everything else was done. */
  readonly errors: readonly Error[];
}

/**
 * Does a decision's steps in their order, then what is left of small writes, then the dashboard. A step that fails
 * does not keep the other modules' from being done.
 * @throws RunEndedError where what was read does not hold any more, or nothing can be asked: the rest is left undone.
 */
export async function perform(stage: Stage, decision: Decision): Promise<Performance> {
  const errors: Error[] = [];
  const attempt = async <T>(act: () => Promise<T>): Promise<T | null> => {
    try {
      return await act();
    } catch (error) {
      if (error instanceof RunEndedError) throw error;
      errors.push(asError(error));
      return null;
    }
  };
  for (const step of decision.steps) await attempt(() => performStep(stage, step));
  const dashboardUrl = await attempt(() => updateDashboard(stage));
  await attempt(() => projectStatuses(stage));
  await attempt(() => stage.flush());
  const refused = stage.refused();
  return { dashboardUrl, errors: refused.length === 0 ? errors : [...errors, refusal(refused)] };
}

function refusal(refused: readonly string[]): SessionwrightError {
  return SessionwrightError.of('writes-refused', { refused });
}

/** What starts, blocks and publishes is loaded when it is due: most runs do none of these. */
async function performStep(stage: Stage, step: Step): Promise<void> {
  switch (step.kind) {
    case 'start':
      await (await import('./start.ts')).startSession(stage, step);
      break;
    case 'block':
      await (await import('./block.ts')).blockModule(stage, step);
      break;
    case 'record':
      await stage.commit(step.transition);
      break;
    case 'publish':
      await (await import('./publish.ts')).publishVerification(stage, step);
      break;
    case 'answer':
      postReply(stage, step.conversation, step.key, step.answer);
      if (step.first === true) await stage.flush();
      break;
    case 'respond':
      respond(stage, step);
      break;
    case 'tell-drift':
      tellDrift(stage, step);
      break;
    case 'refuse':
      stage.tell(replyText(step.answer));
      break;
    case 'close-issue':
      closeIssue(stage, step.conversation);
      break;
    case 'close-duplicate':
      closeDuplicate(stage, step);
      break;
    case 'close-pull-request':
      closePullRequest(stage, step);
      break;
    case 'await-coder':
      await awaitCoder(stage, step);
      break;
    case 'queue-check':
      queueCheck(stage, step);
      break;
    case 'report-group':
      reportGroup(stage, step);
      break;
    case 'remove-label':
      removeLabel(stage, step);
      break;
    case 'publish-gates':
      publishGates(stage, step);
      break;
    case 'report-orphan':
      reportOrphan(stage, step);
      break;
    case 'pass-foreign':
      (await import('./publish.ts')).passForeign(stage, step.pull);
  }
}

async function awaitCoder(
  stage: Stage,
  { module, pull }: Step & { readonly kind: 'await-coder' },
): Promise<void> {
  const { waitingCheck } = await import('./waiting-check.ts');
  const { attempt, maxAttempts } = entryOf(stage.state(), module.id).session;
  stage.post(waitingCheck(stage, { module, attempt, maxAttempts, sha: pull.headSha }));
}

function removeLabel(stage: Stage, step: Step & { readonly kind: 'remove-label' }): void {
  const conversation = stage.world.conversations.get(step.conversation);
  if (conversation === undefined) return;
  stage.post({ kind: 'remove-label', subject: conversation.id, label: step.label });
}

function publishGates(stage: Stage, step: Step & { readonly kind: 'publish-gates' }): void {
  const { gateRun, result } = step;
  const passed = Object.values(gateRun.results).every((one) => one === 'passed');
  const { gates } = stage.world.config;
  stage.post({
    kind: 'check-run',
    id: null,
    name: BASE_CHECK,
    sha: gateRun.sha,
    externalId: checkExternalId('base', gateRun.sha),
    conclusion: passed ? 'success' : 'failure',
    detailsUrl: stage.runUrl,
    output: renderBaseCheck({ sha: gateRun.sha, gates, gateRun, commands: result.commands }),
  });
}
