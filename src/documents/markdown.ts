import { changeOutsideCode } from './markdown-code.ts';

const ZERO_WIDTH_SPACE = '\u200B';

/** Longer than any reason worth reading in one line; keeps every line of a document cuttable. */
const INLINE_LIMIT = 2_000;

/** Longer runs of backticks are broken up, so that a fence is never longer than this and one. */
const LONGEST_RUN = 16;

/** Emoji sequences are kept; every other control, format and default-ignorable character shows. */
const HIDDEN =
  /(?<emoji>(?<=\p{Extended_Pictographic})\uFE0F|(?<=[\p{Extended_Pictographic}\uFE0F])\u200D(?=\p{Extended_Pictographic}))|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What GitHub turns into a mention, a reference or a link, also behind a backslash, which it drops. */
const REFERENCE = /@(?=\S)|#(?=\d)|G(?=H\\?-)|:(?=\\?\/)|www(?=\\?\.)/gi;

/** What opens an HTML tag or comment, an entity, or a link's destination or definition. */
const MARKUP = /<(?=[a-z/!?])|&(?=[#a-z])|\](?=[([:])/gi;

const CODE_OR_URL = /`(?<code>[^`]+)`|(?:https?|ftp):\/\/[^\s`<>]*[^\s`<>.,;:!?)\]'"]/gi;

const PUNCTUATION = /[\\`*[\]<>|~$]|(?<![a-z0-9])_|_(?![a-z0-9])|&(?=[#a-z])/gi;

/** Text with `[U+202E]` and the like in place of every character that would not show. */
export function reveal(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN, (character: string, emoji: string | undefined) =>
      emoji !== undefined || character === '\n' || character === '\t'
        ? character
        : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}

/**
 * Somebody else's Markdown with its formatting kept and its reach taken: no mention, reference,
 * closing keyword, link, HTML or hidden character survives. Only zero-width spaces are put in, since a
 * backslash does not keep GitHub from mentioning (https://github.com/github/markup/issues/1168), and none
 * where it is sure to be code, which is there to be copied.
 * The references GitHub knows: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function neutralise(text: string): string {
  return changeOutsideCode(reveal(text), (outside) => breakUp(breakUp(outside, REFERENCE), MARKUP));
}

/** One line of plain text, safe in a paragraph, a list item or a heading; its `code` and its URLs become code spans. */
export function escapeInline(text: string): string {
  return escapeLine(text).replace(/^(?:[-+=#]|\d+(?=[.)]))/, escapeLineStart);
}

/** As `escapeInline` for a table's cell, where nothing opens a block; a dash where it is empty. */
export function escapeCell(text: string): string {
  return escapeLine(text) || '—';
}

/** A title or an annotation: plain text in one line, which GitHub searches for references all the same. */
export function plainLine(text: string, limit = INLINE_LIMIT): string {
  return shorten(breakUp(reveal(text).replace(/\s+/g, ' ').trim(), REFERENCE), limit);
}

/** An inline code span; as an HTML element where the text has a pipe, which would end a table cell. */
export function codeSpan(text: string): string {
  const line = shorten(reveal(text).replace(/\s+/g, ' '), INLINE_LIMIT);
  if (line.trim() === '') return '';
  if (line.includes('|')) return `<code>${escapeText(line)}</code>`;
  const bounds = '`'.repeat(longestRun(line) + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${bounds}${padding}${line}${padding}${bounds}`;
}

/** A code block that no line of the text can end. */
export function fence(text: string, language = ''): string {
  const runs = new RegExp('`{' + String(LONGEST_RUN) + '}(?=`)', 'g');
  const body = breakUp(reveal(text).trimEnd(), runs);
  const bounds = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${bounds}${language}\n${body}\n${bounds}`;
}

/** Somebody else's Markdown as a block quote. */
export function quote(text: string): string {
  return neutralise(text.trim())
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** A folded section: the summary is text, and HTML to GitHub; the body is Markdown. */
export function details(summary: string, body: string): string {
  return `<details>\n<summary>${escapeHtml(plainLine(summary))}</summary>\n\n${body}\n\n</details>`;
}

/** A table of cells that are escaped already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => ':---')), ...rows.map(line)].join('\n');
}

export function bulletList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function escapeLine(text: string): string {
  const line = shorten(reveal(text).replace(/\s+/g, ' ').trim(), INLINE_LIMIT);
  const parts: string[] = [];
  let end = 0;
  for (const match of line.matchAll(CODE_OR_URL)) {
    parts.push(escapeText(line.slice(end, match.index)));
    parts.push(codeSpan(match.groups?.['code'] ?? match[0]));
    end = match.index + match[0].length;
  }
  parts.push(escapeText(line.slice(end)));
  return parts.join('');
}

function escapeText(text: string): string {
  return breakUp(text, REFERENCE).replace(PUNCTUATION, '\\$&');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeLineStart(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`;
}

function breakUp(text: string, at: RegExp): string {
  return text.replace(at, `$&${ZERO_WIDTH_SPACE}`);
}

/** At most `limit` characters, with an ellipsis where some are left out and no character split. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
