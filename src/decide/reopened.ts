import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { triggerNumber } from '../domain/trigger.ts';
import { hasRole, type Conversation } from '../domain/world.ts';
import { blockRecord } from './attempts.ts';
import { move } from './move.ts';
import { tellSource } from './request-source.ts';
import { addStep, type Situation } from './situation.ts';

/**
 * An escalation that was resolved and stands open: somebody opened it again, which blocks its module once more, or
 * the run that resolved it by command ended before it was closed.
 */
export function heedReopened(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(heedModule, situation);
}

function heedModule(situation: Situation, module: ModuleConfig): Situation {
  // What this very decision resolved is closed by its own step.
  const before = entryOf(situation.world.state, module.id);
  const resolved = new Set(before.session.history.flatMap((past) => past.escalation ?? []));
  const { escalation } = before.session;
  return (
    [...resolved]
      .filter((number) => number !== escalation)
      .flatMap((number) => situation.world.conversations.get(number) ?? [])
      // One that was a comment is no issue: its number is the pull request's.
      .filter((issue) => issue.open && issue.headSha === undefined)
      .reduce((now, issue) => heedOpen(now, module, issue), situation)
  );
}

function heedOpen(situation: Situation, module: ModuleConfig, issue: Conversation): Situation {
  const entry = entryOf(situation.state, module.id);
  if (issue.reopened === null) return closeResolved(situation, entry, issue);
  const by = issue.reopened.by ?? 'somebody unknown';
  const { status, session } = entry;
  if (status === 'complete' || status === 'blocked') {
    // Said to whoever opened it, not with every sweep.
    if (triggerNumber(situation.world.trigger) !== issue.number) return situation;
    const { escalation } = session;
    const answer = { kind: 'not-blocked-again', module: module.id, status, escalation } as const;
    return addStep(situation, {
      kind: 'answer',
      conversation: issue.number,
      key: `reopened ${status} ${session.attempt}`,
      answer,
    });
  }
  if (!hasRole(situation.world, by, 'write')) {
    return addStep(situation, {
      kind: 'answer',
      conversation: issue.number,
      key: `reopened by ${by}`,
      answer: { kind: 'not-permitted', login: by, needs: 'write', what: 'reopen an escalation' },
    });
  }
  return blockAgain(situation, module, entry, { issue: issue.number, by });
}

/** Only the last one can have been left open by a run that was cut off. */
function closeResolved(situation: Situation, entry: ModuleEntry, issue: Conversation): Situation {
  const isLast = entry.session.history.at(-1)?.escalation === issue.number;
  if (!isLast || entry.status === 'blocked') return situation;
  return addStep(situation, { kind: 'close-issue', conversation: issue.number });
}

function blockAgain(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  { issue, by }: { readonly issue: number; readonly by: string },
): Situation {
  const { world, state } = situation;
  const { history, headSha, attempt } = entry.session;
  const failureType = history.find((past) => past.escalation === issue)?.failureType ?? null;
  const reason: HaltReason = {
    failureType,
    reason: `Escalation #${issue} was reopened by ${by}.`,
    by: { login: by },
  };
  const end = { outcome: 'halted', failureType, issue: reason.reason, at: world.now } as const;
  const pull = world.pulls.get(module.id);
  const record = blockRecord(entry, { reason, end, headSha: pull?.headSha ?? headSha });
  const transition = move(state, {
    edge: 'block-again',
    module: module.id,
    recorded: { ...record, session: { ...record.session, escalation: issue } },
    tail: `(#${issue} reopened)`,
  });
  const answer = { kind: 'waits-no-longer', module: module.id, escalation: issue } as const;
  // Where a request waited that this ends, nobody is left to wait for it.
  const ended =
    entry.status === 'pending' ? tellSource(situation, module.id, entry, answer) : situation;
  const told = addStep(ended, {
    kind: 'answer',
    conversation: issue,
    key: `blocked-again ${attempt}`,
    answer: { kind: 'blocked-again', module: module.id, by },
  });
  if (entry.status === 'pending' || pull?.number !== entry.session.pullRequest) {
    return addStep(told, { kind: 'record', transition });
  }
  return addStep(told, {
    kind: 'publish',
    module,
    pull,
    judgement: null,
    outcome: { kind: 'stopped', reason },
    escalation: issue,
    transition,
  });
}
