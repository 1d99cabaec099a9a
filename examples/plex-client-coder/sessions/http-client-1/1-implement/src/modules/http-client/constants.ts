/** How long one try may take. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** Tries of a GET, the first one included. */
export const DEFAULT_MAX_ATTEMPTS = 3;

/** The wait before the second try; it doubles before each further one. */
export const BASE_DELAY_MS = 250;

/** The longest wait between two tries, also where `Retry-After` asks for more. */
export const MAX_DELAY_MS = 10_000;

/** Statuses that say "later": too many requests, and a gateway or server that is not ready. */
export const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);
