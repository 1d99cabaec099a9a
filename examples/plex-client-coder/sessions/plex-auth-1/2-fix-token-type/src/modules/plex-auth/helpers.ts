import { fail, ok } from '../../result.js';
import type {
  IClientIdentity,
  IErr,
  IPlexError,
  IPlexPin,
  IPlexToken,
  Result,
} from '../../types/index.js';
import { AUTHORIZATION_PAGE } from './constants.js';
import type { PinStatus } from './types.js';

/** Checks the answer to a request for a PIN. */
export function parsePin(body: unknown): Result<IPlexPin> {
  if (!isRecord(body)) return invalid('a PIN is not an object');
  const { id, code, expiresAt } = body;
  if (typeof id !== 'number' || typeof code !== 'string' || typeof expiresAt !== 'string') {
    return invalid('a PIN lacks id, code or expiresAt');
  }
  const expires = Date.parse(expiresAt);
  if (Number.isNaN(expires)) return invalid('expiresAt of a PIN is not a date');
  return ok({ id, code, expiresAt: expires });
}

/** Checks the answer to a look at a PIN. */
export function parsePinStatus(body: unknown): Result<PinStatus> {
  if (!isRecord(body)) return invalid('a PIN is not an object');
  const { authToken } = body;
  if (authToken === null || authToken === undefined || authToken === '') {
    return ok({ authToken: null });
  }
  return typeof authToken === 'string' ? ok({ authToken }) : invalid('authToken is not a string');
}

/** The page on which a person approves the PIN; its parameters stand in the fragment. */
export function buildAuthorizationUrl(pin: IPlexPin, identity: IClientIdentity): string {
  const parameters = new URLSearchParams({
    clientID: identity.clientIdentifier,
    code: pin.code,
    'context[device][product]': identity.product,
  });
  return `${AUTHORIZATION_PAGE}#?${parameters.toString()}`;
}

/** The token of an approved PIN. */
export function toToken(value: string, now: number): IPlexToken {
  return { value, obtainedAt: now };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function invalid(what: string): IErr<IPlexError> {
  return fail('invalid-response', `plex.tv: ${what}.`);
}
