import { fail, ok } from '../../result.js';
import type { IMediaItem, IPlaybackSnapshot, PlaybackState, Result } from '../../types/index.js';
import { TIMELINE_INTERVAL_MS, TIMELINE_PATH } from './constants.js';
import { checkAction, clampPosition, timelineQuery } from './helpers.js';
import type { IPlaybackSession, IPlaybackSessionOptions } from './interfaces.js';
import type { Action } from './types.js';

/** Follows one player: keeps its state, tells the server and tells the listeners. */
export class PlaybackSession implements IPlaybackSession {
  private readonly _options: IPlaybackSessionOptions;
  private _snapshot: IPlaybackSnapshot | null = null;
  private _reportedAt = Number.NEGATIVE_INFINITY;

  constructor(options: IPlaybackSessionOptions) {
    this._options = options;
  }

  /** What is being played; null before the first start. */
  get snapshot(): IPlaybackSnapshot | null {
    return this._snapshot;
  }

  /** Begins an item; allowed when nothing is being played. */
  async start(item: IMediaItem, positionMs = 0): Promise<Result<IPlaybackSnapshot>> {
    const allowed = checkAction('start', this._snapshot?.state ?? 'idle');
    if (!allowed.ok) return allowed;
    const position = clampPosition(item, positionMs);
    if (!position.ok) return position;
    return this._report(this._snapshotOf(item, 'playing', position.value));
  }

  /** Tells how far the player is; the server hears of it every ten seconds, listeners each time. */
  async progress(positionMs: number): Promise<Result<IPlaybackSnapshot>> {
    const current = this._currentFor('progress');
    if (!current.ok) return current;
    const position = clampPosition(current.value.item, positionMs);
    if (!position.ok) return position;
    const next = this._snapshotOf(current.value.item, 'playing', position.value);
    if (next.at - this._reportedAt < TIMELINE_INTERVAL_MS) return ok(this._accept(next));
    return this._report(next);
  }

  /** Playing becomes paused. */
  async pause(): Promise<Result<IPlaybackSnapshot>> {
    return this._change('pause', 'paused');
  }

  /** Paused becomes playing. */
  async resume(): Promise<Result<IPlaybackSnapshot>> {
    return this._change('resume', 'playing');
  }

  /** Ends the item; another may start. */
  async stop(): Promise<Result<IPlaybackSnapshot>> {
    return this._change('stop', 'stopped');
  }

  private async _change(action: Action, state: PlaybackState): Promise<Result<IPlaybackSnapshot>> {
    const current = this._currentFor(action);
    if (!current.ok) return current;
    return this._report(this._snapshotOf(current.value.item, state, current.value.positionMs));
  }

  private _currentFor(action: Action): Result<IPlaybackSnapshot> {
    const allowed = checkAction(action, this._snapshot?.state ?? 'idle');
    if (!allowed.ok) return allowed;
    if (this._snapshot === null) return fail('invalid-state', 'Nothing was started.');
    return ok(this._snapshot);
  }

  private _snapshotOf(
    item: IMediaItem,
    state: PlaybackState,
    positionMs: number,
  ): IPlaybackSnapshot {
    return { item, state, positionMs, at: this._options.clock.now() };
  }

  /** The server first: what it refuses changes nothing here. */
  private async _report(next: IPlaybackSnapshot): Promise<Result<IPlaybackSnapshot>> {
    const headers = this._options.auth.authHeaders();
    if (!headers.ok) return headers;
    const reported = await this._options.http.get(TIMELINE_PATH, () => ok(undefined), {
      query: timelineQuery(next),
      headers: headers.value,
    });
    if (!reported.ok) return reported;
    this._reportedAt = next.at;
    return ok(this._accept(next));
  }

  private _accept(next: IPlaybackSnapshot): IPlaybackSnapshot {
    this._snapshot = next;
    this._options.events.emit('playback:changed', next);
    return next;
  }
}
