import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { entryOf, isTimedOut, type ModuleEntry } from '../domain/implementation-state.ts';
import { pointedPullRequest } from '../domain/trigger.ts';
import type { PullRequest } from '../domain/world.ts';
import { attemptsLeft, blockRecord, endAttempt, maxAttemptsOf } from './attempts.ts';
import { move } from './move.ts';
import { isGivenUpOn } from './reruns.ts';
import { addStep, type Situation } from './situation.ts';

/**
 * A session that nobody has pushed to for too long ends, in whichever run sees it first; but for one that comes for its
 * own pull request, since that is news of it.
 */
export function endTimedOut(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(endIfTimedOut, situation);
}

function endIfTimedOut(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  if (entry.status !== 'in-progress' || pull?.number !== entry.session.pullRequest) {
    return situation;
  }
  if (pull.state !== 'open' || pointedPullRequest(situation.world.trigger) === pull.number) {
    return situation;
  }
  // A head that was not judged yet is a push that is still to be looked at, unless nothing more comes of it.
  if (pull.headSha !== entry.session.headSha && !isGivenUpOn(entry, pull)) return situation;
  const { now, config } = situation.world;
  if (!isTimedOut(entry, now, config.sessionTimeoutSeconds)) return situation;
  return attemptsLeft(entry, config) > 0
    ? endAndRequest(situation, module, entry, pull)
    : blockTimedOut(situation, module, entry, pull);
}

function endOf({ world }: Situation) {
  const hours = Math.round(world.config.sessionTimeoutSeconds / 360) / 10;
  const issue = `Nothing was pushed for longer than \`session-timeout\` allows (${hours} h).`;
  return { outcome: 'timed-out', failureType: null, issue, at: world.now } as const;
}

function endAndRequest(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const { config, now } = situation.world;
  const { attempt } = entry.session;
  const transition = move(situation.state, {
    edge: 'time-out',
    module: module.id,
    recorded: {
      completedAt: null,
      session: {
        maxAttempts: maxAttemptsOf(entry, config),
        history: endAttempt(entry, endOf(situation)),
        request: { source: pull.number, by: 'session-timeout', at: now },
      },
    },
    tail: `(attempt ${attempt} timed out)`,
  });
  return addStep(addStep(situation, { kind: 'record', transition }), {
    kind: 'answer',
    conversation: pull.number,
    key: `timed-out ${entry.sessionId ?? attempt}`,
    answer: { kind: 'timed-out', module: module.id, attempt },
  });
}

function blockTimedOut(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  pull: PullRequest,
): Situation {
  const end = endOf(situation);
  const reason: HaltReason = { failureType: null, reason: end.issue, by: 'attempts' };
  return addStep(situation, {
    kind: 'block',
    module,
    claim: move(situation.state, {
      edge: 'last-time-out',
      module: module.id,
      recorded: blockRecord(entry, { reason, end, headSha: entry.session.headSha }),
      tail: `(attempt ${entry.session.attempt})`,
    }),
    reason,
    target: 'planning-agent',
    pull,
    judgement: null,
  });
}
