import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** What a reader, or a program, takes from a document: its tables, links, headings, lists and code. */
export interface ReadDocument {
  readonly tables: readonly (readonly (readonly string[])[])[];
  readonly links: readonly { readonly url: string; readonly text: string }[];
  readonly headings: readonly string[];
  readonly items: readonly string[];
  readonly code: readonly string[];
}

/** Reads a document as GitHub would (https://github.github.com/gfm/). */
export function readGfm(markdown: string): ReadDocument {
  const root = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return {
    tables: all(root, 'table').map((table) =>
      table.children.map((row) => row.children.map((cell) => textOf(cell))),
    ),
    links: all(root, 'link').map((link) => ({ url: link.url, text: textOf(link) })),
    headings: all(root, 'heading').map((heading) => textOf(heading)),
    items: all(root, 'listItem').map((item) => `${String(item.checked)} ${textOf(item)}`),
    code: all(root, 'code').map((code) => `${code.lang ?? ''} ${code.value}`),
  };
}

function all<Type extends Nodes['type']>(
  root: Root,
  type: Type,
): readonly Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = [];
  const isOfType = (node: Nodes): node is Extract<Nodes, { type: Type }> => node.type === type;
  const visit = (node: Nodes): void => {
    if (isOfType(node)) found.push(node);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return found;
}

function textOf(node: Nodes): string {
  if ('children' in node) return node.children.map((child: Nodes) => textOf(child)).join('');
  return 'value' in node ? node.value : '';
}
