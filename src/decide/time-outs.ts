import type { ModuleConfig } from '../domain/config.ts';
import type { HaltReason } from '../domain/escalation.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { isSweep } from '../domain/trigger.ts';
import type { PullRequest } from '../domain/world.ts';
import { attemptsLeft, blockRecord, endAttempt, maxAttemptsOf } from './attempts.ts';
import { move } from './move.ts';
import { isGivenUpOn } from './reruns.ts';
import { addStep, type Situation } from './situation.ts';

/** A session that nobody has pushed to for too long ends: the sweep is what notices that nothing happened. */
export function endTimedOut(situation: Situation): Situation {
  if (!isSweep(situation.world.trigger)) return situation;
  return [...situation.world.config.modules.values()].reduce(endIfTimedOut, situation);
}

function endIfTimedOut(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const pull = situation.world.pulls.get(module.id);
  if (entry.status !== 'in-progress' || pull?.number !== entry.session.pullRequest) {
    return situation;
  }
  if (pull.state !== 'open') return situation;
  // A head that was not judged yet is a push that is still to be looked at, unless nothing more comes of it.
  if (pull.headSha !== entry.session.headSha && !isGivenUpOn(entry, pull)) return situation;
  if (!isTimedOut(situation, entry)) return situation;
  return attemptsLeft(entry, situation.world.config) > 0
    ? endAndRequest(situation, module, entry, pull)
    : blockTimedOut(situation, module, entry, pull);
}

/** From the last push: the head that was judged last or could not be, or the start where there was none. */
function isTimedOut({ world }: Situation, { session }: ModuleEntry): boolean {
  const times = [session.startedAt, session.headAt, session.reruns?.at].flatMap((at) => {
    const time = Date.parse(at ?? '');
    return Number.isNaN(time) ? [] : [time];
  });
  if (times.length === 0) return false;
  const idle = Date.parse(world.now) - Math.max(...times);
  return idle / 1000 > world.config.sessionTimeoutSeconds;
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
