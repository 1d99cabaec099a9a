import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const HOME = path.resolve(import.meta.dirname, '../..');

/** A fenced block of a page of the documentation. */
export interface CodeBlock {
  /** From the repository's root. */
  readonly page: string;
  readonly line: number;
  /** Null where the fence names none. */
  readonly language: string | null;
  readonly text: string;
}

/** Every page that people read, from the repository's root. */
export async function documentedPages(): Promise<readonly string[]> {
  const below = async (folder: string): Promise<readonly string[]> =>
    (await readdir(path.join(HOME, folder))).map((name) => `${folder}/${name}`);
  const readmes = [...(await below('examples')), ...(await below('benchmarks')), 'simulator']
    .map((folder) => `${folder}/README.md`)
    .filter((file) => existsSync(path.join(HOME, file)));
  const docs = (await below('docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs, ...readmes];
}

export async function codeBlocks(): Promise<readonly CodeBlock[]> {
  const pages = await documentedPages();
  const found = await Promise.all(
    pages.map(async (page) => codeBlocksOf(page, await readFile(path.join(HOME, page), 'utf8'))),
  );
  return found.flat();
}

export function codeBlocksOf(page: string, text: string): readonly CodeBlock[] {
  return nodesOf(text).flatMap((node) => {
    if (node.type !== 'code') return [];
    const line = node.position?.start.line ?? 0;
    return [{ page, line, language: node.lang ?? null, text: `${node.value}\n` }];
  });
}

/** Every node of a page, parents first. */
export function nodesOf(text: string): readonly Nodes[] {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const flat = (node: Nodes): readonly Nodes[] => [
    node,
    ...('children' in node ? node.children.flatMap(flat) : []),
  ];
  return flat(tree);
}
