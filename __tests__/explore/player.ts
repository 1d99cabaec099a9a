import { createHash } from 'node:crypto';
import type { Call } from '../../simulator/call-log.ts';
import { injectFault } from '../../simulator/faults.ts';
import { encodeResult } from '../../src/verification/handoff.ts';
import { startEngine, type Engine } from '../support/engine.ts';
import { runJob, SCHEDULE, writesOf, type Happening } from '../support/engine-run.ts';
import { green } from '../support/verification-results.ts';
import { BLOWS, type BlowName } from './blows.ts';
import { FakeClock } from './clock.ts';
import { imageOf, type Image } from './image.ts';
import { configOf, type Scenario } from './scenarios.ts';

/** One fault at one call; calls count from 1 since the scenario's first event. */
export interface Strike {
  readonly at: number;
  readonly blow: BlowName;
}

export type Schedule = readonly Strike[];

/** How a play went. */
export interface Play {
  /** Every call, in order, with the job that made it. */
  readonly trace: readonly Traced[];
  /** Whether a sweep came to write nothing. */
  readonly quiet: boolean;
  /** How many calls were made before the sweep that wrote nothing. */
  readonly busy: number;
  /** The world at the end; null where the play was left at a world from which it is known to converge. */
  readonly image: Image | null;
  /** What the world was known by wherever no fault was to come any more. */
  readonly keys: readonly string[];
  /** Why jobs failed. */
  readonly failures: readonly string[];
}

export interface Traced {
  readonly job: string;
  readonly what: string;
  readonly access: Call['access'];
}

/** GitHub takes about that long for a call, and a runner for a job to begin. */
const CALL_MS = 200;
const JOB_MS = 5000;
const SWEEP_MS = 3_600_000;
/** As many sweeps must be enough for whatever is left. */
const MAX_SWEEPS = 6;

/** A scenario, prepared once and played from there again and again. */
export class Player {
  readonly scenario: Scenario;
  private readonly engine: Engine;
  private readonly clock: FakeClock;
  private readonly begin: number;
  /** The scenario's events, as they arrive. */
  readonly events: readonly Happening[];
  private readonly restore: () => Promise<void>;
  private readonly fetch = globalThis.fetch.bind(globalThis);

  private constructor(
    scenario: Scenario,
    engine: Engine,
    clock: FakeClock,
    events: readonly Happening[],
  ) {
    this.scenario = scenario;
    this.engine = engine;
    this.clock = clock;
    this.events = events;
    this.begin = clock.now();
    this.restore = engine.sim.checkpoint();
  }

  static async prepare(scenario: Scenario): Promise<Player> {
    const time = new FakeClock();
    const engine = await startEngine({ config: configOf(scenario), time });
    await scenario.given(engine);
    engine.news();
    await scenario.when(engine);
    const events = engine.news();
    return new Player(scenario, engine, time, scenario.eventless === true ? [] : events);
  }

  /** Plays with those faults, then without, until a sweep writes nothing; `known` ends it early. */
  async play(
    schedule: Schedule,
    known: ReadonlySet<string> = new Set(),
    events = this.events,
  ): Promise<Play> {
    await this.restore();
    this.clock.setTo(this.begin);
    globalThis.fetch = this.fetch;
    this.engine.news();
    const take = new Take(this.engine, this.clock, this.scenario, schedule);
    try {
      return await take.run(events, known);
    } finally {
      take.end();
      globalThis.fetch = this.fetch;
    }
  }

  /** Endpoints and fields that were asked for and are not simulated. */
  unknown(): readonly unknown[] {
    return this.engine.sim.unknown;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }
}

/** One play under way. */
class Take {
  private readonly engine: Engine;
  private readonly clock: FakeClock;
  private readonly scenario: Scenario;
  private readonly schedule: Schedule;
  private readonly made: { readonly job: string; readonly call: Call }[] = [];
  private readonly numbers = new WeakMap<Call, number>();
  private readonly failures: string[] = [];
  private readonly keys: string[] = [];
  private readonly undo: (() => void)[];
  private counted = 0;
  private jobName = '';
  private die: (() => void) | null = null;

  constructor(engine: Engine, clock: FakeClock, scenario: Scenario, schedule: Schedule) {
    this.engine = engine;
    this.clock = clock;
    this.scenario = scenario;
    this.schedule = schedule;
    this.undo = [engine.sim.intercept(this.counter()), ...schedule.map((one) => this.arm(one))];
  }

  async run(events: readonly Happening[], known: ReadonlySet<string>): Promise<Play> {
    let busy = 0;
    if (await this.deliver([...events], known))
      return this.finish({ image: null, quiet: true, busy });
    for (let sweep = 1; sweep <= MAX_SWEEPS; sweep += 1) {
      busy = this.counted;
      await this.clock.sleep(SWEEP_MS);
      const from = this.engine.sim.calls.length;
      if (await this.deliver([SCHEDULE], known))
        return this.finish({ image: null, quiet: true, busy });
      const writes = writesOf(this.engine.sim.calls.slice(from));
      if (writes.length > 0 || this.isPending()) continue;
      return this.finish({ image: await imageOf(this.engine), quiet: true, busy });
    }
    return this.finish({ image: await imageOf(this.engine), quiet: false, busy });
  }

  end(): void {
    for (const undo of this.undo) undo();
  }

  private finish(end: Pick<Play, 'image' | 'quiet' | 'busy'>): Play {
    const { keys, failures } = this;
    const trace = this.made.map(({ job, call }) => ({ job, ...describe(call) }));
    return { ...end, trace, keys, failures };
  }

  /** Whether a fault is still to come. */
  private isPending(): boolean {
    return this.schedule.some(({ at }) => at > this.counted);
  }

  /** Runs the workflow for each, and for what they cause; true where the world is known to converge from here. */
  private async deliver(queue: Happening[], known: ReadonlySet<string>): Promise<boolean> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await this.workflow(next);
      queue.push(...this.engine.news());
      if (this.isPending()) continue;
      const key = await this.keyOf(queue);
      if (known.has(key)) return true;
      this.keys.push(key);
    }
    return false;
  }

  private async keyOf(queue: readonly Happening[]): Promise<string> {
    const pending = queue.map(({ name, payload }) => [name, actionOf(payload)]);
    const text = JSON.stringify(pending) + (await imageOf(this.engine)).exact;
    return createHash('sha1').update(text).digest('base64');
  }

  /** Both jobs; the second runs whatever became of the first, as the workflow says. */
  private async workflow(happening: Happening): Promise<void> {
    const plan = await this.job('plan', { happening });
    const first = plan?.planned[0];
    const result = first === undefined ? null : (this.scenario.verify ?? green)(first);
    const verification = result === null ? '' : encodeResult(result);
    await this.job('orchestrate', { happening, verification, plan: plan?.outputs['plan'] ?? '' });
  }

  private async job(
    mode: 'plan' | 'orchestrate',
    job: { happening: Happening; plan?: string; verification?: string },
  ) {
    await this.clock.sleep(JOB_MS);
    this.jobName = `${mode} ${job.happening.name}`;
    const died = new Promise<null>((resolve) => {
      this.die = () => {
        this.failures.push(`${this.jobName}: died`);
        resolve(null);
      };
    });
    const ran = runJob(this.engine, { mode, ...job }).catch((error: unknown) => {
      this.failures.push(
        `${this.jobName}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return null;
    });
    return Promise.race([ran, died]);
  }

  private counter() {
    return {
      before: (call: Call) => {
        this.counted += 1;
        this.numbers.set(call, this.counted);
        this.made.push({ job: this.jobName, call });
        void this.clock.sleep(CALL_MS);
        return undefined;
      },
    };
  }

  private arm({ at, blow: name }: Strike): () => void {
    const blow = BLOWS[name];
    const { sim } = this.engine;
    const meets = (call: Call): boolean => this.numbers.get(call) === at;
    if (blow.kind !== 'death') return injectFault(sim, this.clock, blow, meets);
    // A process that died neither hears an answer nor asks again: it hangs where it was.
    const gone = (): Promise<never> => {
      this.die?.();
      return new Promise(() => undefined);
    };
    return sim.intercept({
      before: (call) => (blow.when === 'before' && meets(call) ? gone() : undefined),
      after: (call) => (blow.when === 'after' && meets(call) ? gone() : undefined),
    });
  }
}

function actionOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'action' in payload
    ? payload.action
    : null;
}

/** A call that was cut off before GitHub looked at it is known by its document alone. */
function describe(call: Call): Omit<Traced, 'job'> {
  if (call.kind === 'rest')
    return { what: `${call.method} ${call.route ?? call.path}`, access: call.access };
  const document = JSON.stringify(call.body);
  const access = /"query":"(?:\\n|\s)*mutation/u.test(document) ? 'write' : 'read';
  const fields = [...document.matchAll(/\b(\w+)\(input:/gu)].map(([, name = '']) => name);
  const name = /(?:query|mutation) (\w+)/u.exec(document)?.[1] ?? '';
  return { what: fields.length > 0 ? fields.join(' + ') : name, access };
}
