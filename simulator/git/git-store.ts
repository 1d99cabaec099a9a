import { BatchProcess, git } from './git-process.ts';
import { ObjectDatabase } from './object-database.ts';
import { History } from './history.ts';

/** One ref moving; an absent side is null: it was created or deleted. */
export interface RefChange {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

export const ZERO_OID = '0'.repeat(40);

/** One bare repository: its objects, its history and its refs, all of them git's own work. */
export class GitStore {
  readonly directory: string;
  readonly objects: ObjectDatabase;
  readonly history: History;
  private readonly updates: BatchProcess;
  private current: ReadonlyMap<string, string>;
  private headBranch: string;

  private constructor(
    shared: Pick<GitStore, 'directory' | 'objects' | 'history'> & { updates: BatchProcess },
    refs: ReadonlyMap<string, string>,
    headBranch: string,
  ) {
    this.headBranch = headBranch;
    this.directory = shared.directory;
    this.objects = shared.objects;
    this.history = shared.history;
    this.updates = shared.updates;
    this.current = refs;
  }

  /** Creates the bare repository in `directory`; `scratch` takes files on their way into it. */
  static async create(
    directory: string,
    defaultBranch: string,
    scratch: string,
  ): Promise<GitStore> {
    const init = ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`];
    await git(scratch, [...init, directory]);
    const objects = new ObjectDatabase(directory, scratch);
    const history = new History(directory, objects);
    const updates = new BatchProcess(directory, ['update-ref', '--stdin']);
    return new GitStore({ directory, objects, history, updates }, new Map(), defaultBranch);
  }

  /** The same objects under the refs of now, to be read whatever happens to these. */
  frozen(): GitStore {
    const { directory, objects, history, updates } = this;
    return new GitStore({ directory, objects, history, updates }, this.current, this.headBranch);
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

  /** Moves refs in one transaction: all of them or none. */
  async updateRefs(changes: readonly RefChange[]): Promise<void> {
    if (changes.length === 0) return;
    const lines = changes.map(
      ({ ref, before, after }) => `update ${ref} ${after ?? ZERO_OID} ${before ?? ZERO_OID}`,
    );
    await this.updates.ask(`start\n${lines.join('\n')}\ncommit\n`, (buffered) => {
      const answer = buffered.indexOf('commit: ok\n');
      return answer < 0 ? null : { value: null, consumed: answer + 'commit: ok\n'.length };
    });
    const refs = new Map(this.current);
    for (const { ref, after } of changes) {
      if (after === null) refs.delete(ref);
      else refs.set(ref, after);
    }
    this.current = refs;
  }

  /** Puts every ref where `wanted` has it. */
  async resetRefs(wanted: ReadonlyMap<string, string>): Promise<void> {
    const names = new Set([...this.current.keys(), ...wanted.keys()]);
    const changes = [...names].map((ref) => ({
      ref,
      before: this.current.get(ref) ?? null,
      after: wanted.get(ref) ?? null,
    }));
    await this.updateRefs(changes.filter(({ before, after }) => before !== after));
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
    const names = [...new Set([...before.keys(), ...after.keys()])].sort();
    return names
      .map((ref) => ({ ref, before: before.get(ref) ?? null, after: after.get(ref) ?? null }))
      .filter((change) => change.before !== change.after);
  }

  async close(): Promise<void> {
    await Promise.all([this.updates.close(), this.objects.close(), this.history.close()]);
  }

  /** Makes another branch the one that a clone checks out. */
  async setHead(branch: string): Promise<void> {
    if (branch === this.headBranch) return;
    await git(this.directory, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
    this.headBranch = branch;
  }
}
