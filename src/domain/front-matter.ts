import { jsonText } from './json-text.ts';

/** A value as text: what YAML would make of it, an alias or a date, is never looked at. */
export interface FrontMatterField {
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

export interface FrontMatter {
  readonly fields: ReadonlyMap<string, FrontMatterField>;
  /** How many lines it takes, both bounds included. */
  readonly length: number;
}

const KEY = /^(?<key>[A-Za-z_][\w-]*):(?:[ \t]+(?<value>.*))?$/;

/** A list or an indented block belongs to the key above it; a comment to nothing. */
const CONTINUED = /^(?:[ \t]|-[ \t])/;

const DOUBLE_QUOTED = /^"(?:[^"\\]|\\.)*"/;
const SINGLE_QUOTED = /^'(?<text>(?:[^']|'')*)'/;

/** What YAML reads as nothing but text, whoever parses it. */
const PLAIN = /^[A-Za-z0-9][\w.-]*$/;

/** Longer lines are no metadata. */
const LINE_LIMIT = 2_000;

/**
 * The `key: value` lines between two lines of `---` at a file's very start, or null where the file begins
 * otherwise or holds anything else there: its `---` are rules then. Of a key that is there twice the first counts.
 */
export function parseFrontMatter(lines: readonly string[]): FrontMatter | null {
  if (lines[0]?.trimEnd() !== '---') return null;
  const fields = new Map<string, FrontMatterField>();
  let open: string | null = null;
  for (const [index, raw] of lines.entries()) {
    const line = raw.trimEnd();
    if (index === 0 || line === '' || line.trimStart().startsWith('#')) continue;
    if (line === '---' || line === '...') return { fields, length: index + 1 };
    if (line.length > LINE_LIMIT) return null;
    if (CONTINUED.test(line)) {
      if (open !== null) continueField(fields, open, line.trim());
      continue;
    }
    const { key, value = '' } = KEY.exec(line)?.groups ?? {};
    if (key === undefined) return null;
    open = fields.has(key) ? null : key;
    if (open !== null) fields.set(key, { value: parseScalar(value.trim()), line: index + 1 });
  }
  return null;
}

/** Front matter that `parseFrontMatter` and YAML read alike; values that are more than a word are quoted. */
export function renderFrontMatter(fields: readonly (readonly [string, string])[]): string {
  const lines = fields.map(
    ([key, value]) => `${key}: ${PLAIN.test(value) ? value : jsonText(value)}`,
  );
  return ['---', ...lines, '---'].join('\n');
}

function continueField(fields: Map<string, FrontMatterField>, key: string, more: string): void {
  const field = fields.get(key);
  if (field === undefined || field.value.length > LINE_LIMIT) return;
  fields.set(key, { ...field, value: `${field.value}\n${more}`.trim() });
}

function parseScalar(text: string): string {
  const [quoted] = DOUBLE_QUOTED.exec(text) ?? [];
  if (quoted !== undefined) return parseQuoted(quoted);
  const single = SINGLE_QUOTED.exec(text)?.groups?.['text'];
  if (single !== undefined) return single.replaceAll("''", "'");
  const comment = text.search(/(?:^|[ \t])#/);
  return comment === -1 ? text : text.slice(0, comment).trimEnd();
}

/** JSON knows nearly all of YAML's escapes; a text with another stays as it stands. */
function parseQuoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
