import { ok } from '../../result.js';
import type {
  IPlaybackSnapshot,
  IWatchProgress,
  IWatchRecord,
  Result,
  Unsubscribe,
} from '../../types/index.js';
import type { QueryValue, ResponseParser } from '../http-client/index.js';
import {
  DEFAULT_LIMIT,
  HISTORY_PATH,
  LIBRARY_IDENTIFIER,
  SCROBBLE_PATH,
  UNSCROBBLE_PATH,
  WATCHED_FRACTION,
} from './constants.js';
import { checkLimit, isUnderWay, parseHistory, progressOf } from './helpers.js';
import type { IWatchHistory, IWatchHistoryOptions } from './interfaces.js';
import type { HistoryEntry } from './types.js';

/** Knows what was begun and what was watched, and tells the server of the latter. */
export class WatchHistory implements IWatchHistory {
  private readonly _options: IWatchHistoryOptions;
  private readonly _progress = new Map<string, IWatchProgress>();
  private readonly _marked = new Set<string>();
  private readonly _marking = new Map<string, Promise<void>>();
  private readonly _listener = (snapshot: IPlaybackSnapshot): void => this._follow(snapshot);

  constructor(options: IWatchHistoryOptions) {
    this._options = options;
  }

  /** Follows playback from now on; attaching twice follows once. */
  attach(): Unsubscribe {
    return this._options.events.on('playback:changed', this._listener);
  }

  /** Items begun but not watched, the latest first. */
  continueWatching(limit: number = DEFAULT_LIMIT): readonly IWatchProgress[] {
    return [...this._progress.values()].filter(isUnderWay).reverse().slice(0, Math.max(0, limit));
  }

  /** What the server says was watched, the latest first; items that are gone are left out. */
  async recent(limit: number = DEFAULT_LIMIT): Promise<Result<readonly IWatchRecord[]>> {
    const checked = checkLimit(limit);
    if (!checked.ok) return checked;
    const entries = await this._get(HISTORY_PATH, parseHistory, {
      sort: 'viewedAt:desc',
      'X-Plex-Container-Start': 0,
      'X-Plex-Container-Size': limit,
    });
    return entries.ok ? this._resolve(entries.value) : entries;
  }

  /** Marks an item as watched. */
  async markWatched(ratingKey: string): Promise<Result<void>> {
    return this._scrobble(SCROBBLE_PATH, ratingKey);
  }

  /** Marks an item as not watched; watching it again marks it again. */
  async markUnwatched(ratingKey: string): Promise<Result<void>> {
    const result = await this._scrobble(UNSCROBBLE_PATH, ratingKey);
    if (result.ok) this._marked.delete(ratingKey);
    return result;
  }

  /** Resolves when no mark that playback caused is under way. */
  async whenIdle(): Promise<void> {
    await Promise.all(this._marking.values());
  }

  private _follow(snapshot: IPlaybackSnapshot): void {
    const progress = progressOf(snapshot);
    if (progress === null) return;
    const { ratingKey } = snapshot.item;
    // Set anew, so that the latest item is the last one of the map.
    this._progress.delete(ratingKey);
    this._progress.set(ratingKey, progress);
    if (progress.fraction < WATCHED_FRACTION) return;
    if (this._marked.has(ratingKey) || this._marking.has(ratingKey)) return;
    this._marking.set(ratingKey, this._mark(ratingKey));
  }

  private async _mark(ratingKey: string): Promise<void> {
    const result = await this.markWatched(ratingKey);
    this._marking.delete(ratingKey);
    if (!result.ok) {
      this._options.events.emit('history:failed', result.error);
      return;
    }
    this._marked.add(ratingKey);
    this._options.events.emit('history:watched', { ratingKey });
  }

  private async _resolve(
    entries: readonly HistoryEntry[],
  ): Promise<Result<readonly IWatchRecord[]>> {
    const found = await Promise.all(
      entries.map(({ ratingKey }) => this._options.library.getItem(ratingKey)),
    );
    const records: IWatchRecord[] = [];
    for (const [index, { viewedAt }] of entries.entries()) {
      const item = found[index];
      if (item?.ok) records.push({ item: item.value, viewedAt });
      else if (item !== undefined && item.error.code !== 'not-found') return item;
    }
    return ok(records);
  }

  private async _scrobble(path: string, ratingKey: string): Promise<Result<void>> {
    const query = { identifier: LIBRARY_IDENTIFIER, key: ratingKey };
    return this._get(path, () => ok(undefined), query);
  }

  private async _get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    query: Readonly<Record<string, QueryValue>>,
  ): Promise<Result<TValue>> {
    const headers = this._options.auth.authHeaders();
    if (!headers.ok) return headers;
    return this._options.http.get(path, parse, { query, headers: headers.value });
  }
}
