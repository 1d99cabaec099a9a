import type {
  IPlexEvents,
  IWatchProgress,
  IWatchRecord,
  Result,
  Unsubscribe,
} from '../../types/index.js';
import type { IEventEmitter } from '../event-emitter/index.js';
import type { IHttpClient } from '../http-client/index.js';
import type { IPlexAuth } from '../plex-auth/index.js';
import type { IPlexLibrary } from '../plex-library/index.js';

export interface IWatchHistoryOptions {
  /** A client whose base is the media server. */
  readonly http: IHttpClient;
  readonly auth: Pick<IPlexAuth, 'authHeaders'>;
  readonly events: IEventEmitter<IPlexEvents>;
  readonly library: Pick<IPlexLibrary, 'getItem'>;
}

export interface IWatchHistory {
  /** Follows playback from now on, until the returned function is called. */
  attach(): Unsubscribe;

  /** Items begun but not watched, the latest first. */
  continueWatching(limit?: number): readonly IWatchProgress[];

  /** What the server says was watched, the latest first. */
  recent(limit?: number): Promise<Result<readonly IWatchRecord[]>>;

  /** Marks an item as watched. */
  markWatched(ratingKey: string): Promise<Result<void>>;

  /** Marks an item as not watched. */
  markUnwatched(ratingKey: string): Promise<Result<void>>;

  /** Resolves when no mark that playback caused is under way. */
  whenIdle(): Promise<void>;
}
