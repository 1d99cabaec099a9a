export { WatchHistory } from './WatchHistory.js';
export type { IWatchHistory, IWatchHistoryOptions } from './interfaces.js';
