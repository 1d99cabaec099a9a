import type { Result } from '../../types/index.js';

/** A query parameter; `undefined` leaves it out. */
export type QueryValue = string | number | boolean | undefined;

/** Checks the body of a successful answer: parsed JSON, or null where the body is empty. */
export type ResponseParser<TValue> = (body: unknown) => Result<TValue>;
