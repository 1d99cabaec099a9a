import type { ObjectDatabase } from './object-database.ts';

type Objects = Pick<ObjectDatabase, 'commit'>;

/** Whether one commit can be reached from another along parents, or is the same. */
export async function reaches(objects: Objects, from: string, wanted: string): Promise<boolean> {
  const seen = new Set([from]);
  for (const oid of seen) {
    if (oid === wanted) return true;
    for (const parent of (await objects.commit(oid))?.parents ?? []) seen.add(parent);
  }
  return false;
}

/** The commit itself and every one that can be reached from it along parents. */
export async function reachable(objects: Objects, from: string): Promise<ReadonlySet<string>> {
  const seen = new Set([from]);
  for (const oid of seen) {
    for (const parent of (await objects.commit(oid))?.parents ?? []) seen.add(parent);
  }
  return seen;
}

/**
 * The commits from `head` back to the first that `exclude` reaches, without it, or to the root where that is null; null
 * where they do not lie in one line, so that their order is git's to say.
 */
export async function line(
  objects: Objects,
  head: string,
  exclude: string | null,
): Promise<readonly string[] | null> {
  const left = exclude === null ? new Set<string>() : await reachable(objects, exclude);
  const oids: string[] = [];
  for (let at: string | undefined = head; at !== undefined && !left.has(at);) {
    const commit = await objects.commit(at);
    if (commit === null || commit.parents.length > 1) return null;
    oids.push(at);
    at = commit.parents[0];
  }
  return oids;
}
