/** Listeners per event above which a leak is suspected, unless the options say otherwise. */
export const DEFAULT_MAX_LISTENERS = 50;
