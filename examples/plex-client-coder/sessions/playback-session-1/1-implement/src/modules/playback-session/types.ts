import type { PlaybackState } from '../../types/index.js';

/** Where a session stands: a state of playback, or `idle` before the first start. */
export type Phase = PlaybackState | 'idle';

/** What a caller may ask of a session. */
export type Action = 'start' | 'progress' | 'pause' | 'resume' | 'stop';
