import { findHeadings, type Heading } from './markdown-headings.ts';

/** A heading with all below it, up to the next of its rank or above. */
export interface MarkdownSection {
  /** Without inline markup, in one line. */
  readonly title: string;
  readonly level: number;
  /** The heading's, 1-based. */
  readonly line: number;
  /** Without the heading, trimmed; its subsections included. */
  readonly text: string;
}

/** Nobody's title is longer. */
const MAX_TITLE_LENGTH = 500;

const ATX = /^\s*#{1,6}(?:\s|$)/;

/** A document's lines, whatever ends them. */
export function markdownLines(markdown: string): readonly string[] {
  return markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

/** The sections of a document in order; headings in code, quotations and lists open none. */
export function findSections(lines: readonly string[]): readonly MarkdownSection[] {
  const headings = findHeadings(lines).filter(({ nested }) => !nested);
  const ends = sectionEnds(headings, lines.length);
  return headings.map((heading, index) => ({
    title: titleOf(heading.source),
    level: heading.level,
    line: heading.line,
    text: lines.slice(lastLine(heading, lines), ends[index]).join('\n').trim(),
  }));
}

/** A title's words: it is only compared, so that marks of emphasis and code are taken off without a parser. */
function titleOf(source: string): string {
  const marks = source
    .slice(0, MAX_TITLE_LENGTH)
    .replaceAll(/[*`~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '');
  return marks
    .replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The last line of each heading's section. */
function sectionEnds(headings: readonly Heading[], last: number): readonly number[] {
  const ends = headings.map(() => last);
  const open: { readonly index: number; readonly level: number }[] = [];
  for (const [index, { level, line }] of headings.entries()) {
    for (let top = open.at(-1); top !== undefined && top.level >= level; top = open.at(-1)) {
      ends[top.index] = line - 1;
      open.pop();
    }
    open.push({ index, level });
  }
  return ends;
}

/** A Setext heading has an underline below its lines. */
function lastLine({ line, source }: Heading, lines: readonly string[]): number {
  return ATX.test(lines[line - 1] ?? '') ? line : line + source.split('\n').length;
}
