/** A line and its number in the user's file. */
export interface SourceLine {
  readonly text: string;
  readonly number: number;
}

/** What a template's translation looks at as one; whatever stands between is single lines. */
export type Block = FenceBlock | TableBlock | ListBlock | LineBlock;

/** With its bounds; one that is not closed goes on to the end. */
export interface FenceBlock {
  readonly kind: 'fence';
  readonly indent: string;
  readonly language: string;
  readonly lines: readonly SourceLine[];
}

/** A table whose lines begin with a pipe. */
export interface TableBlock {
  readonly kind: 'table';
  readonly head: readonly SourceLine[];
  readonly columns: readonly string[];
  readonly rows: readonly SourceLine[];
}

/** List items on adjoining lines, and the heading they stand under. */
export interface ListBlock {
  readonly kind: 'list';
  readonly heading: string;
  readonly items: readonly SourceLine[];
}

export interface LineBlock {
  readonly kind: 'line';
  readonly line: SourceLine;
}

const FENCE = /^(?<indent>[ \t>]*)(?<run>`{3,}|~{3,})(?<info>[^`]*)$/;
const ITEM = /^ *(?:[-*+]|\d{1,9}[.)]) /;
const HEADING = /^ {0,3}#{1,6} (.*)$/;

/** Reads a template's lines into blocks (https://github.github.com/gfm/#blocks-and-inlines). */
export function readBlocks(lines: readonly SourceLine[]): readonly Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let at = 0;
  while (at < lines.length) {
    const block = blockAt(lines, at, heading);
    if (block === null) break;
    if (block.kind === 'line') heading = HEADING.exec(block.line.text)?.[1]?.trim() ?? heading;
    blocks.push(block);
    at += sizeOf(block);
  }
  return blocks;
}

/** A table's cells with what is before its first and after its last pipe, so that joining gives the line back. */
export function splitCells(line: string): readonly string[] {
  const cells: string[] = [];
  let start = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') {
      at += 1;
    } else if (line[at] === '|') {
      cells.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return [...cells, line.slice(start)];
}

function blockAt(lines: readonly SourceLine[], at: number, heading: string): Block | null {
  const line = lines[at];
  if (line === undefined) return null;
  const fence = FENCE.exec(line.text)?.groups;
  if (fence !== undefined) return fenceAt(lines, at, fence);
  if (isRow(line) && isDelimiter(lines[at + 1])) return tableAt(lines, at);
  if (ITEM.test(line.text)) {
    return { kind: 'list', heading, items: takeWhile(lines, at, ({ text }) => ITEM.test(text)) };
  }
  return { kind: 'line', line };
}

function fenceAt(
  lines: readonly SourceLine[],
  at: number,
  { indent = '', run = '', info = '' }: Readonly<Record<string, string>>,
): FenceBlock {
  const inside = takeWhile(lines, at + 1, ({ text }) => !closes(text, run));
  const closing = lines.slice(at + 1 + inside.length, at + 2 + inside.length);
  const [language = ''] = info.trim().split(' ');
  return {
    kind: 'fence',
    indent,
    language: language.toLowerCase(),
    lines: [...lines.slice(at, at + 1), ...inside, ...closing],
  };
}

function closes(text: string, run: string): boolean {
  const bare = text.replace(/^[ \t>]+/, '').trimEnd();
  return bare.length >= run.length && bare === run.charAt(0).repeat(bare.length);
}

function tableAt(lines: readonly SourceLine[], at: number): TableBlock {
  const head = lines.slice(at, at + 2);
  const [, ...cells] = splitCells(head[0]?.text.trim() ?? '');
  return {
    kind: 'table',
    head,
    columns: cells.slice(0, -1).map((cell) => cell.trim()),
    rows: takeWhile(lines, at + 2, isRow),
  };
}

function isRow({ text }: SourceLine): boolean {
  const line = text.trim();
  return line.length > 1 && line.startsWith('|') && line.endsWith('|');
}

function isDelimiter(line: SourceLine | undefined): boolean {
  return line !== undefined && line.text.includes('-') && /^[\s:|-]+$/.test(line.text);
}

function takeWhile(
  lines: readonly SourceLine[],
  from: number,
  belongs: (line: SourceLine) => boolean,
): readonly SourceLine[] {
  const taken: SourceLine[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || !belongs(line)) break;
    taken.push(line);
  }
  return taken;
}

function sizeOf(block: Block): number {
  switch (block.kind) {
    case 'fence':
      return block.lines.length;
    case 'table':
      return block.head.length + block.rows.length;
    case 'list':
      return block.items.length;
    case 'line':
      return 1;
  }
}
