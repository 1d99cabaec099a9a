import type { Call } from '../../simulator/call-log.ts';
import { injectFault } from '../../simulator/faults.ts';
import type { Engine } from '../support/engine.ts';
import { runJob, writesOf, type Happening, type Ran } from '../support/engine-run.ts';
import { BLOWS, type BlowName } from './blows.ts';
import type { FakeClock } from './clock.ts';

/** One fault at one call; calls count from 1 since the scenario's first event. */
export interface Strike {
  readonly at: number;
  readonly blow: BlowName;
}

export type Schedule = readonly Strike[];

/** A job that is to run: the first of a workflow run, or its second with what the first handed on. */
export type Due =
  | { readonly mode: 'plan'; readonly happening: Happening }
  | {
      readonly mode: 'orchestrate';
      readonly happening: Happening;
      readonly plan: string;
      readonly verification: string;
    };

export interface Traced {
  readonly job: string;
  readonly what: string;
  readonly access: Call['access'];
}

interface Taken {
  /** What the job came to; null where it failed. */
  readonly ran: Ran | null;
  readonly failure: string | null;
  readonly trace: readonly Traced[];
  readonly wrote: boolean;
}

/** GitHub takes about that long for a call, and a runner for a job to begin. */
const CALL_MS = 200;
const JOB_MS = 5000;

/** One job under way, with the faults that meet it. */
export class JobTake {
  private readonly engine: Engine;
  private readonly clock: FakeClock;
  private readonly schedule: Schedule;
  private readonly after: number;
  private readonly made: Call[] = [];
  private died: (() => void) | null = null;
  private dead = false;

  /** `after` so many calls of earlier jobs. */
  constructor(
    engine: Engine,
    clock: FakeClock,
    { schedule, after }: { readonly schedule: Schedule; readonly after: number },
  ) {
    this.engine = engine;
    this.clock = clock;
    this.schedule = schedule;
    this.after = after;
  }

  async play(due: Due): Promise<Taken> {
    await this.clock.sleep(JOB_MS);
    const { sim } = this.engine;
    const undo = [sim.intercept(this.counter()), ...this.schedule.map((one) => this.arm(one))];
    const job = `${due.mode} ${due.happening.name}`;
    try {
      const { ran, failure } = await this.toItsEnd(due);
      return {
        ran,
        failure: failure === null ? null : `${job}: ${failure}`,
        trace: this.made.map((call) => ({ job, ...describe(call) })),
        wrote: writesOf(this.made).length > 0,
      };
    } finally {
      for (const one of undo) one();
    }
  }

  private async toItsEnd(due: Due): Promise<Pick<Taken, 'ran' | 'failure'>> {
    const death = new Promise<Pick<Taken, 'ran' | 'failure'>>((resolve) => {
      this.died = () => {
        resolve({ ran: null, failure: 'died' });
      };
    });
    const life = runJob(this.engine, due).then(
      (ran) => ({ ran, failure: null }),
      (error: unknown) => ({
        ran: null,
        failure: error instanceof Error ? error.message : String(error),
      }),
    );
    return Promise.race([life, death]);
  }

  private counter() {
    return {
      before: (call: Call) => {
        if (this.dead) return NEVER;
        this.made.push(call);
        void this.clock.sleep(CALL_MS);
        return undefined;
      },
    };
  }

  private arm({ at, blow: name }: Strike): () => void {
    const blow = BLOWS[name];
    const { sim } = this.engine;
    const meets = (call: Call): boolean => this.made[at - this.after - 1] === call;
    if (blow.kind !== 'death') return injectFault(sim, this.clock, blow, meets);
    return sim.intercept({
      before: (call) => (blow.when === 'before' && meets(call) ? this.die() : undefined),
      after: (call) => (blow.when === 'after' && meets(call) ? this.die() : undefined),
    });
  }

  /** A process that died neither hears an answer nor asks again: it hangs where it was. */
  private die(): Promise<never> {
    this.dead = true;
    this.died?.();
    return NEVER;
  }
}

const NEVER = new Promise<never>(() => undefined);

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
