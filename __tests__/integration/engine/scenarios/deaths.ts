import { startEngine, type Engine } from '../../../support/engine.ts';
import { configFile } from '../../../support/engine-repository.ts';
import { SCHEDULE, type Happening } from '../../../support/engine-run.ts';
import { worldOf } from '../../../support/engine-world.ts';
import { happeningsOf, type Scenario } from './scenario.ts';

/** What became of a run, the same event again, and sweeps until one writes nothing. */
interface Ended {
  readonly world: unknown;
  /** How many writes the run made before it ended or died. */
  readonly writes: number;
  readonly isQuiet: boolean;
}

const MAX_SWEEPS = 4;

/** A scenario that is prepared once, and played with its run dying after whichever write. */
export class Deaths {
  private readonly scenario: Scenario;
  private readonly engine: Engine;
  private readonly happenings: readonly Happening[];
  private readonly restore: () => void;

  private constructor(scenario: Scenario, engine: Engine) {
    this.scenario = scenario;
    this.engine = engine;
    this.happenings = happeningsOf(engine, scenario.cause);
    this.restore = engine.sim.checkpoint();
  }

  static async prepare(scenario: Scenario): Promise<Deaths> {
    const { config = '', seed } = scenario;
    const engine = await startEngine({
      config: configFile({ top: config }),
      ...(seed === undefined ? {} : { seed }),
    });
    await scenario.given(engine);
    engine.news();
    await scenario.when(engine);
    return new Deaths(scenario, engine);
  }

  /** `write` counts from 1; null where the run lives. */
  async after(write: number | null): Promise<Ended> {
    const { engine, happenings } = this;
    this.restore();
    engine.news();
    const writes = await this.cutAfter(write);
    for (const happening of write === null ? [] : happenings) await this.run(happening);
    let isQuiet = false;
    for (let sweeps = 0; sweeps < MAX_SWEEPS && !isQuiet; sweeps += 1) {
      await engine.deliver(this.options()).catch(() => undefined);
      isQuiet = (await this.run(SCHEDULE)) === 0;
    }
    return { world: comparable(await worldOf(engine, FORGOTTEN)), writes, isQuiet };
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  private async cutAfter(write: number | null): Promise<number> {
    let writes = 0;
    const isDead = (): boolean => write !== null && writes >= write;
    const die = (): undefined => {
      if (isDead()) throw new Error('The process died.');
      return undefined;
    };
    const undo = this.engine.sim.intercept({
      before: die,
      after: (call) => {
        if (call.access === 'write') writes += 1;
        die();
        return undefined;
      },
    });
    for (const happening of this.happenings) await this.run(happening);
    undo();
    return writes;
  }

  /** How much it wrote; a run that failed wrote what a later one makes good. */
  private async run(happening: Happening): Promise<number> {
    const run = this.engine.run(happening, this.options());
    return run.then(
      ({ writes }) => writes.length,
      () => 0,
    );
  }

  private options() {
    const { verify } = this.scenario;
    return verify === undefined ? {} : { verify };
  }
}

/**
 * What only the run that died knew: who stopped a session, its evidence, and that it had announced what the next
 * attempt's start, or the open escalation, tells as well (docs/reliability.md, "What the comparison lets pass").
 */
const REST = String.raw`(?:[^"\\]|\\.)*`;
const FORGOTTEN = new RegExp(
  [
    `(?<=<!-- sessionwright:escalation [^>]*-->)${REST}`,
    String.raw`(?<=### Verification: [^\\"]*)\\n${REST}`,
    String.raw`github-actions\[bot\]: ${REST}key=(?:resumed|timed-out|blocked-again)${REST}`,
  ].join('|'),
  'gu',
);

/** In no order, and once each: a head that is verified again has its check followed by another. */
function comparable(world: unknown): unknown {
  if (Array.isArray(world)) {
    const kept: readonly unknown[] = world.filter((part) => part !== '');
    const parts = kept.map((part) => JSON.stringify(comparable(part)));
    return [...new Set(parts)].sort();
  }
  if (typeof world !== 'object' || world === null) return world;
  return Object.fromEntries(
    Object.entries(world).map(([key, value]) => [key, comparable(value)] as const),
  );
}
