import type { Action, Phase } from './types.js';

/** Where a server hears how a player is doing. */
export const TIMELINE_PATH = '/:/timeline';

/** Progress reaches the server at most this often. */
export const TIMELINE_INTERVAL_MS = 10_000;

/** The phases in which each action is allowed. */
export const ALLOWED_PHASES: Readonly<Record<Action, readonly Phase[]>> = {
  start: ['idle', 'stopped'],
  progress: ['playing'],
  pause: ['playing'],
  resume: ['paused'],
  stop: ['playing', 'paused'],
};
