import { line, reachable, reaches } from './ancestry.ts';
import { BatchProcess, git } from './git-process.ts';
import type { ObjectDatabase } from './object-database.ts';
import type { Commit } from './objects.ts';

export interface FileChange {
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly path: string;
  readonly previousPath: string | null;
  /** The blob on the new side, or on the old one for a removed file. */
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
}

export type MergeOutcome = { readonly tree: string } | { readonly conflict: true };

const STATUSES: Readonly<Record<string, FileChange['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** What git says after a line of its standard input that names no objects: the line itself (git-diff-tree). */
const END = 'end of the answer\n';

/**
 * Questions over commits. Commits never change, so every answer is kept, and what their parents tell by themselves
 * costs no process.
 */
export class History {
  private readonly directory: string;
  private readonly objects: ObjectDatabase;
  private readonly answers = new Map<string, Promise<unknown>>();
  private readonly differ: BatchProcess;

  constructor(directory: string, objects: ObjectDatabase) {
    this.directory = directory;
    this.objects = objects;
    const args = ['--stdin', '-r', '-M', '-z', '--raw', '--numstat', '--no-abbrev'];
    this.differ = new BatchProcess(directory, ['diff-tree', ...args]);
  }

  /** The best common ancestor, or null for unrelated histories. */
  mergeBase(a: string, b: string): Promise<string | null> {
    return this.once(`base ${a} ${b}`, async () => {
      if (await reaches(this.objects, b, a)) return a;
      if (await reaches(this.objects, a, b)) return b;
      const { stdout } = await git(this.directory, ['merge-base', a, b], [0, 1]);
      return stdout.toString().trim() || null;
    });
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return reaches(this.objects, descendant, ancestor);
  }

  /** How many commits `head` is ahead of and behind `base`. */
  aheadBehind(base: string, head: string): Promise<{ ahead: number; behind: number }> {
    return this.once(`count ${base} ${head}`, async () => {
      const theirs = await reachable(this.objects, base);
      const ours = await reachable(this.objects, head);
      const ahead = [...ours].filter((oid) => !theirs.has(oid)).length;
      const behind = [...theirs].filter((oid) => !ours.has(oid)).length;
      return { ahead, behind };
    });
  }

  /** Commits reachable from `head`, newest first, without those reachable from `exclude`. */
  async log(
    head: string,
    options: {
      readonly exclude?: string | null;
      readonly path?: string | null;
      readonly since?: string | null;
      readonly until?: string | null;
    } = {},
  ): Promise<readonly string[]> {
    const isWhole = !options.since && !options.until && !options.path;
    const straight = isWhole ? await line(this.objects, head, options.exclude ?? null) : null;
    if (straight !== null) return straight;
    const filters = [
      ...(options.since ? [`--since=${options.since}`] : []),
      ...(options.until ? [`--until=${options.until}`] : []),
    ];
    const range = options.exclude ? [head, `^${options.exclude}`] : [head];
    const path = options.path ? ['--', options.path] : ['--'];
    const args = ['rev-list', '--topo-order', ...filters, ...range, ...path];
    return this.once(args.join(' '), async () => {
      const { stdout } = await git(this.directory, args);
      return stdout.toString().split('\n').filter(Boolean);
    });
  }

  async commits(oids: readonly string[]): Promise<readonly Commit[]> {
    const found = await Promise.all(oids.map((oid) => this.objects.commit(oid)));
    return found.filter((commit) => commit !== null);
  }

  /** The files that differ from `from` to `to`, renames detected, as a two-dot diff. */
  diff(from: string, to: string): Promise<readonly FileChange[]> {
    return this.once(`diff ${from} ${to}`, async () => {
      const trees = await Promise.all([from, to].map((oid) => this.objects.treeOf(oid)));
      const said = await this.differ.ask(`${trees.join(' ')}\n${END}`, (buffered) => {
        const end = buffered.indexOf(END);
        if (end < 0) return null;
        return { value: buffered.subarray(0, end).toString(), consumed: end + END.length };
      });
      // It begins with the names of both trees.
      return parseDiff(said.slice(said.indexOf('\n') + 1));
    });
  }

  /** The patches of `diff`'s files, in the same order, each beginning at its first hunk. */
  patches(from: string, to: string): Promise<readonly (string | null)[]> {
    return this.once(`patch ${from} ${to}`, async () => {
      const { stdout } = await git(this.directory, ['diff-tree', '-r', '-M', '-p', from, to]);
      const files = stdout
        .toString()
        .split(/^diff --git .*\n/m)
        .slice(1);
      return files.map((file) => {
        const hunk = file.search(/^@@ /m);
        return hunk < 0 ? null : file.slice(hunk).replace(/\n$/, '');
      });
    });
  }

  /** Merges two commits as `git merge` would, without touching any ref; where only one side has more, it is that side. */
  mergeTree(ours: string, theirs: string): Promise<MergeOutcome> {
    return this.once(`merge ${ours} ${theirs}`, async () => {
      if (await reaches(this.objects, theirs, ours)) return this.treeOf(theirs);
      if (await reaches(this.objects, ours, theirs)) return this.treeOf(ours);
      const args = ['merge-tree', '--write-tree', '--no-messages', ours, theirs];
      const { code, stdout } = await git(this.directory, args, [0, 1]);
      if (code === 1) return { conflict: true };
      return { tree: stdout.toString().trim() };
    });
  }

  /** The tree of `ours` with what `commit` changed against its first parent applied, as in a rebase. */
  pickTree(ours: string, commit: Commit): Promise<MergeOutcome> {
    const base = commit.parents[0];
    if (base === undefined) return Promise.resolve({ conflict: true });
    return this.once(`pick ${ours} ${commit.oid}`, async () => {
      // git 2.39 has no --merge-base; a stand-in whose parent is `base` makes it the merge base.
      const author = commit.author;
      const tree = (await this.objects.commit(ours))?.tree ?? '';
      const shared = { author, committer: author, parents: [base], message: 'rebase' };
      const stand = await this.objects.writeCommit({ ...shared, tree });
      const args = ['merge-tree', '--write-tree', '--no-messages', stand, commit.oid];
      const { code, stdout } = await git(this.directory, args, [0, 1]);
      if (code === 1) return { conflict: true };
      return { tree: stdout.toString().trim() };
    });
  }

  close(): Promise<void> {
    return this.differ.close();
  }

  private async treeOf(oid: string): Promise<MergeOutcome> {
    return { tree: await this.objects.treeOf(oid) };
  }

  private once<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known !== undefined) return known as Promise<T>;
    const answer = compute();
    this.answers.set(key, answer);
    answer.catch(() => this.answers.delete(key));
    return answer;
  }
}

interface RawEntry {
  readonly status: FileChange['status'];
  readonly oid: string;
  readonly path: string;
  readonly previousPath: string | null;
}

/** Reads `--raw --numstat -z`: first every raw entry, each beginning with a colon, then the counts. */
function parseDiff(text: string): readonly FileChange[] {
  const fields = text.split('\0');
  const raw: RawEntry[] = [];
  let at = 0;
  for (let field = fields[at]; field?.startsWith(':'); field = fields[at]) {
    const [, , before = '', after = '', letter = 'M'] = field.split(' ');
    const status = STATUSES[letter.charAt(0)] ?? 'changed';
    const twoPaths = status === 'renamed' || status === 'copied';
    const path = fields[at + (twoPaths ? 2 : 1)] ?? '';
    const previousPath = twoPaths ? (fields[at + 1] ?? null) : null;
    raw.push({ status, oid: status === 'removed' ? before : after, path, previousPath });
    at += twoPaths ? 3 : 2;
  }
  return raw.map((entry) => {
    const [additions = '0', deletions = '0'] = (fields[at] ?? '').split('\t');
    at += entry.previousPath === null ? 1 : 3;
    return { ...entry, additions: Number(additions) || 0, deletions: Number(deletions) || 0 };
  });
}
