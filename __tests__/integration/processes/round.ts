import { REPO } from '../../support/engine-repository.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { merge, reportFile, sessionOf } from '../../support/engine-story.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { resultOf } from '../../support/verification-results.ts';
import { encodeResult } from '../../../src/verification/handoff.ts';
import { runProcess, type BuiltAction, type Ended } from './world.ts';

export interface Round {
  readonly processes: number;
  /** Runs that gave up cleanly after losing the state too often; the next one goes on. */
  readonly gaveUp: number;
  /** Comments said again by runs that overlapped, which the workflow's concurrency group keeps from happening. */
  readonly repeated: number;
  /** Whatever must not be; nothing where all held. */
  readonly harm: readonly string[];
}

/**
 * A module in every stage of its life at once: one that is asked for, one whose head was verified, one that was
 * merged; and that many processes that are told of all three at the same time.
 */
export async function playRound(action: BuiltAction, processes: number): Promise<Round> {
  const engine = await startEngine({ config: THREE_ROOTS });
  try {
    const told = await prepare(engine);
    const ended = await Promise.all(
      Array.from({ length: processes }, (_, index) =>
        runProcess(engine, action, told[index % told.length] ?? { happening: SCHEDULE }),
      ),
    );
    const gaveUp = ended.filter(({ code }) => code !== 0);
    await engine.run(SCHEDULE);
    const again = (await engine.run(SCHEDULE)).writes;
    const harm = [
      ...strange(gaveUp),
      ...(await harmOf(engine)),
      ...again.map((one) => `not quiet: ${one}`),
    ];
    return { processes, gaveUp: gaveUp.length, repeated: repeatedComments(engine), harm };
  } finally {
    await engine.close();
  }
}

const THREE_ROOTS = `version: 1
gates: []
verification:
  - { id: typecheck, name: Type check, run: npx tsc --noEmit, failure: type-error }
deliverables:
  - { path: 'src/[module-name]/[ModuleName].ts', comment: Main class }
modules:
  core: { name: Core, prompt: 1 }
  auth: { name: Auth, prompt: 2 }
  library: { name: Library, prompt: 3 }
  player: { name: Player, depends-on: [core], prompt: 4 }
`;

interface Told {
  readonly happening: Happening;
  readonly plan?: string;
  readonly verification?: string;
}

/** `core` was merged at a green head, `auth` has a head that a verify job found green, `library` is asked for. */
async function prepare(engine: Engine): Promise<readonly Told[]> {
  await engine.openIssue('Build core', ['session:core']);
  await engine.openIssue('Build auth', ['session:auth']);
  await engine.deliver();
  const core = await sessionOf(engine, 'core');
  await implementation(engine, 'core', 'Core');
  await engine.deliver();
  await merge(engine, core);
  const merged = engine.latest('pull_request', 'closed');
  await implementation(engine, 'auth', 'Auth');
  const pushed = engine.latest('pull_request', 'synchronize');
  const { planned, outputs } = await engine.plan(pushed);
  const [run] = planned;
  if (run === undefined) throw new Error('Nothing was planned.');
  const verified = { plan: outputs['plan'] ?? '', verification: encodeResult(resultOf(run)) };
  await engine.openIssue('Build library', ['session:library']);
  const labelled = engine.latest('issues', 'labeled');
  engine.news();
  return [{ happening: labelled }, { happening: pushed, ...verified }, { happening: merged }];
}

async function implementation(engine: Engine, module: string, name: string): Promise<void> {
  const { branch } = await sessionOf(engine, module);
  const files = { [`src/${module}/${name}.ts`]: 'export class It {}\n' };
  await engine.push(branch, { ...files, ...(await reportFile(engine, module)) });
}

/** A run may lose the race for the state eight times and say so; anything else is a defect. */
function strange(failed: readonly Ended[]): readonly string[] {
  return failed
    .filter(({ output }) => !output.includes('moved between reading and writing'))
    .map(
      ({ code, output }) =>
        `exit ${String(code)}: ${/::error::.{0,600}/u.exec(output)?.[0] ?? output.slice(-400)}`,
    );
}

async function harmOf(engine: Engine): Promise<readonly string[]> {
  const { data: pulls } = await engine.user('adam').rest.pulls.list({ ...REPO, state: 'all' });
  const issues = [...engine.repo.issues.values()].filter(
    (issue) => issue.pull === null && issue.author.login === 'github-actions[bot]',
  );
  const state = await engine.state();
  const log = await engine.log();
  const statuses = Object.fromEntries(Object.keys(WANTED).map((id) => [id, state[id]?.status]));
  return [
    ...twice(
      'pull request',
      pulls.map((pull) => pull.head.ref),
    ),
    ...twice(
      'issue',
      issues.map((issue) => issue.title),
    ),
    ...twice(
      'transition',
      log.filter((line) => /→|pull request #/u.test(line)),
    ),
    ...(JSON.stringify(statuses) === JSON.stringify(WANTED)
      ? []
      : [`lost transition: ${JSON.stringify(statuses)}`]),
  ];
}

function repeatedComments(engine: Engine): number {
  const said = [...engine.repo.issues.values()].flatMap((issue) =>
    issue.comments.map((comment) => `#${String(issue.number)} ${comment.body}`),
  );
  return said.length - new Set(said).size;
}

const WANTED = { core: 'complete', auth: 'review', library: 'in-progress' };

function twice(what: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `double ${what}: ${name}`);
}
