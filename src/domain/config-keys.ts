import type * as v from 'valibot';

import type { Path } from './config-lines.ts';

/** Something in the file that the schema has no place for. */
export type Stray =
  | { readonly kind: 'key'; readonly path: Path; readonly known: readonly string[] }
  /** A list where a mapping belongs; valibot takes lists for objects. */
  | { readonly kind: 'list'; readonly path: Path };

/** Every key that the schema does not know; valibot's strict objects stop at the first. */
export function* strayKeys(
  schema: v.GenericSchema,
  value: unknown,
  path: Path = [],
): Generator<Stray> {
  if (isOptional(schema)) {
    yield* strayKeys(schema.wrapped, value, path);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isArray(schema)) {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) {
      yield* strayKeys(schema.item, item, [...path, index]);
    }
    return;
  }
  if (!isStrictObject(schema) && !isRecord(schema)) return;
  if (Array.isArray(value)) {
    yield { kind: 'list', path };
    return;
  }
  for (const [key, below] of Object.entries(value)) {
    const known = isRecord(schema) ? schema.value : schema.entries[key];
    if (known !== undefined) yield* strayKeys(known, below, [...path, key]);
    else if (isStrictObject(schema)) {
      yield { kind: 'key', path: [...path, key], known: Object.keys(schema.entries) };
    }
  }
}

function isOptional(
  schema: v.GenericSchema,
): schema is v.OptionalSchema<v.GenericSchema, undefined> {
  return schema.type === 'optional';
}

function isArray(schema: v.GenericSchema): schema is v.ArraySchema<v.GenericSchema, undefined> {
  return schema.type === 'array';
}

function isStrictObject(
  schema: v.GenericSchema,
): schema is v.StrictObjectSchema<v.ObjectEntries, undefined> {
  return schema.type === 'strict_object';
}

function isRecord(
  schema: v.GenericSchema,
): schema is v.RecordSchema<v.GenericSchema<string>, v.GenericSchema, undefined> {
  return schema.type === 'record';
}
