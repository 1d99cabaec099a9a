/** One piece of an XML document; attributes stay as they are written, since few are ever read. */
export type XmlPiece =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly name: string }
  /** A CDATA section is what it says; other text may hold references, for `decodeXml` to resolve. */
  | { readonly kind: 'text'; readonly text: string; readonly literal: boolean };

const COMMENT = { start: '<!--', end: '-->' };
const CDATA = { start: '<![CDATA[', end: ']]>' };

/**
 * Splits XML into tags and text in one pass, without a tree: no depth, no entity and no number of elements costs more
 * than its own length. A declaration (DOCTYPE, ENTITY) is passed over, so that an entity is never defined, and what is
 * not closed ends the scan.
 */
export function* scanXml(xml: string): Generator<XmlPiece> {
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    if (open < 0) return;
    if (open > at) yield { kind: 'text', text: xml.slice(at, open), literal: false };
    if (xml.startsWith(CDATA.start, open)) {
      const end = xml.indexOf(CDATA.end, open);
      if (end < 0) return;
      yield { kind: 'text', text: xml.slice(open + CDATA.start.length, end), literal: true };
      at = end + CDATA.end.length;
      continue;
    }
    const end = endOfTag(xml, open);
    if (end < 0) return;
    yield* piecesOf(xml.slice(open + 1, end - 1));
    at = end;
  }
}

/** The attribute's value, decoded; null where the tag has none of that name. */
export function readAttribute(attributes: string, name: string): string | null {
  const pattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  let at = 0;
  while (at < attributes.length) {
    while (/\s/.test(attributes.charAt(at))) at += 1;
    pattern.lastIndex = at;
    const found = pattern.exec(attributes);
    if (found === null) return null;
    if (found[1] === name) return decodeXml(found[2] ?? found[3] ?? '');
    at = pattern.lastIndex;
  }
  return null;
}

/** Comments and declarations have no pieces; an element that closes itself has two. */
function* piecesOf(tag: string): Generator<XmlPiece> {
  if (tag.startsWith('!') || tag.startsWith('?')) return;
  if (tag.startsWith('/')) {
    yield { kind: 'close', name: tag.slice(1).trim() };
    return;
  }
  const closed = tag.endsWith('/');
  const body = closed ? tag.slice(0, -1) : tag;
  const space = body.search(/\s/);
  const name = space < 0 ? body : body.slice(0, space);
  yield { kind: 'open', name, attributes: space < 0 ? '' : body.slice(space) };
  if (closed) yield { kind: 'close', name };
}

/** Behind the tag that begins at `open`; a `>` within quotes ends no tag. Minus one where it is not closed. */
function endOfTag(xml: string, open: number): number {
  if (xml.startsWith(COMMENT.start, open)) {
    const end = xml.indexOf(COMMENT.end, open + COMMENT.start.length);
    return end < 0 ? -1 : end + COMMENT.end.length;
  }
  let quote = '';
  for (let at = open + 1; at < xml.length; at += 1) {
    const character = xml.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at + 1;
    else if (character === '"' || character === "'") quote = character;
  }
  return -1;
}

const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi;

/** Resolves the five named references of XML 1.0 (section 4.6) and numeric ones; any other stays as it is. */
export function decodeXml(text: string): string {
  return text.replace(REFERENCE, (all: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
