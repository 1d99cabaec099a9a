/** A fenced code block. */
export interface FencedBlock {
  /** The first word after the opening fence, in lower case; empty where there is none. */
  readonly language: string;
  /** Without the fences, and without the indent of the opening one. */
  readonly lines: readonly string[];
}

const OPENING = /^(?<indent>[ \t]*)(?<mark>`{3,}|~{3,})[ \t]*(?<info>.*)$/;

/** The fenced blocks in order, also those of list items; one that never ends goes on to the last line. */
export function findFences(lines: readonly string[]): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: Opening | null = null;
  let content: string[] = [];
  for (const line of lines) {
    if (open === null) {
      open = openingOf(line);
      content = [];
      if (open !== null) blocks.push({ language: open.language, lines: content });
    } else if (closes(line, open.mark)) {
      open = null;
    } else {
      content.push(withoutIndent(line, open.indent));
    }
  }
  return blocks;
}

interface Opening {
  readonly indent: number;
  readonly mark: string;
  readonly language: string;
}

function openingOf(line: string): Opening | null {
  const { indent = '', mark, info = '' } = OPENING.exec(line)?.groups ?? {};
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return null;
  const [language = ''] = info.split(/[\s{]/, 1);
  return { indent: indent.length, mark, language: language.toLowerCase() };
}

function closes(line: string, mark: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && text === mark.charAt(0).repeat(text.length);
}

function withoutIndent(line: string, indent: number): string {
  return line.slice(Math.min(indent, line.length - line.trimStart().length));
}
