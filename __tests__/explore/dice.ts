import type { Chance } from '../../src/domain/chance.ts';

/** Chance that falls the same way in every play, so that a seed says all there is to say. */
export class Dice implements Chance {
  private thrown = 0;

  newSessionId(): string {
    this.thrown += 1;
    return `00000000-0000-4000-8000-${String(this.thrown).padStart(12, '0')}`;
  }

  between(least: number): number {
    return least;
  }

  /** How often it was thrown, which is where it goes on from. */
  get at(): number {
    return this.thrown;
  }

  setTo(thrown: number): void {
    this.thrown = thrown;
  }
}
