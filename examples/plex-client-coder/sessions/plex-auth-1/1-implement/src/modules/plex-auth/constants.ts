/** Where PINs are made and looked at, below `https://plex.tv`. */
export const PINS_PATH = '/api/v2/pins';

/** The page on which a person approves a PIN. */
export const AUTHORIZATION_PAGE = 'https://app.plex.tv/auth';

/** The wait between two looks at a PIN. */
export const POLL_INTERVAL_MS = 1_000;

/** The header that carries the token. */
export const TOKEN_HEADER = 'X-Plex-Token';
