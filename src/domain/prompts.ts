import GithubSlugger from 'github-slugger';

import { definedLabels, headingText, isPlainHeading } from './heading-text.ts';
import { type Heading, findHeadings } from './markdown-headings.ts';
import { type Problem, ProblemLog } from './problem.ts';
import type { PromptSection } from './spec-pack.ts';

/** `Prompt 3`, with or without a title after it; not `Prompt 3.1` and not `Prompt 3b`. */
const PROMPT = /^prompt\s+#?(\d{1,6})(?![\p{L}\p{N}_]|\.\d)/iu;

interface TitledHeading {
  readonly heading: Heading;
  readonly text: string;
  /** Counted over all headings of the file, as GitHub does. */
  readonly slug: string;
}

/** The implementation prompts of a file by number, and what is wrong with it. */
export interface Prompts {
  readonly prompts: ReadonlyMap<number, PromptSection>;
  readonly problems: readonly Problem[];
}

/**
 * The implementation prompts by number, each with all below its heading. Of two with one number the
 * first counts, unless the second stands inside the first: then it is a part of it.
 */
export function parsePrompts(markdown: string, file: string): Prompts {
  const lines = linesOf(markdown);
  const log = new ProblemLog(file, 'pack-prompts');
  const prompts = new Map<number, PromptSection>();
  const headings = titledHeadings(lines);
  const ends = sectionEnds(headings, lines.length);
  for (const [index, titled] of headings.entries()) {
    const number = Number(PROMPT.exec(titled.text)?.[1] ?? NaN);
    const { nested, line } = titled.heading;
    if (nested || Number.isNaN(number)) continue;
    const first = prompts.get(number);
    if (first === undefined) {
      prompts.set(number, sectionOf(number, titled, ends[index] ?? lines.length, lines));
    } else if (line > first.endLine) {
      const message = `Prompt ${number} is there twice, on lines ${first.startLine} and ${line}.`;
      log.add(line, message, 'Give one of the two another number.');
    }
  }
  return { prompts, problems: log.problems() };
}

/** The first line by number that begins as a prompt's heading does, heading or not, its marks apart. */
export function promptLikeLines(markdown: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [index, line] of linesOf(markdown).entries()) {
    const [, digits] = PROMPT.exec(line.replace(/^[\s#>*_+-]+/, '')) ?? [];
    if (digits !== undefined && !found.has(Number(digits))) found.set(Number(digits), index + 1);
  }
  return found;
}

function linesOf(markdown: string): readonly string[] {
  return markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

/** Headings with markup of a thousand modules; a file of more is no specification, and must not hold up every run. */
const MAX_PARSED_HEADINGS = 3000;

function titledHeadings(lines: readonly string[]): readonly TitledHeading[] {
  const slugger = new GithubSlugger();
  const labels = definedLabels(lines.join('\n'));
  let left = MAX_PARSED_HEADINGS;
  return findHeadings(lines).map((heading) => {
    const { source } = heading;
    if (!isPlainHeading(source)) left -= 1;
    const text = left < 0 ? source.trim() : headingText(source, labels);
    return { heading, text, slug: slugger.slug(text) };
  });
}

/** The last line of each heading's section: the one before the next heading of its rank or above. */
function sectionEnds(headings: readonly TitledHeading[], lastLine: number): readonly number[] {
  const ends = headings.map(() => lastLine);
  const open: { readonly index: number; readonly level: number }[] = [];
  for (const [index, { heading }] of headings.entries()) {
    const { level, line, nested } = heading;
    if (nested) continue;
    for (let top = open.at(-1); top !== undefined && top.level >= level; top = open.at(-1)) {
      ends[top.index] = line - 1;
      open.pop();
    }
    open.push({ index, level });
  }
  return ends;
}

/** Blank lines at its end are not part of a section, so that moving the next one changes nothing. */
function sectionOf(
  number: number,
  { heading, text, slug }: TitledHeading,
  end: number,
  lines: readonly string[],
): PromptSection {
  let endLine = end;
  while (endLine > heading.line && (lines[endLine - 1] ?? '').trim() === '') endLine -= 1;
  return {
    number,
    heading: text.replaceAll(/\s+/g, ' '),
    slug,
    startLine: heading.line,
    endLine,
    text: lines.slice(heading.line - 1, endLine).join('\n'),
  };
}
