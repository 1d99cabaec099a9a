import type { Step } from '../decide/situation.ts';
import { renderMergeGroupCheck } from '../documents/merge-group-check.ts';
import { renderOrphanCheck } from '../documents/orphan.ts';
import { renderAskedCheck } from '../documents/small-checks.ts';
import { checkExternalId, VERIFICATION_CHECK } from '../domain/checks.ts';
import { failureTable } from '../domain/failure.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { postReply, type Stage } from './stage.ts';

/**
 * A new check run that waits: GitHub lets none that is completed go back
 * (https://github.com/Mergifyio/mergify/pull/1989), and shows the most recent one of each name (`filter` in
 * https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference). Which of several a required check
 * means is not documented: that it is the one shown is what is observed.
 */
export function queueCheck(stage: Stage, step: Step & { readonly kind: 'queue-check' }): void {
  const { module, pull, by } = step;
  const { attempt } = entryOf(stage.state(), module.id).session;
  stage.post({
    kind: 'check-run',
    id: null,
    name: VERIFICATION_CHECK,
    sha: pull.headSha,
    externalId: checkExternalId(`${module.id}-${attempt}`, pull.headSha),
    conclusion: 'queued',
    detailsUrl: stage.runUrl,
    output: renderAskedCheck(by),
  });
}

/** The check says that the module is not in the config any more; a word where somebody works on it says so too. */
export function reportOrphan(stage: Stage, step: Step & { readonly kind: 'report-orphan' }): void {
  const { facts, held, conversation, key } = step;
  const { module, attempt } = facts;
  if (held !== null) {
    stage.post({
      kind: 'check-run',
      id: held.check?.id ?? null,
      name: VERIFICATION_CHECK,
      sha: held.headSha,
      externalId: checkExternalId(`${module}-${attempt}`, held.headSha),
      conclusion: 'action-required',
      detailsUrl: stage.runUrl,
      output: renderOrphanCheck(facts),
    });
  }
  if (conversation !== null) postReply(stage, conversation, key, { kind: 'orphaned', ...facts });
}

/** Green where what the queue merged passes the protocols of all sessions in it, and where there is none. */
export function reportGroup(stage: Stage, step: Step & { readonly kind: 'report-group' }): void {
  const { group, sessions, verdict } = step;
  const isGreen = verdict === 'green' || verdict === 'no-session';
  stage.post({
    kind: 'check-run',
    id: group.check?.id ?? null,
    name: VERIFICATION_CHECK,
    sha: group.headSha,
    externalId: checkExternalId('group', group.headSha),
    conclusion: isGreen ? 'success' : 'failure',
    detailsUrl: stage.runUrl,
    output: renderMergeGroupCheck({
      verdict,
      sessions,
      commands: group.result?.commands ?? [],
      failures: group.failures,
      table: failureTable(stage.world.config.failures),
      runUrl: stage.runUrl,
    }),
  });
}
