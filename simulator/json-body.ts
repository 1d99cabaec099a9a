import { unprocessable } from './errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray`, but without turning its members into anything at all. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A request's body; what lacks or has the wrong type is the 422 GitHub's schema check gives. */
export class JsonBody {
  readonly value: JsonObject;
  /** The body where it is a list rather than an object. */
  readonly bare: readonly unknown[] | undefined;

  constructor(value: unknown) {
    this.bare = isList(value) ? value : undefined;
    this.value = isJsonObject(value) ? value : {};
  }

  has(key: string): boolean {
    return this.value[key] !== undefined;
  }

  optional(key: string): string | undefined {
    const value = this.value[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw invalid(key, value, 'a string');
  }

  string(key: string): string {
    return this.optional(key) ?? missing(key);
  }

  boolean(key: string): boolean {
    const value = this.value[key];
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    throw invalid(key, value, 'a boolean');
  }

  integer(key: string): number | undefined {
    const value = this.value[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    throw invalid(key, value, 'an integer');
  }

  object(key: string): JsonBody | undefined {
    const value = this.value[key];
    if (value === undefined || value === null) return undefined;
    if (isJsonObject(value)) return new JsonBody(value);
    throw invalid(key, value, 'an object');
  }

  list(key: string): readonly unknown[] | undefined {
    const value = this.value[key];
    if (value === undefined || value === null) return undefined;
    if (isList(value)) return value;
    throw invalid(key, value, 'an array');
  }

  objects(key: string): readonly JsonBody[] | undefined {
    return this.list(key)?.map((item) => {
      if (isJsonObject(item)) return new JsonBody(item);
      throw invalid(key, item, 'an object');
    });
  }

  strings(key: string): readonly string[] | undefined {
    return this.list(key)?.map((item) => {
      if (typeof item === 'string') return item;
      throw invalid(key, item, 'a string');
    });
  }

  /** One of `allowed`, or undefined when absent. */
  choice<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.optional(key);
    if (value === undefined) return undefined;
    const found = allowed.find((item) => item === value);
    if (found !== undefined) return found;
    throw unprocessable(
      `Invalid request.\n\n${JSON.stringify(value)} is not a possible value. Must be one of the ` +
        `following: ${allowed.join(', ')}.`,
    );
  }
}

function missing(key: string): never {
  throw unprocessable(`Invalid request.\n\n"${key}" wasn't supplied.`);
}

function invalid(key: string, value: unknown, wanted: string) {
  const told = JSON.stringify(value);
  return unprocessable(`Invalid request.\n\nFor 'properties/${key}', ${told} is not ${wanted}.`);
}
