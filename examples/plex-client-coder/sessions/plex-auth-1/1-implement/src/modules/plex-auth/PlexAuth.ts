import { fail, ok } from '../../result.js';
import type { IPlexPin, IPlexToken, Result } from '../../types/index.js';
import { PINS_PATH, POLL_INTERVAL_MS, TOKEN_HEADER } from './constants.js';
import { buildAuthorizationUrl, parsePin, parsePinStatus, toToken } from './helpers.js';
import type { IPlexAuth, IPlexAuthOptions } from './interfaces.js';

/** Signs a person in by PIN and holds the token, which leaves only through `authHeaders`. */
export class PlexAuth implements IPlexAuth {
  private readonly _options: IPlexAuthOptions;
  private _token: IPlexToken | null = null;

  constructor(options: IPlexAuthOptions) {
    this._options = options;
  }

  /** Asks plex.tv for a new PIN; a strong one, which cannot be guessed. */
  async requestPin(): Promise<Result<IPlexPin>> {
    return this._options.http.post(PINS_PATH, parsePin, { query: { strong: true } });
  }

  /** The page on which a person approves the PIN. */
  authorizationUrl(pin: IPlexPin): string {
    return buildAuthorizationUrl(pin, this._options.identity);
  }

  /** Looks once: signs in where the PIN was approved, null where it still waits. */
  async checkPin(pin: IPlexPin): Promise<Result<IPlexToken | null>> {
    const status = await this._options.http.get(`${PINS_PATH}/${pin.id}`, parsePinStatus);
    if (!status.ok) {
      // plex.tv deletes a PIN that ran out.
      if (status.error.code === 'not-found') return fail('expired', 'The PIN ran out.');
      return status;
    }
    if (status.value.authToken === null) return ok(null);

    const token = toToken(status.value, this._options.clock.now());
    this._signIn(token);
    return ok(token);
  }

  /** Looks every second until the PIN is approved or runs out; network errors only cost a look. */
  async waitForToken(pin: IPlexPin): Promise<Result<IPlexToken>> {
    const { clock } = this._options;
    while (clock.now() < pin.expiresAt) {
      const checked = await this.checkPin(pin);
      if (!checked.ok && checked.error.code !== 'network') return checked;
      if (checked.ok && checked.value !== null) return ok(checked.value);
      await clock.sleep(POLL_INTERVAL_MS);
    }
    return fail('expired', 'The PIN ran out before it was approved.');
  }

  /** Signs in with a token kept from an earlier run. */
  restore(token: IPlexToken): void {
    this._signIn(token);
  }

  /** Forgets the token; without one, nothing happens. */
  signOut(): void {
    if (this._token === null) return;
    this._token = null;
    this._options.events.emit('auth:signed-out', { at: this._options.clock.now() });
  }

  /** The headers that authorize a request. */
  authHeaders(): Result<Readonly<Record<string, string>>> {
    if (this._token === null) return fail('unauthorized', 'Nobody is signed in.');
    return ok({ [TOKEN_HEADER]: this._token.value });
  }

  private _signIn(token: IPlexToken): void {
    this._token = token;
    this._options.events.emit('auth:signed-in', { at: this._options.clock.now() });
  }
}
