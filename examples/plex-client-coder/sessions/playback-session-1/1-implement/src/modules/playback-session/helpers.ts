import { fail, ok } from '../../result.js';
import type { IMediaItem, IPlaybackSnapshot, Result } from '../../types/index.js';
import type { QueryValue } from '../http-client/index.js';
import { ALLOWED_PHASES } from './constants.js';
import type { Action, Phase } from './types.js';

/** Fails where the action does not fit the phase. */
export function checkAction(action: Action, phase: Phase): Result<void> {
  if (ALLOWED_PHASES[action].includes(phase)) return ok(undefined);
  return fail('invalid-state', `Cannot ${action} while ${phase}.`);
}

/** Brings a position into the item; an item of unknown length has no end. */
export function clampPosition(item: IMediaItem, positionMs: number): Result<number> {
  if (!Number.isFinite(positionMs)) {
    return fail('invalid-argument', `${positionMs} is not a position.`);
  }
  const end = item.durationMs > 0 ? item.durationMs : Number.POSITIVE_INFINITY;
  return ok(Math.min(Math.max(0, Math.round(positionMs)), end));
}

/** The query by which a server hears of a snapshot. */
export function timelineQuery(snapshot: IPlaybackSnapshot): Record<string, QueryValue> {
  const { item, state, positionMs } = snapshot;
  return {
    ratingKey: item.ratingKey,
    key: `/library/metadata/${item.ratingKey}`,
    state,
    time: positionMs,
    duration: item.durationMs,
  };
}
