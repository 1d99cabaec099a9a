import type { Call } from '../../../simulator/call-log.ts';
import { injectFault, type Fault } from '../../../simulator/faults.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { begin, escalations, reportFile } from '../../support/engine-story.ts';
import { missingType, type Verifier } from '../../support/verification-results.ts';

/** One workflow run whose calls go wrong one after the other: what it is told, and what must have come of it in the end. */
export interface Scene {
  readonly given: (engine: Engine) => Promise<Happening>;
  readonly verify?: Verifier;
  readonly wanted: Ending;
}

/** Of the module `core`. */
export interface Ending {
  readonly status: string;
  readonly pulls: number;
  readonly escalations: number;
  /** What one more sweep writes. */
  readonly writes: readonly string[];
}

export const SCENES: Readonly<Record<string, Scene>> = {
  'a session that starts': {
    given: async (engine) => {
      await engine.openIssue('Build core', ['session:core']);
      return engine.latest('issues', 'labeled');
    },
    wanted: { status: 'in-progress', pulls: 1, escalations: 0, writes: [] },
  },
  'a session that is stopped': {
    given: async (engine) => {
      const { branch } = await begin(engine, 'core');
      const files = { 'src/core/Core.ts': 'export class Core {}\n' };
      await engine.push(branch, { ...files, ...(await reportFile(engine, 'core')) });
      return engine.latest('pull_request', 'synchronize');
    },
    verify: missingType,
    wanted: { status: 'blocked', pulls: 1, escalations: 1, writes: [] },
  },
};

export interface Faulty {
  /** Why the run failed; null where it did its work all the same. */
  readonly error: unknown;
  /** The call that was met. */
  readonly met: Call;
  /** Every call after it, by the same run. */
  readonly after: readonly Call[];
}

/** As a person would name it. */
export function nameOf({ kind, method, path, operations }: Call): string {
  return kind === 'rest' ? `${method} ${path}` : operations.join(' + ');
}

/** A scene's run, prepared once, and played with a fault at whichever call. */
export class EachCall {
  readonly engine: Engine;
  private readonly scene: Scene;
  private readonly event: Happening;
  private readonly restore: () => void;

  private constructor(scene: Scene, engine: Engine, event: Happening) {
    this.scene = scene;
    this.engine = engine;
    this.event = event;
    this.restore = engine.sim.checkpoint();
  }

  static async prepare(scene: Scene): Promise<EachCall> {
    const engine = await startEngine();
    return new EachCall(scene, engine, await scene.given(engine));
  }

  /** How many calls the run makes where nothing goes wrong. */
  async count(): Promise<number> {
    this.restore();
    return (await this.engine.run(this.event, this.options())).calls.length;
  }

  /** The run, with its `nth` call answered by `instead` in place of GitHub. */
  answered(nth: number, instead: (call: Call) => Response): Promise<Faulty> {
    return this.play(nth, (meets) =>
      this.engine.sim.intercept({ before: (call) => (meets(call) ? instead(call) : undefined) }),
    );
  }

  /** The run, with that fault at its `nth` call. */
  befallen(nth: number, fault: Fault): Promise<Faulty> {
    const { sim, time } = this.engine;
    return this.play(nth, (meets) => injectFault(sim, time, fault, meets));
  }

  /** What has come of it, after the next run. */
  async ending(): Promise<Ending> {
    const { engine } = this;
    const options = this.options();
    // Whatever lagged has caught up by then.
    await engine.time.sleep(60_000);
    await engine.run(this.event, options);
    await engine.run(SCHEDULE, options);
    await engine.deliver(options);
    const { writes } = await engine.run(SCHEDULE, options);
    return {
      status: (await engine.state())['core']?.status ?? 'none',
      pulls: [...engine.repo.issues.values()].filter((issue) => issue.pull !== null).length,
      escalations: escalations(engine).length,
      writes,
    };
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  private options() {
    const { verify } = this.scene;
    return verify === undefined ? {} : { verify };
  }

  private async play(
    nth: number,
    arm: (meets: (call: Call) => boolean) => () => void,
  ): Promise<Faulty> {
    this.restore();
    this.engine.news();
    const { calls } = this.engine.sim;
    const from = calls.length;
    const meets = (call: Call): boolean => calls.indexOf(call) === from + nth - 1;
    const undo = arm(meets);
    const error: unknown = await this.engine.run(this.event, this.options()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    undo();
    const [met, ...after] = calls.slice(from + nth - 1);
    if (met === undefined) throw new Error(`There is no call ${String(nth)}.`);
    return { error, met, after };
  }
}
