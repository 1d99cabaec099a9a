import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Call } from '../../../simulator/call-log.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import type { Time } from '../../../src/domain/time.ts';

interface Waiting {
  readonly run: number;
  /** Null: it sleeps. */
  readonly call: Call | null;
  /** When it may go on. */
  readonly from: number;
  readonly enter: () => void;
}

/** GitHub takes about that long for a request. */
const CALL_MS = 200;

/**
 * Lets runs of this process go on one request at a time: whenever each of them stands before its next one or sleeps,
 * `pick` says which is let through, and nothing else moves until it is answered. Its clock goes on with the requests,
 * or to the first sleeper's end where nobody asks for anything.
 */
export class Turnstile implements Time {
  private readonly who = new AsyncLocalStorage<number>();
  private readonly live = new Set<number>();
  private readonly answered = new Map<Call, () => void>();
  private waiting: readonly Waiting[] = [];
  private at: number;

  constructor(begin: number) {
    this.at = begin;
  }

  now(): number {
    return this.at;
  }

  async sleep(milliseconds: number): Promise<void> {
    const run = this.who.getStore();
    if (run === undefined) this.at += milliseconds;
    else await this.stand({ run, call: null, from: this.at + milliseconds });
  }

  setTo(at: number): void {
    this.at = at;
  }

  /** Plays them to their ends. */
  async play<T>(
    sim: Simulator,
    runs: readonly (() => Promise<T>)[],
    pick: (among: number) => number,
  ): Promise<readonly T[]> {
    const undo = sim.intercept({
      before: async (call) => {
        const run = this.who.getStore();
        if (run !== undefined) await this.stand({ run, call, from: this.at });
        return undefined;
      },
      after: (call) => {
        this.answered.get(call)?.();
        return undefined;
      },
    });
    const ends = runs.map((run, index) => {
      this.live.add(index);
      return this.who.run(index, () => run().finally(() => this.live.delete(index)));
    });
    try {
      await this.turn(pick);
      return await Promise.all(ends);
    } finally {
      undo();
    }
  }

  private stand(waiting: Omit<Waiting, 'enter'>): Promise<void> {
    return new Promise((enter) => {
      this.waiting = [...this.waiting, { ...waiting, enter }];
    });
  }

  private async turn(pick: (among: number) => number): Promise<void> {
    for (;;) {
      await this.settled();
      if (this.live.size === 0) return;
      const first = Math.min(...this.waiting.map(({ from }) => from));
      this.at = Math.max(this.at, first);
      const ready = this.waiting.filter(({ from }) => from <= this.at);
      const next = ready[pick(ready.length)];
      if (next === undefined) continue;
      this.waiting = this.waiting.filter((one) => one !== next);
      await this.letIn(next);
    }
  }

  private async letIn({ call, enter }: Waiting): Promise<void> {
    if (call === null) {
      enter();
      return;
    }
    const answer = new Promise<void>((resolve) => this.answered.set(call, resolve));
    enter();
    await answer;
    this.answered.delete(call);
    this.at += CALL_MS;
  }

  /** Until every run that has not ended stands before a request, or sleeps. */
  private async settled(): Promise<void> {
    do {
      await setImmediate();
    } while ([...this.live].some((run) => !this.waiting.some((one) => one.run === run)));
  }
}
