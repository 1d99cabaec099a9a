export { PlaybackSession } from './PlaybackSession.js';
export type { IPlaybackSession, IPlaybackSessionOptions } from './interfaces.js';
