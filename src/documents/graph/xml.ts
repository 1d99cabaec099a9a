import { reveal } from '../markdown.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Hidden characters are visible by then; what is left that no document may hold (https://www.w3.org/TR/xml/#charsets). */
const FORBIDDEN = /[\uFFFE\uFFFF]/g;

/** A text for the content or a quoted attribute of XML or HTML; hidden characters are made visible. */
export function escapeXml(text: string): string {
  return reveal(text)
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
