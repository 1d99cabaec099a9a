import {
  type Event,
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  parseEvents,
  YAMLException,
} from 'js-yaml';

import { type YamlNode, indexNodes } from './config-lines.ts';
import type { ProblemCode } from './messages/problem-kinds.ts';
import { type Parsed, type ProblemLog, quoteValue } from './problem.ts';

/** GitHub's contents API serves far more; a config this long is not one that people read. */
const MAX_BYTES = 256 * 1024;

/** Far below what anchors with aliases can be made to stand for, far above what 256 KiB hold without. */
const MAX_EXPANDED_NODES = 200_000;

const MAX_DEPTH = 32;

/** Names that reach an object's prototype somewhere down the line; valibot's records skip them too. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A YAML document as plain values, with the line of each of its nodes. */
export interface YamlDocument {
  /** Mappings are objects without a prototype. */
  readonly value: unknown;
  readonly root: YamlNode;
}

const PLAIN_MAPPING = defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
  create: emptyRecord,
  addPair(record, key, value) {
    const name = keyName(key);
    if (name === null) return 'a key must be text';
    if (!FORBIDDEN_KEYS.has(name)) record[name] = value;
    return '';
  },
  has: (record, key) => Object.hasOwn(record, String(key)),
  keys: (record) => Object.keys(record),
  get: (record, key) => record[String(key)],
  identify: () => false,
});

const YAML = { code: 'config-yaml' } as const;

const SCHEMA = CORE_SCHEMA.withTags(PLAIN_MAPPING);

/** Never throws; duplicate keys are left to the log so that the rest of the file can be checked too. */
export function parseYaml(text: string, file: string, log: ProblemLog): Parsed<YamlDocument> {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) {
    return fail(
      file,
      null,
      'The file is larger than 256 KiB.',
      'Keep nothing but the config in it.',
    );
  }
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    return readDocument(text, file, events, log);
  } catch (error) {
    const line = error instanceof YAMLException && error.mark ? error.mark.line + 1 : null;
    const reason = error instanceof YAMLException ? error.reason : String(error);
    return fail(file, line, `This is not YAML that can be read: ${reason}.`, fixOf(reason));
  }
}

function readDocument(
  text: string,
  file: string,
  events: Event[],
  log: ProblemLog,
): Parsed<YamlDocument> {
  const index = indexNodes(text, events);
  if (index.root === null) {
    return fail(file, null, 'The file is empty.', MINIMAL_CONFIG, 'config-empty');
  }
  if (index.documents > 1) {
    return fail(file, null, 'The file holds more than one YAML document.', 'Keep the first only.');
  }
  if (index.recursiveAlias !== null) {
    const message = 'An alias stands inside the value it names.';
    return fail(file, index.recursiveAlias, message, 'Write the value out.');
  }
  if (index.root.size > MAX_EXPANDED_NODES) {
    const message = `The aliases stand for more than ${MAX_EXPANDED_NODES} values.`;
    return fail(file, null, message, 'Write the values out.');
  }
  for (const { name, line, firstLine } of index.duplicates) {
    const twice = `The key ${quoteValue(name)} is there twice, on lines ${firstLine} and ${line}.`;
    log.add(line, twice, 'Keep one of the two, or give one another name.', YAML);
  }
  for (const { name, line } of index.keys) {
    if (FORBIDDEN_KEYS.has(name))
      log.add(line, `The key "${name}" is reserved.`, 'Rename it.', YAML);
  }
  const [value] = constructFromEvents(events, { source: text, schema: SCHEMA, json: true });
  return { ok: true, value: { value, root: index.root } };
}

/** What to write into a file that holds nothing yet. */
export const MINIMAL_CONFIG = [
  'Let `npx sessionwright init` write one, or start from the smallest:',
  'version: 1',
  'modules:',
  '  my-module: { name: My Module, prompt: 1 }',
].join('\n');

function fail(
  file: string,
  line: number | null,
  message: string,
  fix: string,
  code: ProblemCode = YAML.code,
): Parsed<never> {
  return { ok: false, problems: [{ code, file, line, message, fix }] };
}

function fixOf(reason: string): string {
  if (reason.includes('tab char')) return 'Indent with spaces.';
  if (reason.includes('alias')) return 'Name an anchor that stands above, or write the value out.';
  if (reason.includes('tag')) return 'Take the tag (the word after `!`) away.';
  if (reason.includes('unexpected end')) return 'Close the quote or bracket that is still open.';
  return 'Look at the indentation, the colons and the quotes of this line and the one above.';
}

/** A scalar key as text; null for a list, a mapping or nothing. */
function keyName(key: unknown): string | null {
  if (typeof key === 'string') return key;
  return typeof key === 'number' || typeof key === 'boolean' ? String(key) : null;
}

function emptyRecord(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
