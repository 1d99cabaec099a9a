import fc from 'fast-check';
import { anyText } from '../../support/any-text.ts';

/** A piece of a line of Markdown as GitHub would read it; `markup` is whatever escaping let through. */
export interface InlineNode {
  readonly kind: 'text' | 'code' | 'markup';
  readonly text: string;
}

const TOKEN =
  /\\(?<escaped>[!-/:-@[-`{-~])|(?<ticks>`+)|<code>(?<html>.*?)<\/code>|(?<markup>[*[\]<>~|$]|(?<![a-z0-9])_|_(?![a-z0-9])|&#?[a-z0-9]+;)|(?<plain>[^])/giu;

/** Reads one line's escapes, code spans and markup (https://github.github.com/gfm/#inlines). */
export function parseInline(line: string): readonly InlineNode[] {
  const nodes: InlineNode[] = [];
  let at = 0;
  while (at < line.length) {
    const token = new RegExp(TOKEN.source, 'yiu');
    token.lastIndex = at;
    const groups = token.exec(line)?.groups ?? {};
    at = token.lastIndex;
    const ticks = groups['ticks'];
    if (ticks !== undefined) {
      const close = closingRun(line, at, ticks.length);
      if (close === null) {
        nodes.push({ kind: 'text', text: ticks });
      } else {
        nodes.push({ kind: 'code', text: line.slice(at, close) });
        at = close + ticks.length;
      }
    } else if (groups['html'] !== undefined) {
      const inner = parseInline(groups['html']);
      nodes.push(
        ...inner.map((node) => (node.kind === 'text' ? { ...node, kind: 'code' as const } : node)),
      );
    } else if (groups['markup'] !== undefined) {
      nodes.push({ kind: 'markup', text: groups['markup'] });
    } else {
      nodes.push({ kind: 'text', text: groups['escaped'] ?? groups['plain'] ?? '' });
    }
  }
  return nodes;
}

/** What a reader sees of one kind of node, in one string; nodes of another kind stand as a gap. */
export function visible(
  nodes: readonly InlineNode[],
  kinds: readonly InlineNode['kind'][],
): string {
  return nodes.map(({ kind, text }) => (kinds.includes(kind) ? text : '\u0000')).join('');
}

/** A table row's number of cells (https://github.github.com/gfm/#tables-extension-). */
export function cellsOf(row: string): number {
  return row.replace(/\\[!-/:-@[-`{-~]/g, '').split('|').length - 2;
}

/** A fenced block's lines from the opening one; how many lines it takes to its end. */
export function fencedLines(lines: readonly string[]): number {
  const bounds = /^`{3,}/.exec(lines[0] ?? '')?.[0] ?? '';
  const close = lines.findIndex(
    (line, index) =>
      index > 0 && new RegExp(`^ {0,3}\`{${String(bounds.length)},}\\s*$`).test(line),
  );
  return close + 1;
}

/** What GitHub acts upon in text: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls */
export const LIVE_REFERENCES: readonly RegExp[] = [
  /@[a-z0-9]/i,
  /#\d/,
  /\bGH-\d/i,
  /(?:https?|ftp):\/\//i,
  /www\./i,
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w-]+\/[\w.-]+)?#\d/i,
];

const PIECES = [
  '`',
  '``',
  '```',
  '```\n',
  '~~~',
  '|',
  '\\',
  '\\|',
  '\\`',
  '@everyone',
  '@',
  'a@b.co',
  '#1',
  'fixes #1',
  'Closes: acme/x#12',
  'resolved GH-7',
  'GH\\-7',
  'https://github.com/o/r/issues/1',
  'https\\://x.y',
  'www.x.y',
  '<!--',
  '-->',
  '<b>',
  '</details>',
  '&#64;octocat',
  '&lt;',
  '[x](//y)',
  '![i](z)',
  '[a]: /u',
  '\u202E',
  '\u200B',
  '\u200D',
  '\u2028',
  '\u0000',
  '\uD800',
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  'a_b',
  '_x_',
  '*y*',
  '~~z~~',
  '$1$',
  '😀',
  '❤️',
  '# h',
  '- i',
  '1. j',
  '---',
  '=',
  'word',
];

/** Text made to break out of wherever it is put. */
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), anyText({ maxLength: 8 })), {
    maxLength: 24,
  })
  .map((parts) => parts.join(''));

function closingRun(line: string, from: number, length: number): number | null {
  for (const match of line.slice(from).matchAll(/`+/g)) {
    if (match[0].length === length) return from + match.index;
  }
  return null;
}
