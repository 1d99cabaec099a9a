/** What a line must hold to end a block of raw HTML. */
export type HtmlEnd = RegExp;

const BLANK = /^[ \t]*$/;

/** Blocks that end at a text of their own, whatever stands between: kinds 1 to 5 of CommonMark 4.6. */
const SPANS: readonly (readonly [start: RegExp, end: HtmlEnd])[] = [
  [/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

/** The tags of kind 6, whose blocks end at a blank line. */
const BLOCK_TAGS: ReadonlySet<string> = new Set(
  [
    'address article aside base basefont blockquote body caption center col colgroup dd details',
    'dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6',
    'head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option',
    'p param search section summary table tbody td tfoot th thead title tr track ul',
  ].flatMap((row) => row.split(' ')),
);

const BLOCK_TAG = /^<\/?([A-Za-z][A-Za-z0-9]*)(?:\s|\/?>|$)/;

/** Kind 7: any other tag that is alone on its line. */
const LONE_TAG = /^<\/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?>\s*$/;

/** What ends the raw HTML that a line opens; null where it opens none. */
export function htmlBlockEnd(text: string, inParagraph: boolean): HtmlEnd | null {
  if (!text.startsWith('<')) return null;
  for (const [start, end] of SPANS) {
    if (start.test(text)) return end;
  }
  const [, tag] = BLOCK_TAG.exec(text) ?? [];
  if (tag !== undefined && BLOCK_TAGS.has(tag.toLowerCase())) return BLANK;
  return !inParagraph && LONE_TAG.test(text) ? BLANK : null;
}
