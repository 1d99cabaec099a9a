import type {
  IClock,
  IMediaItem,
  IPlaybackSnapshot,
  IPlexEvents,
  Result,
} from '../../types/index.js';
import type { IEventEmitter } from '../event-emitter/index.js';
import type { IHttpClient } from '../http-client/index.js';
import type { IPlexAuth } from '../plex-auth/index.js';

export interface IPlaybackSessionOptions {
  /** A client whose base is the media server. */
  readonly http: IHttpClient;
  readonly auth: Pick<IPlexAuth, 'authHeaders'>;
  readonly events: IEventEmitter<IPlexEvents>;
  readonly clock: IClock;
}

export interface IPlaybackSession {
  /** What is being played; null before the first start. */
  readonly snapshot: IPlaybackSnapshot | null;

  /** Begins an item, from its beginning unless told otherwise. */
  start(item: IMediaItem, positionMs?: number): Promise<Result<IPlaybackSnapshot>>;

  /** Tells how far the player is. */
  progress(positionMs: number): Promise<Result<IPlaybackSnapshot>>;

  /** Playing becomes paused. */
  pause(): Promise<Result<IPlaybackSnapshot>>;

  /** Paused becomes playing. */
  resume(): Promise<Result<IPlaybackSnapshot>>;

  /** Ends the item. */
  stop(): Promise<Result<IPlaybackSnapshot>>;
}
