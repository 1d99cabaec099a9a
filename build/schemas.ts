import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toJsonSchema, type ConversionConfig, type JsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { claimSchema } from '../src/domain/claim.ts';
import { configSchema } from '../src/domain/config-schema.ts';
import { entrySchema, headerSchema } from '../src/domain/state-schema.ts';

const FOLDER = path.resolve(import.meta.dirname, '..', 'schemas');

/** Where editors fetch the schemas of this major version from. */
const ADDRESS = 'https://raw.githubusercontent.com/sessionwright/sessionwright/v0/schemas';

/** The version that editors' language servers read (https://github.com/redhat-developer/yaml-language-server). */
const DRAFT = 'http://json-schema.org/draft-07/schema#';

const CONVERSION: ConversionConfig = {
  target: 'draft-07',
  typeMode: 'input',
  errorMode: 'throw',
  overrideAction: convertAction,
};

type ActionContext = Parameters<NonNullable<ConversionConfig['overrideAction']>>[0];

const SCHEMA = v.custom<v.GenericSchema>(isSchema);
const ENTRIES = v.record(v.string(), SCHEMA);

/** Each schema's file name and text, from the definitions that check what it describes. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    file('config', 'Sessionwright: the config', convert(configSchema)),
    file('state', 'Sessionwright: the implementation state', {
      type: 'object',
      properties: { $sessionwright: convert(headerSchema) },
      // Keys that begin with a dollar sign are no modules; others of them than ours pass through.
      patternProperties: { '^[^$]': convert(entrySchema) },
    }),
    file('claims', 'Sessionwright: a coder’s claim of its session', {
      type: 'object',
      additionalProperties: convert(claimSchema),
    }),
  ]);
}

function file(name: string, title: string, schema: JsonSchema): readonly [string, string] {
  const $id = `${ADDRESS}/${name}.schema.json`;
  const whole = { $schema: DRAFT, $id, title, ...schema };
  return [`${name}.schema.json`, `${JSON.stringify(whole, null, 2)}\n`];
}

function convert(schema: v.GenericSchema): JsonSchema {
  const { $schema: _, ...rest } = toJsonSchema(withoutGuards(schema), CONVERSION);
  return rest;
}

/**
 * The state's objects and dictionaries are told from lists first, by a check that JSON Schema needs no word for: it
 * is taken away, and what it guards stays.
 */
function withoutGuards(schema: v.GenericSchema): v.GenericSchema {
  if ('pipe' in schema && Array.isArray(schema.pipe)) {
    const items: readonly unknown[] = schema.pipe;
    const [first, ...others] = items;
    if (!isSchema(first)) return schema;
    if (first.type === 'custom') return others.filter(isSchema).map(guarded)[0] ?? schema;
    return Object.assign({}, schema, { pipe: [withoutGuards(first), ...others] });
  }
  if ('wrapped' in schema && isSchema(schema.wrapped)) {
    return Object.assign({}, schema, { wrapped: withoutGuards(schema.wrapped) });
  }
  if ('item' in schema && isSchema(schema.item)) {
    return Object.assign({}, schema, { item: withoutGuards(schema.item) });
  }
  return schema;
}

/** An object, or a dictionary as it is read: a list of pairs of key and value. */
function guarded(schema: v.GenericSchema): v.GenericSchema {
  if ('entries' in schema && v.is(ENTRIES, schema.entries)) {
    const entries = Object.entries(schema.entries);
    return v.looseObject(
      Object.fromEntries(entries.map(([key, value]) => [key, withoutGuards(value)])),
    );
  }
  const pair = 'item' in schema && isSchema(schema.item) ? schema.item : schema;
  const [, value] = 'items' in pair && v.is(v.array(SCHEMA), pair.items) ? pair.items : [];
  return value === undefined ? schema : v.record(v.string(), withoutGuards(value));
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
}

/** A second pattern stands beside the first, and editors show the words of the first in place of its signs. */
function convertAction({ valibotAction: action, jsonSchema }: ActionContext) {
  if (!('requirement' in action) || !(action.requirement instanceof RegExp)) return undefined;
  const pattern = action.requirement.source;
  if (jsonSchema.pattern !== undefined && jsonSchema.pattern !== pattern)
    return { ...jsonSchema, allOf: [{ pattern }] };
  const message = 'message' in action ? action.message : undefined;
  const told =
    typeof message === 'string' ? { patternErrorMessage: `This must be ${message}.` } : {};
  return { ...jsonSchema, pattern, ...told };
}

if (process.argv[1] === import.meta.filename) {
  await mkdir(FOLDER, { recursive: true });
  for (const [name, text] of schemaFiles()) await writeFile(path.join(FOLDER, name), text);
}
