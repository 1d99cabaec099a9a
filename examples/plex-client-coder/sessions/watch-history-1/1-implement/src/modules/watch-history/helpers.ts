import { fail, ok } from '../../result.js';
import type { IPlaybackSnapshot, IWatchProgress, Result } from '../../types/index.js';
import { BEGUN_FRACTION, WATCHED_FRACTION } from './constants.js';
import type { HistoryEntry } from './types.js';

/** How far a snapshot is; null where the item's length is unknown. */
export function progressOf(snapshot: IPlaybackSnapshot): IWatchProgress | null {
  const { item, positionMs } = snapshot;
  if (item.durationMs <= 0) return null;
  return { item, positionMs, fraction: positionMs / item.durationMs };
}

/** Begun, and not yet watched. */
export function isUnderWay({ fraction }: IWatchProgress): boolean {
  return fraction >= BEGUN_FRACTION && fraction < WATCHED_FRACTION;
}

/** Fails where a limit is not a positive whole number. */
export function checkLimit(limit: number): Result<void> {
  if (Number.isInteger(limit) && limit > 0) return ok(undefined);
  return fail('invalid-argument', `${limit} is not a limit.`);
}

/** Reads the server's history, whose times are in seconds; entries without an item are left out. */
export function parseHistory(body: unknown): Result<readonly HistoryEntry[]> {
  const container = isRecord(body) ? body['MediaContainer'] : undefined;
  if (!isRecord(container)) {
    return fail('invalid-response', 'History: the answer has no MediaContainer.');
  }
  const entries: HistoryEntry[] = [];
  const { Metadata: list } = container;
  for (const entry of Array.isArray(list) ? list : []) {
    const { ratingKey, viewedAt } = isRecord(entry) ? entry : {};
    if (typeof ratingKey !== 'string' || typeof viewedAt !== 'number') continue;
    entries.push({ ratingKey, viewedAt: viewedAt * 1_000 });
  }
  return ok(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
