import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Every node of a text as GitHub's dialect has it, parents before their children. */
export function nodesOf(markdown: string): readonly Nodes[] {
  const root = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return [...walk(root)];
}

/** All text that GitHub searches for mentions, references and links: what is no code. */
export function liveText(markdown: string): string {
  return nodesOf(markdown)
    .map((node) => (node.type === 'text' || node.type === 'html' ? node.value : '\u0000'))
    .join('');
}

function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if (!('children' in node)) return;
  for (const child of node.children) yield* walk(child);
}
