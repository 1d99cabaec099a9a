/** What is left to chance in a run, handed in so that the run can be played again. */
export interface Chance {
  /** A UUID v4. */
  newSessionId(): string;
  /** A whole number, `least` or more and less than `most`. */
  between(least: number, most: number): number;
}
