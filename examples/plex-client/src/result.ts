import type { IErr, IOk, IPlexError, PlexErrorCode } from './types/index.js';

/** A success that carries `value`. */
export function ok<TValue>(value: TValue): IOk<TValue> {
  return { ok: true, value };
}

/** A failure that carries `error`. */
export function err<TError>(error: TError): IErr<TError> {
  return { ok: false, error };
}

/** A failure with a code of the spec pack; `details` adds the HTTP status or the cause. */
export function fail(
  code: PlexErrorCode,
  message: string,
  details: Pick<IPlexError, 'status' | 'cause'> = {},
): IErr<IPlexError> {
  return err({ code, message, ...details });
}
