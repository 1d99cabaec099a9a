import { entryOf } from '../domain/implementation-state.ts';
import type { TextSubject, OwnText } from '../domain/own-text.ts';
import { addStep, type Situation } from './situation.ts';

/**
 * Of several open issues or pull requests of ours that are of the same thing, the one that the state knows stays, or
 * the lowest, which is what the next run adopts; the others are closed with a pointer.
 */
export function closeDuplicates(situation: Situation): Situation {
  const groups = new Map<string, OwnText[]>();
  for (const own of situation.world.ownTexts) {
    const key = keyOf(own.subject);
    groups.set(key, [...(groups.get(key) ?? []), own]);
  }
  return [...groups.values()].reduce(closeOthers, situation);
}

function keyOf(subject: TextSubject): string {
  if (subject.kind === 'dashboard') return subject.kind;
  return `${subject.kind} ${subject.module} ${subject.attempt}`;
}

function closeOthers(situation: Situation, group: readonly OwnText[]): Situation {
  const [first] = group;
  if (first === undefined) return situation;
  const known = knownNumbers(situation, first.subject);
  const original = known[0] ?? Math.min(...group.map((own) => own.conversation.number));
  return group
    .map((own) => own.conversation)
    .filter(({ number }) => number !== original && !known.includes(number))
    .reduce(
      (now, duplicate) => addStep(now, { kind: 'close-duplicate', duplicate, original }),
      situation,
    );
}

/** Those that the state holds, the one that counts first; one that GitHub does not know any more counts for nothing. */
function knownNumbers({ world, state }: Situation, subject: TextSubject): readonly number[] {
  if (subject.kind === 'dashboard') return world.dashboard === null ? [] : [world.dashboard.number];
  const { module, attempt, kind } = subject;
  const { session } = entryOf(state, module);
  const past = session.history.filter((one) => one.attempt === attempt);
  const isCurrent = session.attempt === attempt;
  if (kind === 'pull-request') {
    const current = isCurrent ? [session.pullRequest] : [];
    return [...current, ...past.map((one) => one.pullRequest)].filter((one) => one !== null);
  }
  const isThere = world.conversations.has(session.escalation ?? 0);
  const current = isCurrent && isThere ? [session.escalation] : [];
  return [...current, ...past.map((one) => one.escalation)].filter((one) => one !== null);
}
