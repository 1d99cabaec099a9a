import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { Octokit } from '@octokit/rest';
import type { Call } from '../../simulator/call-log.ts';
import type { Issue, Repository } from '../../simulator/model.ts';
import type { Permissions, RepositoryEvent } from '../../simulator/ports.ts';
import type { RepositorySeed } from '../../simulator/seed.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { parsePlannedRuns } from '../../src/domain/planned-runs.ts';
import type { PlannedRun } from '../../src/domain/verification.ts';
import type { Mode as ModeName } from '../../src/inputs.ts';
import type { Environment } from '../../src/modes/environment.ts';
import type { Mode } from '../../src/modes/mode.ts';
import { runOrchestrateMode } from '../../src/modes/orchestrate.ts';
import { runPlanMode } from '../../src/modes/plan.ts';
import { encodeResult } from '../../src/verification/handoff.ts';
import { configFile, REPO, SEED, SPEC_PACK } from './engine-repository.ts';
import { green, type Verifier } from './verification-results.ts';

const STATE_BRANCH = 'sessionwright-state';
const WORKFLOW = path.resolve(
  import.meta.dirname,
  '../../examples/plex-client/.github/workflows/sessions.yml',
);

/** An event as a workflow run gets it. */
export interface Happening {
  readonly name: string;
  readonly payload: unknown;
}

export const SCHEDULE: Happening = { name: 'schedule', payload: { schedule: '17 * * * *' } };

/** One workflow run: its plan, what its orchestrate job handed on, and every request of both. */
export interface Ran {
  readonly planned: readonly PlannedRun[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: readonly string[];
  readonly calls: readonly Call[];
  /** The writes, each as a person would name it. */
  readonly writes: readonly string[];
}

export interface RunOptions {
  /** What the verify job hands on; every command passes unless given. */
  readonly verify?: Verifier;
  /** Handed to orchestrate as it is, in place of what `verify` says. */
  readonly verification?: string;
  readonly dryRun?: boolean;
}

/** A simulated GitHub with one repository, and the two jobs' modes run in this process. */
export interface Engine {
  readonly sim: Simulator;
  readonly repo: Repository;
  readonly directory: string;
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

interface Workflow {
  readonly on: Readonly<Record<string, { readonly types?: readonly string[] } | null>>;
  readonly jobs: Readonly<Record<string, { readonly permissions: Permissions }>>;
}

/** Starts it with a config and the spec pack committed on `main`. */
export async function startEngine(
  options: {
    readonly config?: string | null;
    readonly files?: Readonly<Record<string, string>>;
    readonly seed?: Partial<RepositorySeed>;
  } = {},
): Promise<Engine> {
  const directory = await mkdtemp(path.join(tmpdir(), 'engine-'));
  const workflowText = await readFile(WORKFLOW, 'utf8');
  const workflow = load(workflowText) as Workflow;
  const sim = await startSimulator({ root: path.join(directory, 'repositories') });
  const { config = configFile() } = options;
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
  return createEngine({ sim, repo, directory, workflow });
}

interface Stage {
  readonly sim: Simulator;
  readonly repo: Repository;
  readonly directory: string;
  readonly workflow: Workflow;
}

function createEngine(stage: Stage): Engine {
  const { sim, repo, directory } = stage;
  let heard = sim.events.length;
  const user = (login: string): Octokit => client(sim, sim.createUserToken(login));
  const file = async (ref: string, name: string): Promise<string | null> =>
    (await repo.git.objects.blob(`${ref}:${name}`))?.toString('utf8') ?? null;
  const engine: Engine = {
    sim,
    repo,
    directory,
    user,
    push: (branch, files, by = {}) => commit(user(by.by ?? 'alice'), repo, { branch, files, ...by }),
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
    state: async () => JSON.parse((await file(STATE_BRANCH, 'implementation-state.json')) ?? '{}') as State,
    log: () => readLog(repo),
    file,
    issue: (number) => {
      const found = repo.issues.get(number);
      if (found === undefined) throw new Error(`There is no #${number}.`);
      return found;
    },
    close: async () => {
      await sim.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return engine;
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function client(sim: Simulator, auth: string): Octokit {
  return new Octokit({ auth, baseUrl: sim.urls.api, log: SILENT, request: { fetch: sim.fetch } });
}

async function runWorkflow(stage: Stage, happening: Happening, options: RunOptions = {}): Promise<Ran> {
  const plan = await runJob(stage, { mode: 'plan', happening });
  const [first] = plan.planned;
  const result = first === undefined ? null : (options.verify ?? green)(first);
  const verification = options.verification ?? (result === null ? '' : encodeResult(result));
  const done = await orchestrate(stage, happening, verification, options);
  return {
    ...done,
    planned: plan.planned,
    calls: [...plan.calls, ...done.calls],
    writes: [...plan.writes, ...done.writes],
  };
}

function orchestrate(
  stage: Stage,
  happening: Happening,
  verification: string,
  options: RunOptions = {},
): Promise<Ran> {
  const { dryRun = false } = options;
  return runJob(stage, { mode: 'orchestrate', happening, verification, dryRun });
}

interface Job {
  readonly mode: Exclude<ModeName, 'verify'>;
  readonly happening: Happening;
  readonly verification?: string;
  readonly dryRun?: boolean;
}

/** One mode as its job runs it: with the token of exactly the permissions that the workflow gives that job. */
async function runJob(stage: Stage, job: Job): Promise<Ran> {
  const { sim, repo, workflow } = stage;
  const permissions = workflow.jobs[job.mode === 'plan' ? 'verify' : 'orchestrate']?.permissions;
  const { token, revoke } = sim.host.mintJobToken(repo.fullName, permissions ?? {});
  const from = sim.calls.length;
  const log: string[] = [];
  const say = (line: string): void => void log.push(line);
  const mode: Mode = job.mode === 'plan' ? runPlanMode : runOrchestrateMode;
  try {
    const { outputs, summary } = await mode({
      inputs: {
        mode: job.mode,
        githubToken: token,
        config: '.github/sessionwright.yml',
        plan: '',
        verification: job.verification ?? '',
        dryRun: job.dryRun ?? false,
        apiUrl: '',
      },
      environment: environmentOf(stage, job.happening),
      log: { info: say, debug: () => undefined, warning: say },
    });
    const calls = sim.calls.slice(from);
    const planned = parsePlannedRuns(outputs['plan'] ?? '[]') ?? [];
    return { planned, outputs, summary, log, calls, writes: writesOf(calls) };
  } finally {
    revoke();
  }
}

function environmentOf({ sim }: Stage, { name, payload }: Happening): Environment {
  return {
    ...REPO,
    event: name,
    payload,
    apiUrl: sim.urls.api,
    runUrl: `${sim.urls.server}/acme/app/actions/runs/1`,
    workflow: 'sessions.yml',
  };
}

/** The writes among calls: route or mutations, with the branch that a commit goes to. */
export function writesOf(calls: readonly Call[]): readonly string[] {
  return calls
    .filter((call) => call.access === 'write')
    .map((call) => (call.kind === 'rest' ? `${call.method} ${call.route ?? call.path}` : mutated(call)));
}

function mutated(call: Call): string {
  const branch = /"branchName":"([^"]+)"/u.exec(JSON.stringify(call.body))?.[1];
  const names = call.mutations.join(' + ');
  return branch === undefined ? names : `${names} ${branch}`;
}

function latest(events: readonly RepositoryEvent[], name: string, action?: string): Happening {
  const found = events.findLast(
    (event) => event.name === name && (action === undefined || event.payload['action'] === action),
  );
  if (found === undefined) throw new Error(`Nothing told of ${name} ${action ?? ''}.`);
  return { name: workflowEvent(name), payload: found.payload };
}

function workflowEvent(name: string): string {
  return name === 'pull_request' ? 'pull_request_target' : name;
}

/** Whether the workflow's `on:` takes the event; what its own token does starts nothing but a dispatch. */
function asHappening({ on }: Workflow, event: RepositoryEvent): Happening | null {
  const name = workflowEvent(event.name);
  if (event.cause === 'workflow-token' && name !== 'workflow_dispatch') return null;
  if (!Object.hasOwn(on, name)) return null;
  const types = on[name]?.types;
  const action = event.payload['action'];
  if (types !== undefined && !types.includes(String(action))) return null;
  if (name === 'push' && event.payload['ref'] !== 'refs/heads/main') return null;
  return { name, payload: event.payload };
}

interface NewCommit {
  readonly branch: string;
  readonly files: Readonly<Record<string, string | null>>;
  readonly message?: string;
}

async function commit(octokit: Octokit, repo: Repository, change: NewCommit): Promise<string> {
  const { branch, files, message = 'Change files' } = change;
  const known = repo.git.branch(branch);
  const tip = known ?? repo.git.branch(repo.defaultBranch) ?? '';
  const mode = '100644' as const;
  const { data: tree } = await octokit.rest.git.createTree({
    ...REPO,
    base_tree: tip,
    tree: Object.entries(files).map(([name, content]) =>
      content === null ? { path: name, mode, sha: null } : { path: name, mode, content },
    ),
  });
  const written = { message, tree: tree.sha, parents: [tip] };
  const { data: made } = await octokit.rest.git.createCommit({ ...REPO, ...written });
  if (known === null) {
    await octokit.rest.git.createRef({ ...REPO, ref: `refs/heads/${branch}`, sha: made.sha });
  } else {
    await octokit.rest.git.updateRef({ ...REPO, ref: `heads/${branch}`, sha: made.sha });
  }
  return made.sha;
}

async function readLog(repo: Repository): Promise<readonly string[]> {
  const messages: string[] = [];
  let at = repo.git.branch(STATE_BRANCH);
  while (at !== null) {
    const found = await repo.git.objects.commit(at);
    if (found === null) break;
    messages.unshift(found.message.trim());
    at = found.parents[0] ?? null;
  }
  return messages;
}
