import type { Json, JsonObject } from './json.ts';
import { at, isList, isObject } from './json.ts';

/** A workflow file GitHub would not run, with the place at fault. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
}

export function mapping(value: Json, where: string): JsonObject {
  if (isObject(value)) return value;
  throw new WorkflowError(`${where}: A mapping was expected`);
}

export function expectKeys(object: JsonObject, keys: readonly string[], where: string): void {
  const unexpected = Object.keys(object).find((key) => !keys.includes(key));
  if (unexpected !== undefined) {
    throw new WorkflowError(`${where}: Unexpected value '${unexpected}'`);
  }
}

/** A scalar as text, null where there is none. */
export function optionalText(object: Json, key: string, where: string): string | null {
  const value = at(object, key);
  if (value === null) return null;
  if (isObject(value) || isList(value)) {
    throw new WorkflowError(`${where}: '${key}' was expected to be a text`);
  }
  return String(value);
}

/** A sequence of scalars, or one scalar, as texts; null where there is none. */
export function textList(object: Json, key: string, where: string): readonly string[] | null {
  const value = at(object, key);
  if (value === null) return null;
  const items = isList(value) ? value : [value];
  if (items.some((item) => isObject(item) || isList(item))) {
    throw new WorkflowError(`${where}: '${key}' was expected to be a sequence of texts`);
  }
  return items.map(String);
}
