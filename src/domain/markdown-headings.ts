import { type HtmlEnd, htmlBlockEnd } from './markdown-html.ts';

/** Longer headings are cut: no link is made of that much, and it bounds what reading one takes. */
export const MAX_HEADING_LENGTH = 500;

/** A heading as it stands in a Markdown file. */
export interface Heading {
  readonly level: number;
  /** As written, with its inline markup. */
  readonly source: string;
  /** 1-based; the first of a Setext heading's lines. */
  readonly line: number;
  /** Inside a list item or a quotation: it has an anchor but opens no section. */
  readonly nested: boolean;
}

const ATX = /^(#{1,6})(?:[ \t]+(.*))?$/;
const SETEXT = /^(?:=+|-+)[ \t]*$/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;
const BULLET = /^(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/;
const THEMATIC_BREAK = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
/** The second row of a GFM table; a row of dashes without a pipe is left to Setext. */
const DELIMITER_ROW = /^(?=.*\|)\|?(?:[ \t]*:?-+:?[ \t]*\|)*(?:[ \t]*:?-+:?[ \t]*)?$/;
const LINK_DEFINITION = /^\[[^\]]+\]:/;
const BLANK = /^[ \t]*$/;

/** Deeper quotations and lists are read as plain text: each level costs a pass over its lines. */
const MAX_NESTING = 20;

/** The headings of a document in order, ATX and Setext, none in code, comments or raw HTML (CommonMark, chapters 4 and 5). */
export function findHeadings(lines: readonly string[]): readonly Heading[] {
  const headings: Heading[] = [];
  const scanner = new BlockScanner(headings, 0);
  for (let index = frontMatterLength(lines); index < lines.length; index += 1) {
    scanner.read(withoutTabs(lines[index] ?? ''), index + 1);
  }
  return headings;
}

type Block =
  | { readonly kind: 'none' }
  | { readonly kind: 'paragraph'; readonly line: number; readonly text: string[] }
  /** Rows up to the next block; a line of dashes below is no Setext underline. */
  | { readonly kind: 'table' }
  | { readonly kind: 'fence'; readonly mark: string }
  | { readonly kind: 'html'; readonly end: HtmlEnd }
  /** A list item, or a quotation where the indent is null. */
  | { readonly kind: 'container'; readonly indent: number | null; readonly inside: BlockScanner };

const NONE: Block = { kind: 'none' };

/** Reads the lines of a document, or of one container in it, whose prefixes are cut off. */
class BlockScanner {
  readonly #headings: Heading[];
  readonly #depth: number;
  #block: Block = NONE;
  #isEmpty = true;

  constructor(headings: Heading[], depth: number) {
    this.#headings = headings;
    this.#depth = depth;
  }

  read(line: string, number: number): void {
    if (this.#goesOn(line, number)) return;
    const text = line.trimStart();
    if (text !== '') this.#isEmpty = false;
    if (text === '') this.#block = NONE;
    else if (line.length - text.length >= 4) this.#readIndented(text);
    else if (!this.#opensRaw(text) && !this.#isHeading(text, number)) {
      this.#readText(text, line.length - text.length, number);
    }
  }

  /** True where the line belongs to the block that is open. */
  #goesOn(line: string, number: number): boolean {
    const block = this.#block;
    switch (block.kind) {
      case 'fence':
        if (closesFence(line, block.mark)) this.#block = NONE;
        return true;
      case 'html':
        if (block.end.test(line)) this.#block = NONE;
        return true;
      case 'container':
        return this.#goesInside(line, number, block);
      default:
        return false;
    }
  }

  #goesInside(line: string, number: number, { indent, inside }: Container): boolean {
    const content = indent === null ? quoted(line) : itemContent(line, indent);
    const endsEmptyItem = indent !== null && content === '' && inside.#isEmpty;
    if (content !== null && !endsEmptyItem) {
      inside.read(content, number);
      return true;
    }
    if (inside.#endsInParagraph() && !startsBlock(line.trimStart())) return true;
    this.#block = NONE;
    return false;
  }

  #endsInParagraph(): boolean {
    const block = this.#block;
    return block.kind === 'container'
      ? block.inside.#endsInParagraph()
      : block.kind === 'paragraph';
  }

  #readIndented(text: string): void {
    if (this.#block.kind === 'paragraph') this.#block.text.push(text.trimEnd());
  }

  #opensRaw(text: string): boolean {
    const mark = fenceMark(text);
    if (mark !== null) {
      this.#block = { kind: 'fence', mark };
      return true;
    }
    const end = htmlBlockEnd(text, this.#block.kind === 'paragraph');
    if (end === null) return false;
    this.#block = end.test(text) ? NONE : { kind: 'html', end };
    return true;
  }

  #isHeading(text: string, number: number): boolean {
    const atx = ATX.exec(text);
    if (atx !== null) {
      const [, marks = '', source = ''] = atx;
      this.#addHeading(marks.length, withoutClosing(source), number);
      return true;
    }
    if (this.#block.kind !== 'paragraph' || !SETEXT.test(text)) return false;
    const { line, text: above } = this.#block;
    this.#addHeading(text.startsWith('=') ? 1 : 2, above.join('\n'), line);
    return true;
  }

  #addHeading(level: number, source: string, line: number): void {
    this.#headings.push({ level, source, line, nested: this.#depth > 0 });
    this.#block = NONE;
  }

  #readText(text: string, indent: number, number: number): void {
    if (THEMATIC_BREAK.test(text.trimEnd())) {
      this.#block = NONE;
      return;
    }
    const container = this.#depth < MAX_NESTING ? this.#openContainer(text, indent) : null;
    if (container !== null) {
      this.#block = container.block;
      container.block.inside.read(container.content, number);
    } else if (this.#block.kind === 'paragraph') this.#continueParagraph(this.#block, text);
    else if (this.#block.kind !== 'table' && !LINK_DEFINITION.test(text)) {
      this.#block = { kind: 'paragraph', line: number, text: [text.trimEnd()] };
    }
  }

  #continueParagraph(paragraph: Extract<Block, { kind: 'paragraph' }>, text: string): void {
    const isTable = DELIMITER_ROW.test(text) && paragraph.text.at(-1)?.includes('|') === true;
    if (isTable) this.#block = { kind: 'table' };
    else paragraph.text.push(text.trimEnd());
  }

  #openContainer(
    text: string,
    indent: number,
  ): { readonly block: Container; readonly content: string } | null {
    const inside = new BlockScanner(this.#headings, this.#depth + 1);
    const quote = quoted(text);
    if (quote !== null)
      return { block: { kind: 'container', indent: null, inside }, content: quote };
    const bullet = BULLET.exec(text)?.[0];
    if (bullet === undefined) return null;
    const after = text.slice(bullet.length);
    if (this.#block.kind === 'paragraph' && !interruptsParagraph(bullet, after)) return null;
    const spaces = after.length - after.trimStart().length;
    const gap = spaces >= 1 && spaces <= 4 ? spaces : 1;
    const block = { kind: 'container', indent: indent + bullet.length + gap, inside } as const;
    return { block, content: after.slice(gap) };
  }
}

type Container = Extract<Block, { kind: 'container' }>;

/** GitHub shows YAML between two `---` lines at the very start as a table. */
function frontMatterLength(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  return lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---') + 1;
}

function withoutTabs(line: string): string {
  const [margin = ''] = /^[ \t]*/.exec(line) ?? [];
  if (!margin.includes('\t')) return line;
  let width = 0;
  for (const char of margin) width = char === '\t' ? width + 4 - (width % 4) : width + 1;
  return ' '.repeat(width) + line.slice(margin.length);
}

function fenceMark(text: string): string | null {
  const [, mark, info = ''] = FENCE.exec(text) ?? [];
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return null;
  return mark;
}

function closesFence(line: string, mark: string): boolean {
  const text = line.trim();
  if (line.length - line.trimStart().length >= 4 || text.length < mark.length) return false;
  return text === mark.charAt(0).repeat(text.length);
}

/** What follows a quotation's mark; null for a line without one. */
function quoted(line: string): string | null {
  return /^ {0,3}>/.test(line) ? withoutTabs(line.replace(/^ {0,3}> ?/, '')) : null;
}

/** The part of a line that belongs to a list item of that indent; null where it ends the item. */
function itemContent(line: string, indent: number): string | null {
  if (BLANK.test(line)) return '';
  return line.length - line.trimStart().length >= indent ? line.slice(indent) : null;
}

function startsBlock(text: string): boolean {
  return (
    text === '' ||
    ATX.test(text) ||
    fenceMark(text) !== null ||
    THEMATIC_BREAK.test(text.trimEnd()) ||
    text.startsWith('>') ||
    BULLET.test(text) ||
    htmlBlockEnd(text, true) !== null
  );
}

function interruptsParagraph(bullet: string, after: string): boolean {
  return !BLANK.test(after) && (bullet.length === 1 || bullet === '1.' || bullet === '1)');
}

/** Without the number signs that may close an ATX heading. */
function withoutClosing(source: string): string {
  const text = source.trim().slice(0, MAX_HEADING_LENGTH);
  return /^#+$/.test(text) ? '' : text.replace(/[ \t]+#+$/, '').trimEnd();
}
