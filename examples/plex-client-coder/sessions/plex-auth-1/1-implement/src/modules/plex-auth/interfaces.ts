import type {
  IClientIdentity,
  IClock,
  IPlexEvents,
  IPlexPin,
  IPlexToken,
  Result,
} from '../../types/index.js';
import type { IEventEmitter } from '../event-emitter/index.js';
import type { IHttpClient } from '../http-client/index.js';

export interface IPlexAuthOptions {
  /** A client whose base is `https://plex.tv`. */
  readonly http: IHttpClient;
  readonly events: IEventEmitter<IPlexEvents>;
  readonly clock: IClock;
  readonly identity: IClientIdentity;
}

export interface IPlexAuth {
  /** Asks plex.tv for a new PIN. */
  requestPin(): Promise<Result<IPlexPin>>;

  /** The page on which a person approves the PIN. */
  authorizationUrl(pin: IPlexPin): string;

  /** Looks once: the token where the PIN was approved, null where it still waits. */
  checkPin(pin: IPlexPin): Promise<Result<IPlexToken | null>>;

  /** Looks again and again until the PIN is approved or runs out. */
  waitForToken(pin: IPlexPin): Promise<Result<IPlexToken>>;

  /** Signs in with a token kept from an earlier run. */
  restore(token: IPlexToken): void;

  /** Forgets the token. */
  signOut(): void;

  /** The headers that authorize a request. */
  authHeaders(): Result<Readonly<Record<string, string>>>;
}
