import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import type { Octokit } from '@octokit/rest';
import type { Issue } from '../../simulator/model.ts';
import type { RepositorySeed } from '../../simulator/seed.ts';
import { startSimulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import type { Chance } from '../../src/domain/chance.ts';
import type { Time } from '../../src/domain/time.ts';
import { SYSTEM_CHANCE } from '../../src/system-chance.ts';
import { client, commit, readLog, STATE_BRANCH } from './engine-git.ts';
import { configFile, REPO, SEED, SPEC_PACK } from './engine-repository.ts';
import {
  asHappening,
  latest,
  orchestrate,
  runJob,
  runWorkflow,
  type Happening,
  type Ran,
  type RunOptions,
  type Stage,
  type Workflow,
} from './engine-run.ts';
import { sharedObjects } from './shared-objects.ts';

const WORKFLOW = path.resolve(
  import.meta.dirname,
  '../../examples/plex-client/.github/workflows/sessions.yml',
);

/** The system's clock, set forward where somebody would wait. */
function haste(): Time {
  let slept = 0;
  return {
    now: () => Date.now() + slept,
    sleep: (milliseconds) => {
      slept += milliseconds;
      return Promise.resolve();
    },
  };
}

/** A simulated GitHub with one repository, and the two jobs' modes run in this process. */
export interface Engine extends Stage {
  user(login: string): Octokit;
  /** Commits files onto a branch under a person's name; null takes a file away. */
  push(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    options?: { readonly by?: string; readonly message?: string },
  ): Promise<string>;
  openIssue(title: string, labels?: readonly string[]): Promise<number>;
  label(issue: number, label: string, by?: string): Promise<void>;
  comment(issue: number, body: string, by?: string): Promise<void>;
  /** The latest event of that name, and of that action where one is given. */
  latest(name: string, action?: string): Happening;
  /** The events since the last look that would start the workflow. */
  news(): readonly Happening[];
  run(happening: Happening, options?: RunOptions): Promise<Ran>;
  /** Only the job with `mode: plan`, or only the one with `mode: orchestrate`. */
  plan(happening: Happening): Promise<Ran>;
  orchestrate(happening: Happening, options?: RunOptions): Promise<Ran>;
  /** Runs the workflow for everything that happened since, and for what that causes, until it is quiet. */
  deliver(options?: RunOptions): Promise<readonly Ran[]>;
  state(): Promise<State>;
  /** The state branch's commit messages, oldest first. */
  log(): Promise<readonly string[]>;
  file(ref: string, file: string): Promise<string | null>;
  issue(number: number): Issue;
  /** Ends it first and complains after that, since a server that is left open keeps the tests from ending. */
  close(): Promise<void>;
}

/** The state file as JSON, as other tools read it. */
export type State = Readonly<Record<string, Entry>>;

export interface Entry {
  readonly status: string;
  readonly sessionId: string | null;
  readonly blockedReason?: string | null;
  readonly completedAt?: string | null;
  readonly filesModified?: readonly string[];
  readonly $session: {
    readonly attempt: number;
    readonly maxAttempts: number;
    readonly branch: string | null;
    readonly pullRequest: number | null;
    readonly baseSha: string | null;
    readonly spec: unknown;
    readonly headSha: string | null;
    readonly mergeSha: string | null;
    readonly escalation: number | null;
    readonly request: { readonly source: number | null; readonly by: string } | null;
    readonly failedHeads: readonly { readonly sha: string }[];
    readonly history: readonly {
      readonly attempt: number;
      readonly outcome: string;
      readonly failureType: string | null;
      readonly issue: string | null;
      readonly resolution: string | null;
      readonly resolvedBy: string | null;
      readonly escalation: number | null;
      readonly pullRequest: number | null;
    }[];
  };
}

/** Starts it with a config and the spec pack committed on `main`. */
export async function startEngine(
  options: {
    readonly config?: string | null;
    readonly files?: Readonly<Record<string, string>>;
    readonly seed?: Partial<RepositorySeed>;
    /** Nobody waits, unless given. */
    readonly time?: Time;
    /** Requests an hour, where they are not GitHub's usual ones. */
    readonly rateLimits?: SimulatorOptions['rateLimits'];
    readonly chance?: Chance;
  } = {},
): Promise<Engine> {
  const directory = await mkdtemp(path.join(tmpdir(), 'engine-'));
  const workflowText = await readFile(WORKFLOW, 'utf8');
  const workflow = load(workflowText) as Workflow;
  const { config = configFile(), time = haste(), chance = SYSTEM_CHANCE } = options;
  const { rateLimits = {} } = options;
  const clock = (): Date => new Date(time.now());
  const sim = await startSimulator({
    root: path.join(directory, 'repositories'),
    objects: await sharedObjects(),
    clock,
    rateLimits,
  });
  const repo = await sim.createRepository({
    ...SEED,
    ...options.seed,
    files: {
      'README.md': '# App\n',
      '.github/workflows/sessions.yml': workflowText,
      ...(config === null ? {} : { '.github/sessionwright.yml': config }),
      ...SPEC_PACK,
      ...options.files,
    },
  });
  return createEngine({ sim, repo, directory, workflow, time, chance });
}

function createEngine(stage: Stage): Engine {
  const { sim, repo } = stage;
  let heard = sim.events.length;
  const user = (login: string): Octokit => client(sim, sim.createUserToken(login));
  const file = async (ref: string, name: string): Promise<string | null> =>
    (await repo.git.objects.blob(`${repo.git.branch(ref) ?? ref}:${name}`))?.toString('utf8') ??
    null;
  const engine: Engine = {
    ...stage,
    user,
    push: (branch, files, by = {}) =>
      commit(user(by.by ?? 'alice'), repo, { branch, files, ...by }),
    openIssue: async (title, labels = []) => {
      const { data } = await user('alice').rest.issues.create({ ...REPO, title });
      for (const label of labels) await engine.label(data.number, label);
      return data.number;
    },
    label: async (issue_number, label, by = 'alice') => {
      await user(by).rest.issues.addLabels({ ...REPO, issue_number, labels: [label] });
    },
    comment: async (issue_number, body, by = 'alice') => {
      await user(by).rest.issues.createComment({ ...REPO, issue_number, body });
    },
    latest: (name, action) => latest(sim.events, name, action),
    news: () => {
      const fresh = sim.events.slice(heard);
      heard = sim.events.length;
      return fresh.flatMap((event) => asHappening(stage.workflow, event) ?? []);
    },
    plan: (happening) => runJob(stage, { mode: 'plan', happening }),
    orchestrate: (happening, run) => orchestrate(stage, happening, run?.verification ?? '', run),
    run: (happening, run) => runWorkflow(stage, happening, run),
    deliver: async (run) => {
      const ran: Ran[] = [];
      for (let news = engine.news(); news.length > 0; news = engine.news()) {
        for (const happening of news) ran.push(await engine.run(happening, run));
      }
      return ran;
    },
    state: async () =>
      JSON.parse((await file(STATE_BRANCH, 'implementation-state.json')) ?? '{}') as State,
    log: () => readLog(repo),
    file,
    issue: (number) => {
      const found = repo.issues.get(number);
      if (found === undefined) throw new Error(`There is no #${number}.`);
      return found;
    },
    close: async () => {
      await sim.close();
      await rm(stage.directory, { recursive: true, force: true });
      if (sim.unknown.length > 0) {
        throw new Error(`Asked for and not simulated: ${JSON.stringify(sim.unknown, null, 1)}`);
      }
    },
  };
  return engine;
}
