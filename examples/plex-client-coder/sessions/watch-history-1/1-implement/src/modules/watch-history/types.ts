/** One entry of the server's history. */
export type HistoryEntry = {
  readonly ratingKey: string;
  /** Milliseconds since the epoch. */
  readonly viewedAt: number;
};
