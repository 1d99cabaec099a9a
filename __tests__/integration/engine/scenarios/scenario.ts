import { expect } from '@jest/globals';
import type { RepositorySeed } from '../../../../simulator/seed.ts';
import type { Cause, EdgeId } from '../../../../src/decide/transitions.ts';
import type { Status } from '../../../../src/domain/implementation-state.ts';
import { startEngine, type Engine } from '../../../support/engine.ts';
import { configFile } from '../../../support/engine-repository.ts';
import { SCHEDULE, writesOf, type Happening } from '../../../support/engine-run.ts';
import type { Verifier } from '../../../support/verification-results.ts';

/** A way along an edge of the transition table, from one trigger that can cause it, played on the simulator. */
export interface Scenario {
  /** A sentence. */
  readonly name: string;
  readonly edge: EdgeId;
  readonly from: Status;
  readonly cause: Cause;
  /** Options at the top of the config. */
  readonly config?: string;
  readonly seed?: Partial<RepositorySeed>;
  /** All that happened before, with the workflow run for it. */
  readonly given: (engine: Engine) => Promise<unknown>;
  /** What somebody does. */
  readonly when: (engine: Engine) => Promise<unknown>;
  readonly verify?: Verifier;
  /** What the state's log says of it. */
  readonly moved: string;
  /** Every write of the run. */
  readonly writes: readonly string[];
  /** The run fails, and says so. */
  readonly fails?: true;
  /** The same event once more is a new wish: a dispatch has its head verified again. */
  readonly asksAnew?: true;
}

/** The events that a cause comes as; whatever else happened is lost. */
const EVENTS: Readonly<Record<Cause, readonly string[]>> = {
  label: ['issues'],
  comment: ['issue_comment'],
  push: ['push'],
  'pull-request': ['pull_request_target'],
  issue: ['issues'],
  dispatch: ['workflow_dispatch', 'repository_dispatch'],
  schedule: [],
  'lost-label': [],
  'lost-comment': [],
  any: ['issues'],
};

/** Plays a scenario and returns what it wrote; the same event again, and the sweep after it, must write nothing. */
export async function play(scenario: Scenario): Promise<{
  readonly writes: readonly string[];
  readonly log: readonly string[];
}> {
  const { config = '', seed, verify, cause } = scenario;
  const engine = await startEngine({
    config: configFile({ top: config }),
    ...(seed === undefined ? {} : { seed }),
  });
  try {
    await scenario.given(engine);
    engine.news();
    const before = (await engine.log()).length;
    await scenario.when(engine);
    const happenings = happeningsOf(engine, cause);
    const options = verify === undefined ? {} : { verify };
    const from = engine.sim.calls.length;
    for (const happening of happenings) {
      const run = engine.run(happening, options);
      if (scenario.fails === true) await expect(run).rejects.toThrow();
      else await run;
    }
    const writes = writesOf(engine.sim.calls.slice(from));
    const log = (await engine.log()).slice(before);
    if (scenario.asksAnew !== true && scenario.fails !== true) {
      for (const happening of happenings) await isQuiet(engine, happening);
    }
    await isQuiet(engine, SCHEDULE);
    return { writes, log };
  } finally {
    await engine.close();
  }
}

async function isQuiet(engine: Engine, happening: Happening): Promise<void> {
  const { writes } = await engine.run(happening);
  expect({ happening: happening.name, writes }).toEqual({ happening: happening.name, writes: [] });
}

/** What of the news tells of that cause: a sweep where nothing does. */
export function happeningsOf(engine: Engine, cause: Cause): readonly Happening[] {
  const news = engine.news();
  if (EVENTS[cause].length === 0) return [SCHEDULE];
  const heard = news.filter(({ name }) => EVENTS[cause].includes(name));
  if (heard.length > 0) return heard;
  // The example's workflow asks for no `repository_dispatch`.
  return [engine.latest('repository_dispatch')];
}
