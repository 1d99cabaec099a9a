/** From this part of an item on it counts as watched. */
export const WATCHED_FRACTION = 0.9;

/** Below this part an item was opened rather than begun. */
export const BEGUN_FRACTION = 0.02;

/** Entries that are listed unless the caller says otherwise. */
export const DEFAULT_LIMIT = 20;

/** The plug-in that scrobbling addresses. */
export const LIBRARY_IDENTIFIER = 'com.plexapp.plugins.library';

export const SCROBBLE_PATH = '/:/scrobble';
export const UNSCROBBLE_PATH = '/:/unscrobble';
export const HISTORY_PATH = '/status/sessions/history/all';
