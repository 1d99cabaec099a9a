import {
  entryOf,
  type ModuleEntry,
  type ObeyedCommand,
} from '../../domain/implementation-state.ts';
import type { Answer } from '../../domain/answer.ts';
import { attemptsLeft, endAttempt, maxAttemptsOf } from '../attempts.ts';
import { rearmRecord, resolutionOf } from '../escalations.ts';
import { move } from '../move.ts';
import { addStep, type Situation } from '../situation.ts';
import {
  done,
  isActive,
  obeyedBefore,
  refused,
  refusedNow,
  refuseMerged,
  type Obeyed,
  type Order,
} from './order.ts';
import { obeyStart } from './start.ts';

/** `/session retry`: another attempt, in place of one that runs, after one that was stopped, or after a HALT. */
export function obeyRetry(situation: Situation, order: Order): Obeyed {
  const entry = entryOf(situation.state, order.module.id);
  if (obeyedBefore(entry, order) !== null) return tell(situation, order);
  if (isActive(entry)) return endAndRequest(situation, order, entry);
  if (entry.status === 'blocked') return rearm(situation, order, entry);
  const hasBegun = entry.status === 'pending' && entry.session.attempt > 0;
  return hasBegun ? obeyStart(situation, order) : refusedNow(situation, order);
}

function endAndRequest(situation: Situation, order: Order, entry: ModuleEntry): Obeyed {
  const { world } = situation;
  const { module, login, source, rest } = order;
  const merged = refuseMerged(situation, order);
  if (merged !== null) return merged;
  const { attempt } = entry.session;
  if (attemptsLeft(entry, world.config) <= 0) {
    const grants = world.config.attempts;
    return refused(situation, { kind: 'last-attempt', module: module.id, attempt, grants });
  }
  const issue = `Stopped for a retry by ${login}.`;
  const end = { outcome: 'retried', failureType: null, issue, at: world.now } as const;
  const learnt = { resolution: rest === '' ? null : rest, resolvedBy: login };
  const transition = move(situation.state, {
    edge: 'retry',
    module: module.id,
    recorded: {
      completedAt: null,
      session: {
        maxAttempts: maxAttemptsOf(entry, world.config),
        history: endAttempt(entry, { ...end, ...learnt }),
        request: { source, by: login, at: world.now },
      },
    },
    tail: `(attempt ${attempt} retried)`,
    command: order.id,
  });
  return tell(addStep(situation, { kind: 'record', transition }), order);
}

/** The escalation is closed after the state has moved: a run that dies in between has it closed by the next. */
function rearm(situation: Situation, order: Order, entry: ModuleEntry): Obeyed {
  const { world } = situation;
  const { module, login, source } = order;
  const { escalation } = entry.session;
  const issue = escalation === null ? undefined : world.conversations.get(escalation);
  if (issue === undefined) return refusedNow(situation, order);
  const transition = move(situation.state, {
    edge: 'rearm',
    module: module.id,
    recorded: rearmRecord(entry, {
      config: world.config,
      request: { source, by: login, at: world.now },
      resolution: order.rest === '' ? resolutionOf(world, issue, login) : order.rest,
      escalation: issue.number,
    }),
    tail: `(#${issue.number} resolved by /session retry)`,
    command: order.id,
  });
  const moved = addStep(situation, { kind: 'record', transition });
  // One that is a comment on the pull request has nothing to close.
  const closed =
    issue.open && issue.headSha === undefined
      ? addStep(moved, { kind: 'close-issue', conversation: issue.number })
      : moved;
  return tell(closed, order);
}

/** The answer comes of the state alone, so that a run that was cut off is finished with the same words. */
function tell(situation: Situation, order: Order): Obeyed {
  const entry = entryOf(situation.state, order.module.id);
  const record = obeyedBefore(entry, order);
  if (record === null) return refusedNow(situation, order);
  const answer = whatItDid(order.module.id, entry, record);
  return done(
    answer.kind === 'rearmed' ? tellEscalation(situation, order, answer) : situation,
    answer,
  );
}

/** The escalation says who resolved it, unless that stands there already. */
function tellEscalation(
  situation: Situation,
  { login, source }: Order,
  { module, escalation, nextAttempt, maxAttempts }: Answer & { readonly kind: 'rearmed' },
): Situation {
  if (source === escalation) return situation;
  return addStep(situation, {
    kind: 'answer',
    conversation: escalation,
    key: `resumed ${nextAttempt - 1}`,
    answer: { kind: 'resumed', module, by: login, nextAttempt, maxAttempts },
  });
}

function whatItDid(module: string, { session }: ModuleEntry, { attempt }: ObeyedCommand): Answer {
  const past = session.history.find((one) => one.attempt === attempt);
  const { maxAttempts } = session;
  if (past?.outcome === 'retried') return { kind: 'retried', module, attempt, maxAttempts };
  const escalation = past?.escalation ?? null;
  if (escalation === null) return { kind: 'requested', module };
  return { kind: 'rearmed', module, escalation, nextAttempt: attempt + 1, maxAttempts };
}
