import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { BatchProcess, line } from './git-process.ts';
import { parseCommit, parseTree, renderCommit } from './objects.ts';
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

const HEADER = /^([0-9a-f]{40}) (\w+) (\d+)$/;

let scratchFiles = 0;

/** Reads and writes objects through git processes that stay, so that none of it costs a spawn. */
export class ObjectDatabase {
  private readonly scratch: string;
  private readonly reader: BatchProcess;
  private readonly blobs: BatchProcess;
  private readonly commits: BatchProcess;
  private readonly trees: BatchProcess;

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
    const answer = await this.reader.ask(`info ${expression}\n`, line);
    return parseHeader(answer);
  }

  async read(expression: string): Promise<FoundObject | null> {
    if (/[\n\0]/.test(expression)) return null;
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

  async commit(oid: string): Promise<Commit | null> {
    const found = await this.read(`${oid}^{commit}`);
    return found?.type === 'commit' ? parseCommit(found.oid, found.content) : null;
  }

  writeBlob(content: Buffer): Promise<string> {
    return this.hash(this.blobs, content);
  }

  writeCommit(commit: Omit<Commit, 'oid'>): Promise<string> {
    return this.hash(this.commits, Buffer.from(renderCommit(commit)));
  }

  writeTree(entries: readonly TreeEntry[]): Promise<string> {
    const records = entries.map(({ mode, type, oid, name }) => `${mode} ${type} ${oid}\t${name}\0`);
    return this.trees.ask(`${records.join('')}\0`, line);
  }

  /** The tree that `base` becomes with these files written; directories that run empty vanish. */
  async changeTree(base: string | null, writes: readonly FileWrite[]): Promise<string> {
    const entries = new Map<string, TreeEntry>();
    for (const entry of base === null ? [] : ((await this.tree(base)) ?? [])) {
      entries.set(entry.name, entry);
    }
    const below = new Map<string, FileWrite[]>();
    for (const write of writes) {
      const slash = write.path.indexOf('/');
      if (slash < 0) await this.placeFile(entries, write);
      else
        below.set(write.path.slice(0, slash), [
          ...(below.get(write.path.slice(0, slash)) ?? []),
          write,
        ]);
    }
    for (const [name, nested] of below) await this.placeDirectory(entries, name, nested);
    return this.writeTree([...entries.values()]);
  }

  async close(): Promise<void> {
    const all = [this.reader, this.blobs, this.commits, this.trees];
    await Promise.all(all.map((process) => process.close()));
  }

  private async placeFile(entries: Map<string, TreeEntry>, write: FileWrite): Promise<void> {
    if ('oid' in write && write.oid === null) {
      entries.delete(write.path);
      return;
    }
    const oid = 'oid' in write ? write.oid : await this.writeBlob(write.content);
    const mode = write.mode ?? entries.get(write.path)?.mode ?? '100644';
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    entries.set(write.path, { mode, type, oid, name: write.path });
  }

  private async placeDirectory(
    entries: Map<string, TreeEntry>,
    name: string,
    nested: readonly FileWrite[],
  ): Promise<void> {
    const present = entries.get(name);
    const inside = nested.map((write) => ({ ...write, path: write.path.slice(name.length + 1) }));
    const oid = await this.changeTree(present?.type === 'tree' ? present.oid : null, inside);
    if (((await this.tree(oid)) ?? []).length === 0) entries.delete(name);
    else entries.set(name, { mode: '040000', type: 'tree', oid, name });
  }

  private async hash(process: BatchProcess, content: Buffer): Promise<string> {
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

function parseHeader(header: string): ObjectInfo | null {
  const match = HEADER.exec(header);
  if (match === null) return null;
  const [, oid = '', type = '', size = '0'] = match;
  return { oid, type, size: Number(size) };
}
