import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { toString } from 'mdast-util-to-string';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { MAX_HEADING_LENGTH } from './markdown-headings.ts';

/** Nothing but words, code spans and underscores within words, as nearly all headings are. */
const PLAIN = /^(?:[^\\`<![\]&*_~]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])|`[^`]+`)*$/u;

const DEFINITION = /^ {0,3}\[([^[\]\\]{1,200})\]:/gm;

/**
 * A heading's text as GitHub makes its anchor from: without inline markup, images and HTML tags, and
 * with code, link texts, entities and line ends in place. Emoji codes stay: `:rocket: Go` is at `#rocket-go`.
 * `[text][label]` is a link only where the file defines the label.
 */
export function headingText(source: string, labels: ReadonlySet<string> = new Set()): string {
  const heading = source.slice(0, MAX_HEADING_LENGTH);
  if (isPlainHeading(heading))
    return heading.replaceAll(/`([^`]+)`/g, (_, code: string) => trimCode(code)).trim();
  const lower = heading.toLowerCase();
  const used = [...labels].filter((label) => lower.includes(`[${label}]`));
  const definitions = used.map((label) => `[${label}]: x`);
  // Closed, so that hash signs at the heading's end are part of it.
  const line = `# ${heading.replaceAll(/\s/g, ' ')} #`;
  const document = fromMarkdown([line, ...definitions].join('\n'), {
    extensions: [gfmStrikethrough()],
    mdastExtensions: [gfmStrikethroughFromMarkdown()],
  });
  const [first] = document.children;
  return toString(first, { includeImageAlt: false, includeHtml: false }).trim();
}

/** Whether a heading's text is told without a parser, which takes a thousand times as long. */
export function isPlainHeading(heading: string): boolean {
  return PLAIN.test(heading.slice(0, MAX_HEADING_LENGTH));
}

/** One space goes from both ends, so that code may begin with a backtick. */
function trimCode(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
    ? code.slice(1, -1)
    : code;
}

/** The labels that a Markdown file defines links for, in lower case. */
export function definedLabels(markdown: string): ReadonlySet<string> {
  return new Set([...markdown.matchAll(DEFINITION)].map(([, label = '']) => label.toLowerCase()));
}
