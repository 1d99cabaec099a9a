/** What plex.tv says of a PIN that was looked at. */
export type PinStatus = {
  /** Null until the PIN is approved. */
  readonly authToken: string | null;
};
