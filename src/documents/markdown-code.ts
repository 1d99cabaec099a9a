/** Where GitHub runs what a block holds, its content is no mere code. */
const RUN_BY_GITHUB = /^(?:mermaid|geojson|topojson|stl|math)\b/i;

const OPENING = /^(?<run>`{3,}|~{3,})(?<info>[^`]*)$/;

/** A line that may open or close a fence somewhere inside a list or a quote. */
const LIKE_A_FENCE = /^[\s>*+\-\d.)]*(?:`{3}|~{3})/;

const BLANK = /^[ \t]*$/;

interface Fence {
  readonly run: string;
  readonly isCode: boolean;
}

/**
 * Somebody else's Markdown with everything changed but its code, where GitHub makes neither a
 * mention nor a link. What GitHub might read otherwise counts as text: a span that crosses lines or
 * cells, a fence that is not at the line's very start (https://github.github.com/gfm/#fenced-code-blocks).
 */
export function changeOutsideCode(text: string, change: (text: string) => string): string {
  // A block of formulas may hold blank lines, and half a pair of backticks.
  if (text.includes('$$')) return change(text);
  const lines = text.split('\n');
  const done: string[] = [];
  let paragraph: string[] = [];
  let fence: Fence | null = null;
  const endParagraph = (): void => {
    if (paragraph.length > 0) done.push(changeParagraph(paragraph.join('\n'), change));
    paragraph = [];
  };
  for (const [index, line] of lines.entries()) {
    const opening: Fence | null = fence === null ? openingOf(line) : null;
    if (opening === null && isDoubtful(line, fence)) {
      endParagraph();
      return [...done, change(lines.slice(index).join('\n'))].join('\n');
    }
    if (fence === null && opening === null && !BLANK.test(line)) {
      paragraph.push(line);
      continue;
    }
    endParagraph();
    done.push(fence !== null && isCode(line, fence) ? line : change(line));
    fence = opening ?? (fence !== null && isClosing(line, fence) ? null : fence);
  }
  endParagraph();
  return done.join('\n');
}

function openingOf(line: string): Fence | null {
  const { run, info = '' } = OPENING.exec(line)?.groups ?? {};
  return run === undefined ? null : { run, isCode: !RUN_BY_GITHUB.test(info.trim()) };
}

/** A comment stays broken up in code as well: one with a line to itself could be taken for a marker of ours. */
function isCode(line: string, fence: Fence): boolean {
  return fence.isCode && !line.startsWith('<!--');
}

function isClosing(line: string, { run }: Fence): boolean {
  return line.startsWith(run) && /^(?:`+|~+)[ \t]*$/.test(line);
}

function isDoubtful(line: string, fence: Fence | null): boolean {
  if (fence === null) return LIKE_A_FENCE.test(line);
  return line.trimStart().startsWith(fence.run) && !isClosing(line, fence);
}

/** A paragraph's spans are sure only where each begins and ends on one line, and no backtick is left over. */
function changeParagraph(text: string, change: (text: string) => string): string {
  const lines = text.split('\n').map((line) => changeLine(line, change));
  return lines.includes(null) ? change(text) : lines.join('\n');
}

function changeLine(line: string, change: (text: string) => string): string | null {
  if (line.includes('\\`')) return null;
  const runs = [...line.matchAll(/`+/g)];
  const parts: string[] = [];
  let end = 0;
  for (let open = runs.shift(); open !== undefined; open = runs.shift()) {
    const [{ length }] = open;
    const close = runs.findIndex(([run]) => run.length === length);
    const last = runs[close];
    if (last === undefined) return null;
    const text = line.slice(end, open.index);
    end = last.index + length;
    const span = line.slice(open.index, end);
    // A table's cells end at a pipe, also within a span; a formula takes in the backticks after its dollar.
    if (text.includes('$') || span.includes('|')) return null;
    parts.push(change(text), span);
    runs.splice(0, close + 1);
  }
  const rest = line.slice(end);
  return rest.includes('$') ? null : [...parts, change(rest)].join('');
}
