import { BatchProcess, git } from './git-process.ts';
import type { History } from './history.ts';
import type { ObjectDatabase } from './object-database.ts';
import { ObjectStore, type Place } from './object-store.ts';

/** One ref moving; an absent side is null: it was created or deleted. */
export interface RefChange {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A move of refs that git refuses. */
export class RefError extends Error {}

export const ZERO_OID = '0'.repeat(40);

interface Parts {
  readonly directory: string;
  readonly store: ObjectStore;
  readonly updates: BatchProcess;
}

/**
 * One bare repository: its objects, its history and its refs, all of them git's own work. Refs are known here, and
 * written when somebody comes to look at them in git: until then they may move any number of times.
 */
export class GitStore {
  readonly directory: string;
  readonly objects: ObjectDatabase;
  readonly history: History;
  private readonly parts: Parts;
  private current: ReadonlyMap<string, string>;
  private headBranch: string;
  private written: { readonly refs: ReadonlyMap<string, string>; readonly headBranch: string };
  private settled = Promise.resolve();

  private constructor(parts: Parts, refs: ReadonlyMap<string, string>, headBranch: string) {
    this.headBranch = headBranch;
    this.parts = parts;
    this.directory = parts.directory;
    this.objects = parts.store.objects;
    this.history = parts.store.history;
    this.current = refs;
    this.written = { refs, headBranch };
  }

  /** Creates the bare repository, with objects of its own unless it shares some. */
  static async create(
    place: Place,
    defaultBranch: string,
    shared: ObjectStore | null,
  ): Promise<GitStore> {
    const { directory } = place;
    const store = shared ?? (await ObjectStore.create(place, defaultBranch));
    await shared?.share(directory, defaultBranch);
    const updates = new BatchProcess(directory, ['update-ref', '--stdin']);
    return new GitStore({ directory, store, updates }, new Map(), defaultBranch);
  }

  /** The same objects under the refs of now, to be read whatever happens to these. */
  frozen(): GitStore {
    return new GitStore(this.parts, this.current, this.headBranch);
  }

  /** Refs by full name; they change only through `updateRefs`, and by a push, through `reloadRefs`. */
  get refs(): ReadonlyMap<string, string> {
    return this.current;
  }

  branch(name: string): string | null {
    return this.current.get(`refs/heads/${name}`) ?? null;
  }

  branches(): readonly { readonly name: string; readonly oid: string }[] {
    const heads = [...this.current].filter(([ref]) => ref.startsWith('refs/heads/'));
    return heads.map(([ref, oid]) => ({ name: ref.slice('refs/heads/'.length), oid }));
  }

  /** The commit a branch, tag, full ref or SHA names, or null; what GitHub takes for a commit-ish. */
  async commitOf(expression: string): Promise<string | null> {
    const candidates = [expression, `refs/heads/${expression}`, `refs/tags/${expression}`];
    if (expression.startsWith('heads/') || expression.startsWith('tags/')) {
      candidates.push(`refs/${expression}`);
    }
    if (expression === 'HEAD') candidates.push(`refs/heads/${this.headBranch}`);
    const named = candidates.map((ref) => this.current.get(ref)).find((oid) => oid !== undefined);
    const wanted = named ?? (/^[0-9a-f]{4,40}$/i.test(expression) ? expression : null);
    if (wanted === null) return null;
    const found = await this.objects.find(`${wanted}^{commit}`);
    return found?.oid ?? null;
  }

  /**
   * Moves refs in one transaction: all of them or none.
   * @throws RefError where git would refuse it.
   */
  async updateRefs(changes: readonly RefChange[]): Promise<void> {
    for (const { ref, after } of changes) {
      const isBranch = after !== null && ref.startsWith('refs/heads/');
      if (isBranch && (await this.objects.find(after))?.type !== 'commit') {
        throw new RefError(`${ref} cannot be at ${after}, which is no commit`);
      }
    }
    this.current = moved(this.current, changes);
  }

  /** Puts every ref where `wanted` has it. */
  resetRefs(wanted: ReadonlyMap<string, string>): void {
    this.current = wanted;
  }

  /** Writes the refs into git, for whoever looks at them there. */
  settle(): Promise<void> {
    this.settled = this.settled.then(() => this.writeRefs());
    return this.settled;
  }

  private async writeRefs(): Promise<void> {
    const { refs: before, headBranch } = this.written;
    const after = this.current;
    this.written = { refs: after, headBranch: this.headBranch };
    // What goes away makes room first: a branch `a` may follow upon an `a/b`.
    const gone = [...before].filter(([ref]) => !after.has(ref));
    const set = [...after].filter(([ref, oid]) => before.get(ref) !== oid);
    await this.write(gone.map(([ref, oid]) => `delete ${ref} ${oid}`));
    await this.write(
      set.map(([ref, oid]) => `update ${ref} ${oid} ${before.get(ref) ?? ZERO_OID}`),
    );
    if (this.written.headBranch === headBranch) return;
    await git(this.directory, ['symbolic-ref', 'HEAD', `refs/heads/${this.written.headBranch}`]);
  }

  private async write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    await this.parts.updates.ask(`start\n${lines.join('\n')}\ncommit\n`, (buffered) => {
      const answer = buffered.indexOf('commit: ok\n');
      return answer < 0 ? null : { value: null, consumed: answer + 'commit: ok\n'.length };
    });
  }

  /** Reads the refs again after somebody else (a push) moved them; says which ones did. */
  async reloadRefs(): Promise<readonly RefChange[]> {
    const before = this.current;
    const { stdout } = await git(this.directory, [
      'for-each-ref',
      '--format=%(refname) %(objectname)',
    ]);
    const after = new Map<string, string>();
    for (const entry of stdout.toString().split('\n').filter(Boolean)) {
      after.set(entry.slice(0, entry.lastIndexOf(' ')), entry.slice(entry.lastIndexOf(' ') + 1));
    }
    this.current = after;
    this.written = { ...this.written, refs: after };
    const names = [...new Set([...before.keys(), ...after.keys()])].sort();
    return names
      .map((ref) => ({ ref, before: before.get(ref) ?? null, after: after.get(ref) ?? null }))
      .filter((change) => change.before !== change.after);
  }

  /** Leaves refs behind that git knows of, unless the objects are others' and go with them. */
  async close(): Promise<void> {
    const { directory, store, updates } = this.parts;
    const isOwn = store.directory === directory;
    if (isOwn) await this.settle();
    await Promise.all([updates.close(), ...(isOwn ? [store.close()] : [])]);
  }

  /** Makes another branch the one that a clone checks out. */
  setHead(branch: string): void {
    this.headBranch = branch;
  }
}

/** Refs after those changes: each from where it is said to be, and no name below another's. */
function moved(
  refs: ReadonlyMap<string, string>,
  changes: readonly RefChange[],
): ReadonlyMap<string, string> {
  const next = new Map(refs);
  for (const { ref, before, after } of changes) {
    if ((next.get(ref) ?? null) !== before) throw new RefError(`${ref} is not at ${before}`);
    if (after === null) next.delete(ref);
    else next.set(ref, after);
  }
  for (const { ref, after } of changes) {
    const inTheWay = [...next.keys()].find(
      (other) => other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`),
    );
    if (after !== null && inTheWay !== undefined) throw new RefError(`${ref}: ${inTheWay} exists`);
  }
  return next;
}
