import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../simulator/call-log.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';

type Name = 'A' | 'B';

/**
 * Lets two runs go on in turns, one at a time, from each request of theirs that reads or writes the state to the next;
 * after the last turn both are free.
 */
class Turns {
  readonly #order: readonly Name[];
  readonly #ended = new Set<Name>();
  #at = -1;
  #wake: (() => void)[] = [];

  constructor(order: readonly Name[]) {
    this.#order = order;
  }

  async boundary(name: Name): Promise<void> {
    this.#arrived.add(name);
    if (this.#at === -1) {
      // The first turn begins once both stand at their first boundary.
      if (this.#arrived.size === 2) this.#next();
    } else if (this.#order[this.#at] === name) this.#next();
    while (!this.#mayGo(name)) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  end(name: Name): void {
    this.#ended.add(name);
    if (this.#order[this.#at] === name) this.#next();
    this.#wakeAll();
  }

  readonly #arrived = new Set<Name>();

  #mayGo(name: Name): boolean {
    const turn = this.#order[this.#at];
    return this.#at >= this.#order.length || turn === name;
  }

  #next(): void {
    this.#at += 1;
    const turn = this.#order[this.#at];
    if (turn !== undefined && this.#ended.has(turn)) this.#next();
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}

/** Every order of five turns; both runs are alike, so that the first is always A's. */
const ORDERS = Array.from({ length: 16 }, (_, bits): readonly Name[] => [
  'A',
  ...[8, 4, 2, 1].map((bit): Name => ((bits & bit) === 0 ? 'A' : 'B')),
]);

describe('two runs of one event, in turns at every request for the state', () => {
  const restore = globalThis.fetch;
  let engine: Engine;
  afterEach(async () => {
    globalThis.fetch = restore;
    await engine.close();
  });

  it.each(ORDERS.map((order) => [order.join(''), order] as const))(
    'in the order %s begin one session and open one issue',
    async (_, order) => {
      engine = await startEngine();
      globalThis.fetch = (input, init) => engine.sim.fetch(input, init);
      await engine.openIssue('Build core', ['session:core']);
      const event = engine.latest('issues', 'labeled');
      const turns = new Turns(order);
      const who = new AsyncLocalStorage<Name>();
      const undo = engine.sim.intercept({
        before: async (call) => {
          const name = who.getStore();
          if (name !== undefined && isOfState(call)) await turns.boundary(name);
          return undefined;
        },
      });
      const run = (name: Name) =>
        who.run(name, () => engine.orchestrate(event).finally(() => turns.end(name)));
      await Promise.all([run('A'), run('B')]);
      undo();
      expect(await harm()).toEqual({ claims: 1, branches: 1, pulls: 1, dashboards: 1, writes: [] });
    },
  );

  async function harm() {
    const issues = [...engine.repo.issues.values()];
    return {
      claims: (await engine.log()).filter((line) => line.includes('→ in-progress')).length,
      branches: engine.repo.git.branches().filter(({ name }) => name.startsWith('session/')).length,
      pulls: issues.filter((issue) => issue.pull !== null).length,
      dashboards: issues.filter((issue) => issue.title === 'Sessionwright dashboard').length,
      writes: (await engine.run(SCHEDULE)).writes,
    };
  }
});

/** The look that reads the state, and what commits it: upon the branch, or as its first commit. */
function isOfState(call: Call): boolean {
  if (call.kind === 'graphql' && call.operations.includes('ground')) return true;
  const body = JSON.stringify([call.body]);
  return (
    body.includes('"branchName":"sessionwright-state"') ||
    body.includes('heads/sessionwright-state"}')
  );
}
