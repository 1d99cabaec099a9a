/**
 * Artifact 2: shared types of the Plex client.
 *
 * Single source of truth. Modules import these through `src/types/index.ts`; nothing here has a
 * run-time value.
 */

// --- Results -----------------------------------------------------------------------------------

/** A success. */
export interface IOk<TValue> {
  readonly ok: true;
  readonly value: TValue;
}

/** A failure. */
export interface IErr<TError> {
  readonly ok: false;
  readonly error: TError;
}

/** What every operation that can fail returns; modules never throw. */
export type Result<TValue, TError = IPlexError> = IOk<TValue> | IErr<TError>;

export type PlexErrorCode =
  /** No answer arrived: refused, reset, timed out. */
  | 'network'
  /** An answer arrived with a status that no other code covers. */
  | 'http-status'
  /** An answer arrived that is not what the specification says. */
  | 'invalid-response'
  /** No token, or one that the server refuses. */
  | 'unauthorized'
  | 'not-found'
  /** A PIN ran out before it was approved. */
  | 'expired'
  /** The caller passed something out of range. */
  | 'invalid-argument'
  /** The operation does not fit the present state. */
  | 'invalid-state';

export interface IPlexError {
  readonly code: PlexErrorCode;
  /** One sentence for a log. Never contains a token. */
  readonly message: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  readonly cause?: unknown;
}

// --- Time --------------------------------------------------------------------------------------

/** Time as modules see it, so that tests decide what time it is. */
export interface IClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

// --- Events ------------------------------------------------------------------------------------

export type EventListener<TPayload> = (payload: TPayload) => void;

/** Takes a listener off again; calling it twice is harmless. */
export type Unsubscribe = () => void;

/** Every event of the client, by name, with what its listeners receive. */
export interface IPlexEvents {
  readonly 'auth:signed-in': { readonly at: number };
  readonly 'auth:signed-out': { readonly at: number };
  readonly 'playback:changed': IPlaybackSnapshot;
  readonly 'history:watched': { readonly ratingKey: string };
  readonly 'history:failed': IPlexError;
}

// --- HTTP --------------------------------------------------------------------------------------

export type HttpMethod = 'GET' | 'POST';

export interface IHttpRequest {
  readonly method: HttpMethod;
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface IHttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Carries one request. Rejects when no answer arrives; any answer, also a 500, resolves. */
export interface IHttpTransport {
  readonly send: (request: IHttpRequest) => Promise<IHttpResponse>;
}

/** How this client introduces itself to Plex, on every request. */
export interface IClientIdentity {
  /** Stable per installation; sent as `X-Plex-Client-Identifier`. */
  readonly clientIdentifier: string;
  /** Sent as `X-Plex-Product`. */
  readonly product: string;
  /** Sent as `X-Plex-Version`. */
  readonly version: string;
}

// --- Authentication ----------------------------------------------------------------------------

export interface IPlexPin {
  readonly id: number;
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface IPlexToken {
  /** A secret: never logged, never part of an event or an error. */
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly obtainedAt: number;
}

// --- Library -----------------------------------------------------------------------------------

export type LibrarySectionType = 'movie' | 'show' | 'artist' | 'photo';

export interface ILibrarySection {
  readonly key: string;
  readonly title: string;
  readonly type: LibrarySectionType;
}

export type MediaType = 'movie' | 'episode' | 'track' | 'other';

export interface IMediaItem {
  readonly ratingKey: string;
  readonly title: string;
  readonly type: MediaType;
  /** 0 where the server does not know it. */
  readonly durationMs: number;
}

export interface IPageRequest {
  /** Items to skip; 0 for the first page. */
  readonly offset: number;
  /** Items wanted, 1 to 200. */
  readonly limit: number;
}

// --- Playback ----------------------------------------------------------------------------------

export type PlaybackState = 'playing' | 'paused' | 'stopped';

export interface IPlaybackSnapshot {
  readonly item: IMediaItem;
  readonly state: PlaybackState;
  /** 0 to the item's duration. */
  readonly positionMs: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

// --- Watch history -----------------------------------------------------------------------------

export interface IWatchProgress {
  readonly item: IMediaItem;
  readonly positionMs: number;
  /** 0 to 1. */
  readonly fraction: number;
}

export interface IWatchRecord {
  readonly item: IMediaItem;
  /** Milliseconds since the epoch. */
  readonly viewedAt: number;
}
