import type { Time } from '../../src/domain/time.ts';

/** Inside a week of no meaning, early enough in the day that no play reaches midnight. */
const BEGIN = Date.UTC(2026, 0, 12, 6);

/** A clock that only moves when somebody sleeps by it. */
export class FakeClock implements Time {
  private at = BEGIN;

  now(): number {
    return this.at;
  }

  sleep(milliseconds: number): Promise<void> {
    this.at += milliseconds;
    return Promise.resolve();
  }

  setTo(at: number): void {
    this.at = at;
  }
}
