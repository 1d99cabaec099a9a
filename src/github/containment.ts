import type { Config } from '../domain/config.ts';
import { entryOf } from '../domain/implementation-state.ts';
import type { Trigger } from '../domain/trigger.ts';
import type { Client, RepositoryName } from './client.ts';
import type { Ground } from './ground.ts';
import { isNotFound } from './answers.ts';

interface Context {
  readonly config: Config;
  readonly ground: Ground;
  readonly trigger: Trigger;
}

/**
 * Which commits the base contains: its last hundred at no cost, and by one comparison each the older merges
 * that a module which may start rests on.
 */
export async function containedCommits(
  client: Client,
  name: RepositoryName,
  context: Context,
): Promise<ReadonlyMap<string, boolean>> {
  const recent = new Map(context.ground.recent.map((sha) => [sha, true] as const));
  const older = [...dependencyMerges(context)].filter((sha) => !recent.has(sha));
  const compared = await Promise.all(
    older.map(
      async (sha) => [sha, await isAncestor(client, name, sha, context.ground.baseSha)] as const,
    ),
  );
  return new Map([...recent, ...compared]);
}

function dependencyMerges({ config, ground, trigger }: Context): ReadonlySet<string> {
  const asks = ['label', 'comment', 'dispatch', 'push'].includes(trigger.kind) || config.autoStart;
  const merges = new Set<string>();
  for (const module of config.modules.values()) {
    const { status, session } = entryOf(ground.state, module.id);
    // A blocked module may be resolved, and any that is pending may be asked for, in this very run.
    const mayEnd = status === 'in-progress' || status === 'review';
    const mayStart =
      status === 'blocked' ||
      (mayEnd && trigger.kind === 'comment') ||
      (status === 'pending' && (asks || session.request !== null));
    const needed = module.dependsOn.map((id) => entryOf(ground.state, id));
    if (!mayStart || needed.some((one) => one.status !== 'complete')) continue;
    for (const { session: past } of needed) {
      if (past.mergeSha !== null) merges.add(past.mergeSha);
    }
  }
  return merges;
}

/** Whether a commit is in another's history; one that is gone is in none. */
export async function isAncestor(
  client: Client,
  name: RepositoryName,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  try {
    const { data } = await client.rest.repos.compareCommitsWithBasehead({
      ...name,
      basehead: `${ancestor}...${descendant}`,
      per_page: 1,
    });
    return data.status === 'ahead' || data.status === 'identical';
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
