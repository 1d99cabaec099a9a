import type { Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** HTML of what our documents use of GitHub's Markdown. The text is our own demo's: its HTML is taken as it is. */
export function renderMarkdown(text: string): string {
  return htmlOf(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function htmlOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return linkNumbers(escapeHtml(node.value));
    case 'html':
      return node.value;
    case 'inlineCode':
      return `<code>${escapeHtml(node.value)}</code>`;
    case 'code':
      return node.lang === 'mermaid'
        ? `<pre class="mermaid">${escapeHtml(node.value)}</pre>`
        : `<pre><code>${escapeHtml(node.value)}</code></pre>`;
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>';
    case 'link':
      return `<a href="${escapeHtml(node.url)}">${childrenOf(node)}</a>`;
    case 'list':
      return element(node.ordered === true ? 'ol' : 'ul', node);
    case 'heading':
      return element(`h${node.depth}`, node);
    case 'table':
      return tableOf(node);
    default:
      return elementOf(node);
  }
}

const ELEMENTS: Partial<Record<Nodes['type'], string>> = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  delete: 'del',
  blockquote: 'blockquote',
  listItem: 'li',
  tableRow: 'tr',
  tableCell: 'td',
};

function elementOf(node: Nodes): string {
  if (node.type === 'root') return childrenOf(node);
  const name = ELEMENTS[node.type];
  if (name === undefined)
    throw new Error(`No picture shows Markdown of the kind ${node.type} yet.`);
  return element(name, node);
}

function element(name: string, node: Nodes): string {
  return `<${name}>${childrenOf(node)}</${name}>`;
}

function childrenOf(node: Nodes): string {
  return 'children' in node ? node.children.map(htmlOf).join('') : '';
}

function tableOf({ children: [head, ...rows] }: Table): string {
  const titles = head?.children.map((cell) => element('th', cell)).join('') ?? '';
  return `<table><thead><tr>${titles}</tr></thead><tbody>${rows.map(htmlOf).join('')}</tbody></table>`;
}

/** As GitHub links `#12`. */
function linkNumbers(text: string): string {
  return text.replaceAll(/(?<![\w&])#\d+\b/gu, '<a href="#">$&</a>');
}
