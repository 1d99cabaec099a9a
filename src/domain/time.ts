/** The clock and the patience that a run is given, so that tests need none. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
