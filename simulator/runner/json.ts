/** JSON as the contexts of expressions and the payloads of events hold it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON copy of a value: what is not JSON is dropped as `JSON.stringify` drops it. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value at a path of own properties, null where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): Json {
  let current: unknown = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return null;
    current = current[key];
  }
  return (current ?? null) as Json;
}

/** The text at a path, empty where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** A scalar as text; a list or a mapping as JSON. */
export function plainText(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The entries of an object with their values changed and their order kept. */
export function mapValues<From, To>(
  object: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}
