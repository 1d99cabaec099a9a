import { entryOf } from '../domain/implementation-state.ts';
import type { MergeGroup } from '../domain/world.ts';
import { addStep, type GroupSession, type Situation } from './situation.ts';

/** A merge commit, and a squashed one: `Merge pull request #57 from …`, `A title (#57)`. */
const MERGED = /^Merge pull request #([1-9][0-9]{0,9}) from /u;
const SQUASHED = /\(#([1-9][0-9]{0,9})\)$/u;
/** The last pull request of a group is in the name of its branch. */
const QUEUED = /\/pr-([1-9][0-9]{0,9})-[0-9a-f]+$/u;

/**
 * The required check on a merge group's head: green where it holds no session, or only verified ones. It is told by
 * the state and runs nothing: what the queue merged together is verified by nobody before the base has it.
 */
export function reportMergeGroup(situation: Situation): Situation {
  const group = situation.world.mergeGroup;
  if (group === null) return situation;
  const sessions = sessionsOf(situation, group);
  const isGreen = sessions.every((session) => session.verified);
  if (group.check?.conclusion === (isGreen ? 'SUCCESS' : 'FAILURE')) return situation;
  return addStep(situation, { kind: 'report-group', group, sessions });
}

/** A group lists no pull requests: they are told by its commits, which hold a head or name a number. */
function sessionsOf({ world, state }: Situation, group: MergeGroup): readonly GroupSession[] {
  const numbers = numbersOf(group);
  const shas = new Set(group.commits.map((commit) => commit.sha));
  return [...world.pulls].flatMap(([module, pull]) => {
    const { status, session } = entryOf(state, module);
    const isHere = numbers.has(pull.number) || shas.has(pull.headSha);
    if (!isHere || pull.number !== session.pullRequest) return [];
    const verified = status === 'review' && session.headSha === pull.headSha;
    return [{ module, pullRequest: pull.number, verified }];
  });
}

function numbersOf({ commits, headRef }: MergeGroup): ReadonlySet<number> {
  const titles = commits.map(({ message }) => message.split('\n', 1)[0] ?? '');
  const found = [
    QUEUED.exec(headRef),
    ...titles.flatMap((title) => [MERGED.exec(title), SQUASHED.exec(title)]),
  ];
  return new Set(found.flatMap((match) => (match?.[1] === undefined ? [] : [Number(match[1])])));
}
