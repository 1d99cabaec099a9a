import { createHash } from 'node:crypto';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { BatchProcess, line } from './git-process.ts';
import { entryType, parseCommit, parseTree, renderCommit } from './objects.ts';
import type { Commit, TreeEntry } from './objects.ts';

export interface ObjectInfo {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
}

interface FoundObject extends ObjectInfo {
  readonly content: Buffer;
}

/** What a file becomes: new content, an object that is there already, or gone. */
export type FileWrite =
  | { readonly path: string; readonly content: Buffer; readonly mode?: string }
  | { readonly path: string; readonly oid: string; readonly mode: string }
  | { readonly path: string; readonly oid: null };

/** A file whose content is in the database already. */
interface PlacedFile {
  readonly path: string;
  readonly oid: string | null;
  readonly mode?: string;
}

/** The SHA-1 of the tree without entries. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const HEADER = /^([0-9a-f]{40}) (\w+) (\d+)$/;

let scratchFiles = 0;

/**
 * Reads and writes objects through git processes that stay, so that none of it costs a spawn; what git said of a full
 * SHA is kept, since an object never changes, and one that is there is not written again.
 */
export class ObjectDatabase {
  private readonly scratch: string;
  private readonly reader: BatchProcess;
  private readonly blobs: BatchProcess;
  private readonly commits: BatchProcess;
  private readonly trees: BatchProcess;
  /** Null for what an object that is there does not have or is not. */
  private readonly infos = new Map<string, ObjectInfo | null>();
  private readonly contents = new Map<string, FoundObject>();
  private readonly parsed = new Map<string, Commit>();
  private readonly written = new Map<string, string>();

  constructor(directory: string, scratch: string) {
    const hash = ['hash-object', '-w', '--no-filters', '--stdin-paths', '-t'];
    this.scratch = scratch;
    this.reader = new BatchProcess(directory, ['cat-file', '--batch-command']);
    this.blobs = new BatchProcess(directory, [...hash, 'blob']);
    this.commits = new BatchProcess(directory, [...hash, 'commit']);
    this.trees = new BatchProcess(directory, ['mktree', '-z', '--batch']);
  }

  /** What an object expression names, such as a SHA or `SHA:path`; null when there is none. */
  async find(expression: string): Promise<ObjectInfo | null> {
    if (/[\n\0]/.test(expression)) return null;
    const kept = this.infos.get(expression) ?? this.contents.get(expression);
    if (kept !== undefined || this.infos.has(expression)) return kept ?? null;
    const info = parseHeader(await this.reader.ask(`info ${expression}\n`, line));
    if (await this.isSettled(expression, info)) this.infos.set(expression, info);
    return info;
  }

  async read(expression: string): Promise<FoundObject | null> {
    if (/[\n\0]/.test(expression)) return null;
    const kept = this.contents.get(expression);
    if (kept !== undefined) return kept;
    if (this.infos.get(expression) === null) return null;
    const found = await this.ask(expression);
    if (await this.isSettled(expression, found)) {
      if (found === null) this.infos.set(expression, null);
      else this.contents.set(expression, found);
    }
    return found;
  }

  /** What is not there may come yet; but not into an object that is. */
  private async isSettled(expression: string, found: ObjectInfo | null): Promise<boolean> {
    if (!isFixed(expression)) return false;
    if (found !== null) return true;
    const root = expression.slice(0, 40);
    return root !== expression && (await this.find(root)) !== null;
  }

  private ask(expression: string): Promise<FoundObject | null> {
    return this.reader.ask<FoundObject | null>(`contents ${expression}\n`, (buffered) => {
      const header = line(buffered);
      if (header === null) return null;
      const info = parseHeader(header.value);
      if (info === null) return { value: null, consumed: header.consumed };
      const end = header.consumed + info.size;
      if (buffered.length < end + 1) return null;
      // A copy: the buffer goes on to serve later answers.
      const content = Buffer.from(buffered.subarray(header.consumed, end));
      return { value: { ...info, content }, consumed: end + 1 };
    });
  }

  async blob(expression: string): Promise<Buffer | null> {
    const found = await this.read(expression);
    return found?.type === 'blob' ? found.content : null;
  }

  async tree(expression: string): Promise<readonly TreeEntry[] | null> {
    const found = await this.read(`${expression}^{tree}`);
    return found?.type === 'tree' ? parseTree(found.content) : null;
  }

  /** The tree of a commit, or of itself. */
  async treeOf(oid: string): Promise<string> {
    return (await this.find(`${oid}^{tree}`))?.oid ?? oid;
  }

  async commit(oid: string): Promise<Commit | null> {
    const kept = this.parsed.get(oid);
    if (kept !== undefined) return kept;
    const found = await this.read(`${oid}^{commit}`);
    if (found?.type !== 'commit') return null;
    const commit = parseCommit(found.oid, found.content);
    if (isFixed(oid)) this.parsed.set(oid, commit);
    return commit;
  }

  writeBlob(content: Buffer): Promise<string> {
    return this.hash('blob', content);
  }

  writeCommit(commit: Omit<Commit, 'oid'>): Promise<string> {
    return this.hash('commit', Buffer.from(renderCommit(commit)));
  }

  async writeTree(entries: readonly TreeEntry[]): Promise<string> {
    const records = entries.map(({ mode, type, oid, name }) => `${mode} ${type} ${oid}\t${name}\0`);
    const text = `${records.join('')}\0`;
    const known = this.written.get(text);
    if (known !== undefined) return known;
    const oid = await this.trees.ask(text, line);
    this.written.set(text, oid);
    return oid;
  }

  /** The tree that `base` becomes with these files written; directories that run empty vanish. */
  async changeTree(base: string | null, writes: readonly FileWrite[]): Promise<string> {
    return this.buildTree(base, await Promise.all(writes.map((write) => this.place(write))));
  }

  async close(): Promise<void> {
    const all = [this.reader, this.blobs, this.commits, this.trees];
    await Promise.all(all.map((process) => process.close()));
  }

  private async place(write: FileWrite): Promise<PlacedFile> {
    if ('oid' in write) return write;
    const { path, mode } = write;
    const oid = await this.writeBlob(write.content);
    return mode === undefined ? { path, oid } : { path, oid, mode };
  }

  private async buildTree(base: string | null, files: readonly PlacedFile[]): Promise<string> {
    const entries = new Map<string, TreeEntry>();
    for (const entry of base === null ? [] : ((await this.tree(base)) ?? [])) {
      entries.set(entry.name, entry);
    }
    const below = new Map<string, PlacedFile[]>();
    for (const file of files) {
      const slash = file.path.indexOf('/');
      if (slash < 0) {
        placeEntry(entries, file);
        continue;
      }
      const directory = file.path.slice(0, slash);
      const inside = { ...file, path: file.path.slice(slash + 1) };
      below.set(directory, [...(below.get(directory) ?? []), inside]);
    }
    for (const [name, inside] of below) await this.placeDirectory(entries, name, inside);
    return this.writeTree([...entries.values()]);
  }

  private async placeDirectory(
    entries: Map<string, TreeEntry>,
    name: string,
    inside: readonly PlacedFile[],
  ): Promise<void> {
    const present = entries.get(name);
    const oid = await this.buildTree(present?.type === 'tree' ? present.oid : null, inside);
    if (oid === EMPTY_TREE) entries.delete(name);
    else entries.set(name, { mode: '040000', type: 'tree', oid, name });
  }

  private async hash(type: 'blob' | 'commit', content: Buffer): Promise<string> {
    const key = `${type} ${createHash('sha1').update(content).digest('hex')}`;
    const known = this.written.get(key);
    if (known !== undefined) return known;
    const oid = await this.write(type === 'blob' ? this.blobs : this.commits, content);
    this.written.set(key, oid);
    return oid;
  }

  private async write(process: BatchProcess, content: Buffer): Promise<string> {
    scratchFiles += 1;
    const file = join(this.scratch, `object-${String(scratchFiles)}`);
    await writeFile(file, content);
    try {
      return await process.ask(`${file}\n`, line);
    } finally {
      await rm(file, { force: true });
    }
  }
}

/** Whether it names the same object for ever, as no branch does. */
function isFixed(expression: string): boolean {
  return /^[0-9a-f]{40}(?![0-9a-f])/.test(expression);
}

function parseHeader(header: string): ObjectInfo | null {
  const match = HEADER.exec(header);
  if (match === null) return null;
  const [, oid = '', type = '', size = '0'] = match;
  return { oid, type, size: Number(size) };
}

function placeEntry(entries: Map<string, TreeEntry>, file: PlacedFile): void {
  const { path: name, oid } = file;
  if (oid === null) {
    entries.delete(name);
    return;
  }
  const mode = file.mode ?? entries.get(name)?.mode ?? '100644';
  entries.set(name, { mode, type: entryType(mode), oid, name });
}
