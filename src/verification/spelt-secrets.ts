import { secretsByLine } from './line-masker.ts';

/** What the formats that are decoded later write for a character by name (RFC 8259, XML 1.0). */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  '"': ['\\\\"', '&quot;'],
  '\\': ['\\\\\\\\'],
  '/': ['\\\\/'],
  '\b': ['\\\\b'],
  '\f': ['\\\\f'],
  '\t': ['\\\\t'],
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  "'": ['&apos;'],
};

/** Leading zeros of a number; without a limit, a text of zeros alone would take time by its square. */
const ZEROS = '0{0,8}';

/**
 * Replaces secrets in a text that will be decoded, where escapes of JSON or references of XML spell some of their
 * characters: what is only masked afterwards may have been cut within a secret by then.
 */
export function maskSpelt(text: string, secrets: readonly string[]): string {
  if (!/\\|&/.test(text)) return text;
  return secretsByLine(secrets).reduce(
    (masked, secret) => masked.replace(spellingsOf(secret), '***'),
    text,
  );
}

function spellingsOf(secret: string): RegExp {
  return new RegExp(Array.from(secret, spellings).join(''), 'g');
}

function spellings(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  const all = [
    escaped(character),
    units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, '0'))}`).join(''),
    `&#${ZEROS}${code};`,
    `&#x${ZEROS}${anyCase(code.toString(16))};`,
    ...(NAMED[character] ?? []),
  ];
  return `(?:${all.join('|')})`;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
