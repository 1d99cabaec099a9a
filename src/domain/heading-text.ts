/** Longer headings are cut: no link is made of that much, and it bounds the work below. */
export const MAX_HEADING_LENGTH = 500;

/** What any inline markup has at least one of. */
const MARKUP = /[\\`<![\]&*_~\uE000-\uF8FF]/;

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/**
 * A heading's text as GitHub makes its anchor from: without inline markup, images and HTML tags, and
 * with code, link texts, entities and line ends in place. Emoji codes stay: `:rocket: Go` is at `#rocket-go`.
 */
export function headingText(source: string): string {
  const heading = source.slice(0, MAX_HEADING_LENGTH);
  return MARKUP.test(heading) ? withoutMarkup(heading) : heading.trim();
}

function withoutMarkup(heading: string): string {
  const kept: string[] = [];
  const keep = (text: string): string => {
    kept.push(text);
    return `\uE000${String.fromCharCode(0xe001 + kept.length - 1)}`;
  };
  const bare = heading
    .replaceAll(/[\uE000-\uF8FF]/g, '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, (_, char: string) => keep(char))
    .replaceAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, (_, __, code: string) => keep(trimCode(code)))
    .replaceAll(/<((?:https?|mailto):[^<>\s]*)>/g, (_, url: string) => keep(url))
    .replaceAll(/<!--.*?-->|<\/?[A-Za-z][^<>]*>/g, '')
    .replaceAll(/!\[[^\]]*\](?:\([^()]*\)|\[[^\]]*\])/g, '')
    .replaceAll(/\[([^\]]*)\](?:\([^()]*\)|\[[^\]]*\])/g, '$1')
    .replaceAll(/&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{2,5});/g, decodeEntity);
  return withoutEmphasis(bare)
    .replaceAll(
      /\uE000([\uE001-\uF8FF])/g,
      (_, mark: string) => kept[mark.charCodeAt(0) - 0xe001] ?? '',
    )
    .trim();
}

/** Takes matched stars, tildes and underscores away; underscores inside a word are part of it. */
function withoutEmphasis(text: string): string {
  let bare = text;
  for (let before = ''; bare !== before;) {
    before = bare;
    bare = before
      .replaceAll(/(\*{1,3})(?=\S)(.+?)(?<=\S)\1/g, '$2')
      .replaceAll(/~~(?=\S)(.+?)(?<=\S)~~/g, '$1')
      .replaceAll(/(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])(.+?)(?<=\S)\1(?![\p{L}\p{N}_])/gu, '$2');
  }
  return bare;
}

/** One space goes from both ends, so that code may begin with a backtick. */
function trimCode(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
    ? code.slice(1, -1)
    : code;
}

function decodeEntity(entity: string, name: string): string {
  if (!name.startsWith('#')) return NAMED_ENTITIES.get(name) ?? entity;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}
