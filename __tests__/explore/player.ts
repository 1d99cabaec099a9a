import { encodeResult } from '../../src/verification/handoff.ts';
import { startEngine, type Engine } from '../support/engine.ts';
import { SCHEDULE, type Happening, type Ran } from '../support/engine-run.ts';
import { green } from '../support/verification-results.ts';
import { FakeClock } from './clock.ts';
import { Dice } from './dice.ts';
import { keyOf, nameOfHappening } from './image.ts';
import { JobTake, type Due, type Schedule, type Traced } from './job-take.ts';
import { configOf, type Scenario } from './scenarios.ts';

/** Where a play stands between two jobs. */
export interface Place {
  /** The same for two places from which the same follows. */
  readonly key: string;
  /** What runs next; where that is nothing, a sweep does. */
  readonly due: readonly Due[];
  /** How many calls were made, and how many sweeps begun, on the way here. */
  readonly calls: number;
  readonly sweeps: number;
  readonly restore: () => void;
}

/** One job, from a place to the next. */
export interface Step {
  readonly trace: readonly Traced[];
  /** Why the job failed, or null. */
  readonly failure: string | null;
  readonly wrote: boolean;
  readonly to: Place;
}

/** How a play went. */
export interface Play {
  /** Every call, in order, with the job that made it. */
  readonly trace: readonly Traced[];
  /** Whether a sweep came to write nothing. */
  readonly quiet: boolean;
  /** Why jobs failed. */
  readonly failures: readonly string[];
  readonly end: Place;
}

const SWEEP_MS = 3_600_000;
/** As many sweeps must be enough for whatever is left. */
export const MAX_SWEEPS = 6;

/** A scenario, prepared once and played from any place in it again and again. */
export class Player {
  readonly scenario: Scenario;
  /** The scenario's events, as they arrive. */
  readonly events: readonly Happening[];
  readonly engine: Engine;
  private readonly clock: FakeClock;
  private readonly dice: Dice;
  private readonly start: Pick<Place, 'restore'>;
  private readonly quiet = new Map<string, boolean>();
  private readonly fetch = globalThis.fetch.bind(globalThis);
  private at: Pick<Place, 'restore'> | null = null;

  private constructor(
    scenario: Scenario,
    engine: Engine,
    { clock, dice }: { readonly clock: FakeClock; readonly dice: Dice },
    events: readonly Happening[],
  ) {
    this.scenario = scenario;
    this.engine = engine;
    this.clock = clock;
    this.dice = dice;
    this.events = events;
    this.start = { restore: this.checkpoint() };
  }

  static async prepare(scenario: Scenario): Promise<Player> {
    const [clock, dice] = [new FakeClock(), new Dice()];
    const engine = await startEngine({ config: configOf(scenario), time: clock, chance: dice });
    await scenario.given(engine);
    engine.news();
    await scenario.when(engine);
    const events = engine.news();
    const heard = scenario.eventless === true ? [] : events;
    return new Player(scenario, engine, { clock, dice }, heard);
  }

  /** Where the scenario's events, or those given, are about to arrive. */
  async begin(events = this.events): Promise<Place> {
    this.goTo(this.start);
    return this.placeAt({ due: events.map(arriving), calls: 0, sweeps: 0 });
  }

  /** Plays the job that is next there; of the schedule only what falls into it strikes. */
  async step(from: Place, schedule: Schedule): Promise<Step> {
    this.goTo(from);
    this.at = null;
    const [next, ...later] = from.due;
    if (next === undefined) await this.clock.sleep(SWEEP_MS);
    const due = next ?? arriving(SCHEDULE);
    const take = new JobTake(this.engine, this.clock, { schedule, after: from.calls });
    const { ran, failure, trace, wrote } = await take.play(due);
    globalThis.fetch = this.fetch;
    const follows = due.mode === 'plan' ? [this.secondJob(due.happening, ran)] : [];
    const to = await this.placeAt({
      due: [...follows, ...later, ...this.engine.news().map(arriving)],
      calls: from.calls + trace.length,
      sweeps: from.sweeps + (next === undefined ? 1 : 0),
    });
    return { trace, failure, wrote, to };
  }

  /** Whether nothing is due there, and a sweep without faults writes nothing. */
  async isQuiet(place: Place): Promise<boolean> {
    if (place.due.length > 0) return false;
    const known = this.quiet.get(place.key);
    if (known !== undefined) return known;
    const plan = await this.step(place, []);
    const done = await this.step(plan.to, []);
    const isQuiet = ![plan, done].some(({ wrote, failure }) => wrote || failure !== null);
    this.quiet.set(place.key, isQuiet && done.to.due.length === 0);
    return isQuiet && done.to.due.length === 0;
  }

  /** Plays with those faults, then without, until a sweep writes nothing. */
  async play(schedule: Schedule): Promise<Play> {
    const steps: Step[] = [];
    let end = await this.begin();
    while (end.sweeps < MAX_SWEEPS && !(await this.isQuiet(end))) {
      const step = await this.step(end, schedule);
      steps.push(step);
      end = step.to;
    }
    const trace = steps.flatMap((step) => step.trace);
    const failures = steps.flatMap(({ failure }) => failure ?? []);
    return { trace, failures, end, quiet: await this.isQuiet(end) };
  }

  goTo(place: Pick<Place, 'restore'>): void {
    if (this.at !== place) place.restore();
    this.at = place;
  }

  /** Endpoints and fields that were asked for and are not simulated. */
  unknown(): readonly unknown[] {
    return this.engine.sim.unknown;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  private checkpoint(): () => void {
    const restore = this.engine.sim.checkpoint();
    const [now, thrown] = [this.clock.now(), this.dice.at];
    return () => {
      restore();
      this.clock.setTo(now);
      this.dice.setTo(thrown);
      this.engine.news();
    };
  }

  /** The world as it is now, with what is due in it. */
  async placeAt(here: Pick<Place, 'due' | 'calls' | 'sweeps'>): Promise<Place> {
    const key = await keyOf(this.engine, here.due.map(describeDue));
    const place = { ...here, key, restore: this.checkpoint() };
    this.at = place;
    return place;
  }

  /** It runs whatever became of the first, as the workflow says. */
  private secondJob(happening: Happening, plan: Ran | null): Due {
    const first = plan?.planned[0];
    const result = first === undefined ? null : (this.scenario.verify ?? green)(first);
    return {
      mode: 'orchestrate',
      happening,
      plan: plan?.outputs['plan'] ?? '',
      verification: result === null ? '' : encodeResult(result),
    };
  }
}

function arriving(happening: Happening): Due {
  return { mode: 'plan', happening };
}

function describeDue({ happening, ...due }: Due): unknown {
  return { ...due, happening: nameOfHappening(happening) };
}
