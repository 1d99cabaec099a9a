import type { PlannedRun } from '../../../src/domain/verification.ts';
import { encodeResult } from '../../../src/verification/handoff.ts';
import type { Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { merge, reportFile, sessionOf } from '../../support/engine-story.ts';
import { green, missingType, type Verifier } from '../../support/verification-results.ts';

/** What a run is told: its event, and what its verify job handed on. */
export interface Told {
  readonly happening: Happening;
  readonly plan?: string;
  readonly verification?: string;
}

/** Something that many runs are told of at once. */
export interface Scene {
  readonly config: string;
  /** Brings the repository there; the answer is shared out among the runs. */
  readonly prepare: (engine: Engine) => Promise<readonly Told[]>;
  /** What a verification comes to that runs after them. */
  readonly verify: Verifier;
  /** How each module ends, whatever the order of the runs. */
  readonly wanted: Readonly<Record<string, string>>;
  /** How many escalations there are in the end. */
  readonly escalations: number;
}

const FOUR_ROOTS = `version: 1
parallel-sessions: 4
gates: []
verification:
  - { id: typecheck, name: Type check, run: npx tsc --noEmit, failure: type-error }
deliverables:
  - { path: 'src/[module-name]/[ModuleName].ts', comment: Main class }
modules:
  core: { name: Core, prompt: 1 }
  auth: { name: Auth, prompt: 2 }
  library: { name: Library, prompt: 3 }
  player: { name: Player, prompt: 4 }
`;

export const SCENES = {
  /** The very first request of a repository: there is neither a state branch nor a dashboard. */
  'a first request': {
    config: FOUR_ROOTS,
    prepare: async (engine) => {
      await engine.openIssue('Build core', ['session:core']);
      const happening = engine.latest('issues', 'labeled');
      engine.news();
      return [{ happening }];
    },
    verify: green,
    wanted: { core: 'in-progress' },
    escalations: 0,
  },
  /** A module in every stage at once: asked for, verified green, stopped by what its verification found, and merged. */
  'a module in every stage': {
    config: FOUR_ROOTS,
    prepare: everyStage,
    verify: stopsCore,
    wanted: { player: 'complete', auth: 'review', library: 'in-progress', core: 'blocked' },
    escalations: 1,
  },
} as const satisfies Readonly<Record<string, Scene>>;

/** The prompt of `core` refers to a type that is not there. */
function stopsCore(run: PlannedRun): ReturnType<Verifier> {
  return run.kind === 'verification' && run.module === 'core' ? missingType(run) : green(run);
}

async function everyStage(engine: Engine): Promise<readonly Told[]> {
  for (const module of ['core', 'auth', 'player']) {
    await engine.openIssue(`Build ${module}`, [`session:${module}`]);
  }
  await engine.deliver();
  const player = await sessionOf(engine, 'player');
  await implementation(engine, 'player', 'Player');
  await engine.deliver();
  await merge(engine, player);
  const merged = engine.latest('pull_request', 'closed');
  const passed = await verified(engine, 'auth', 'Auth');
  const stopped = await verified(engine, 'core', 'Core');
  await engine.openIssue('Build library', ['session:library']);
  const labelled = engine.latest('issues', 'labeled');
  engine.news();
  return [{ happening: labelled }, stopped, passed, { happening: merged }, { happening: SCHEDULE }];
}

/** A push, and what a verify job makes of it. */
async function verified(engine: Engine, module: string, name: string): Promise<Told> {
  await implementation(engine, module, name);
  const happening = engine.latest('pull_request', 'synchronize');
  const { planned, outputs } = await engine.plan(happening);
  const [run] = planned;
  const result = run === undefined ? null : stopsCore(run);
  if (result === null) throw new Error('Nothing was planned.');
  return { happening, plan: outputs['plan'] ?? '', verification: encodeResult(result) };
}

async function implementation(engine: Engine, module: string, name: string): Promise<void> {
  const { branch } = await sessionOf(engine, module);
  const files = { [`src/${module}/${name}.ts`]: 'export class It {}\n' };
  await engine.push(branch, { ...files, ...(await reportFile(engine, module)) });
}
