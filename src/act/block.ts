import { grantAttempts, maxAttemptsOf } from '../decide/attempts.ts';
import { entryTransition, type BlockStep } from '../decide/situation.ts';
import {
  escalationTitle,
  parseEscalationIssue,
  renderEscalationIssue,
} from '../documents/escalation-issue.ts';
import { failureTable } from '../domain/failure.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { OUR_LABEL } from '../domain/labels.ts';
import { ensureIssue } from './ensure-issue.ts';
import { ensureLabels } from './labels.ts';
import { tellVerification } from './publish.ts';
import { findConversation, type Stage } from './stage.ts';

/** Blocks first, so that no other run escalates too; then the one issue, word on the pull request, and that both are done. */
export async function blockModule(stage: Stage, step: BlockStep): Promise<void> {
  if (step.claim !== null) await stage.commit(step.claim);
  const { module, reason } = step;
  const { attempt } = entryOf(stage.state(), module.id).session;
  if (!stage.world.repository.hasIssues) {
    await escalateOnPull(stage, step);
    return;
  }
  const target = stage.world.config.escalation[step.target];
  const table = failureTable(stage.world.config.failures);
  const failureTitle = table.find((row) => row.id === reason.failureType)?.title ?? null;
  const labels = [OUR_LABEL, ...(target?.labels ?? [])];
  await ensureLabels(stage, labels);
  const wanted = {
    title: escalationTitle(module.name, failureTitle),
    body: renderBody(stage, step),
    labels,
    assignees: target?.assignees ?? [],
    isIt: (body: string) => {
      const found = parseEscalationIssue(body);
      return found?.module === module.id && found.attempt === attempt;
    },
  };
  const issue = await ensureIssue(stage, wanted, step.claim === null ? 'of-another' : 'ours');
  stage.tell(`${module.id}: escalation #${issue.number}`);
  tellStopped(stage, step, issue.number);
  await recordEscalation(stage, module.id, issue.number);
}

/** Where issues are turned off, the escalation is a comment on the session's pull request; without one, the state alone tells. */
async function escalateOnPull(stage: Stage, step: BlockStep): Promise<void> {
  const { module } = step;
  const { attempt, pullRequest } = entryOf(stage.state(), module.id).session;
  const pull =
    pullRequest === null ? null : (step.pull ?? findConversation(stage.world, pullRequest));
  if (pullRequest === null || pull === null) {
    stage.tell(`${module.id}: blocked; issues are turned off and it has no pull request to say so`);
    return;
  }
  const isThere = pull.comments.some(({ ours, body }) => {
    const found = ours ? parseEscalationIssue(body) : null;
    return found?.module === module.id && found.attempt === attempt;
  });
  if (!isThere) stage.post({ kind: 'comment', subject: pull.id, body: renderBody(stage, step) });
  stage.tell(`${module.id}: escalated on #${pullRequest}, since issues are turned off`);
  tellStopped(stage, step, pullRequest);
  await recordEscalation(stage, module.id, pullRequest);
}

/** What was told goes out first: only then is the module escalated. */
async function recordEscalation(stage: Stage, module: string, number: number): Promise<void> {
  const { attempt } = entryOf(stage.state(), module).session;
  await stage.flush();
  await stage.commit(
    entryTransition(`${module}: escalation #${number} (attempt ${attempt})`, module, {
      session: { escalation: number },
    }),
  );
}

/** A run that takes up where another stopped has no evidence of its own, so it leaves what that one told. */
function tellStopped(stage: Stage, step: BlockStep, escalation: number): void {
  const { module, pull, judgement, reason } = step;
  if (pull === null) return;
  const told = step.claim === null && pull.check?.conclusion === 'ACTION_REQUIRED';
  if (told) return;
  const outcome = { kind: 'stopped', reason } as const;
  tellVerification(stage, { module, pull, judgement, outcome, escalation });
}

function renderBody(stage: Stage, step: BlockStep): string {
  const { world } = stage;
  const { module, pull, judgement } = step;
  const entry = entryOf(stage.state(), module.id);
  const { attempt, history, branch } = entry.session;
  const view = {
    module,
    attempt,
    maxAttempts: maxAttemptsOf(entry, world.config),
    sessionId: entry.sessionId,
    repositoryUrl: world.repository.url,
    reason: step.reason,
    target: step.target,
    team: world.config.escalation[step.target]?.team ?? null,
    hasIssues: world.repository.hasIssues,
    table: failureTable(world.config.failures),
    pullRequest: entry.session.pullRequest,
    headSha: pull?.headSha ?? entry.session.headSha,
    branch,
    paths: world.config.paths,
    report: pull?.escalationReport ?? null,
    reportFormat: world.reportFormats.escalation,
    failures: judgement?.failures ?? [],
    commands: judgement?.result.commands ?? [],
    previousAttempts: history,
    downstream: world.graph.transitiveDependents(module.id).flatMap((id) => {
      const dependent = world.config.modules.get(id);
      if (dependent === undefined) return [];
      const { name, dependsOn } = dependent;
      return [{ id, name, dependsOn, status: entryOf(stage.state(), id).status }];
    }),
    nextMaxAttempts: grantAttempts(entry, world.config),
  };
  return renderEscalationIssue(view, stage.templates['escalation-issue']);
}
