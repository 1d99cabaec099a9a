import {
  entryOf,
  type ImplementationState,
  type ModuleEntry,
} from '../domain/implementation-state.ts';
import { documentMessage, sessionPaths } from '../domain/session.ts';
import type { MergeGroup, World } from '../domain/world.ts';
import type { GroupSession } from './situation.ts';

/** A merge commit, and a squashed one: `Merge pull request #57 from …`, `A title (#57)`. */
const MERGED = /^Merge pull request #([1-9][0-9]{0,9}) from /u;
const SQUASHED = /\(#([1-9][0-9]{0,9})\)$/u;
/** The last pull request of a group is in the name of its branch. */
const QUEUED = /\/pr-([1-9][0-9]{0,9})-[0-9a-f]+$/u;

/** What tells a session in a group. */
interface Traces {
  readonly numbers: ReadonlySet<number>;
  readonly shas: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
}

/**
 * The sessions of a merge group, whatever their modules' status, and of modules that left the config too. A group lists no pull requests, so that its commits
 * tell: a merge holds the head itself and names the number, a squash names the number, and a rebase keeps the message of
 * the commit that added the document and the document
 * (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges).
 */
export function groupSessions(
  world: Pick<World, 'config' | 'pulls'>,
  state: ImplementationState,
  group: MergeGroup,
): readonly GroupSession[] {
  const traces = tracesOf(group);
  const modules = new Set([...world.config.modules.keys(), ...state.entries.keys()]);
  return [...modules].flatMap((module) => {
    const entry = entryOf(state, module);
    const pull = world.pulls.get(module);
    return attemptsOf(entry, pull?.headSha ?? null)
      .filter((attempt) => leadTo(traces, module, attempt, world.config.paths.documents))
      .map(({ attempt, pullRequest }) => ({
        module,
        attempt,
        pullRequest,
        verified:
          world.config.modules.has(module) &&
          attempt === entry.session.attempt &&
          entry.status === 'review' &&
          pull?.number === pullRequest &&
          entry.session.headSha === pull.headSha,
      }));
  });
}

interface Attempt {
  readonly attempt: number;
  readonly pullRequest: number | null;
  readonly heads: readonly (string | null)[];
}

/** What a complete module's group brings is what the base has: a revert of a revert is no session. */
function attemptsOf({ status, session }: ModuleEntry, head: string | null): readonly Attempt[] {
  if (status === 'complete') return [];
  const { attempt, pullRequest, headSha, history } = session;
  const past = history
    .filter((one) => one.attempt !== attempt)
    .map((one) => ({ attempt: one.attempt, pullRequest: one.pullRequest, heads: [] }));
  return attempt === 0 ? past : [...past, { attempt, pullRequest, heads: [headSha, head] }];
}

function leadTo(traces: Traces, module: string, session: Attempt, documents: string): boolean {
  const { attempt, pullRequest, heads } = session;
  return (
    (pullRequest !== null && traces.numbers.has(pullRequest)) ||
    heads.some((head) => head !== null && traces.shas.has(head)) ||
    traces.titles.has(documentMessage(module, attempt)) ||
    traces.added.has(sessionPaths(module, attempt, documents).document)
  );
}

function tracesOf({ commits, headRef, added }: MergeGroup): Traces {
  const titles = commits.map(({ message }) => message.split('\n', 1)[0] ?? '');
  const found = [
    QUEUED.exec(headRef),
    ...titles.flatMap((title) => [MERGED.exec(title), SQUASHED.exec(title)]),
  ];
  const numbers = found.flatMap((match) => (match?.[1] === undefined ? [] : [Number(match[1])]));
  return {
    numbers: new Set(numbers),
    shas: new Set(commits.map((commit) => commit.sha)),
    titles: new Set(titles),
    added: new Set(added),
  };
}
