import type { Call } from '../../simulator/call-log.ts';
import type { Repository } from '../../simulator/model.ts';
import type { Permissions, RepositoryEvent } from '../../simulator/ports.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { parsePlannedRuns } from '../../src/domain/planned-runs.ts';
import type { SessionwrightError } from '../../src/domain/errors.ts';
import type { Chance } from '../../src/domain/chance.ts';
import type { Time } from '../../src/domain/time.ts';
import type { PlannedRun } from '../../src/domain/verification.ts';
import { explainError } from '../../src/github/explain-error.ts';
import type { Mode as ModeName } from '../../src/inputs.ts';
import type { Environment } from '../../src/modes/environment.ts';
import { runOrchestrateMode } from '../../src/modes/orchestrate.ts';
import { runPlanMode } from '../../src/modes/plan.ts';
import { encodeResult } from '../../src/verification/handoff.ts';
import { REPO } from './engine-repository.ts';
import { green, type Verifier } from './verification-results.ts';

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
  /** How many of the calls came from the plan job. */
  readonly planCalls: number;
  /** The writes, each as a person would name it. */
  readonly writes: readonly string[];
}

export interface RunOptions {
  /** What the verify job hands on; every command passes unless given. */
  readonly verify?: Verifier;
  /** Handed to orchestrate as it is, in place of what `verify` says. */
  readonly verification?: string;
  /** What the plan step is said to have handed on, where only orchestrate runs. */
  readonly plan?: string;
  readonly dryRun?: boolean;
  /** Of a user, for orchestrate. */
  readonly handoffToken?: string;
  /** The app whose token both jobs have, in place of GitHub Actions' own. */
  readonly app?: string;
  /** What the jobs' tokens may do, where that is not what the workflow says. */
  readonly permissions?: Permissions;
  /** Gives what the run's step puts out although it ends with an error, which is thrown otherwise. */
  readonly mayFail?: boolean;
}

/** What of the workflow file the harness goes by. */
export interface Workflow {
  readonly on: Readonly<Record<string, { readonly types?: readonly string[] } | null>>;
  readonly jobs: Readonly<Record<string, { readonly permissions: Permissions }>>;
}

/** What a workflow run happens on. */
export interface Stage {
  readonly sim: Simulator;
  readonly repo: Repository;
  readonly directory: string;
  readonly workflow: Workflow;
  /** What the jobs' modes wait by. */
  readonly time: Time;
  /** What their session ids come from. */
  readonly chance: Chance;
}

/** Both jobs, one after the other, with what the verify job hands on made up in between. */
export async function runWorkflow(
  stage: Stage,
  happening: Happening,
  options: RunOptions = {},
): Promise<Ran> {
  const plan = await runJob(stage, { mode: 'plan', happening, ...tokenOf(options) });
  const [first] = plan.planned;
  const result = first === undefined ? null : (options.verify ?? green)(first);
  const verification = options.verification ?? (result === null ? '' : encodeResult(result));
  const handed = { plan: plan.outputs['plan'] ?? '', ...options };
  const done = await orchestrate(stage, happening, verification, handed);
  return {
    ...done,
    planned: plan.planned,
    calls: [...plan.calls, ...done.calls],
    planCalls: plan.calls.length,
    writes: [...plan.writes, ...done.writes],
  };
}

export function orchestrate(
  stage: Stage,
  happening: Happening,
  verification: string,
  options: RunOptions = {},
): Promise<Ran> {
  const { dryRun = false, plan = '', handoffToken = '', mayFail = false } = options;
  const token = { handoffToken, ...tokenOf(options) };
  const job = { happening, plan, verification, dryRun, mayFail, ...token };
  return runJob(stage, { mode: 'orchestrate', ...job });
}

/** What ended a run, as the job's page tells it. */
export async function failureOf(run: Promise<unknown>): Promise<SessionwrightError> {
  const ended = await run.then(
    () => null,
    (error: unknown) => explainError(error),
  );
  if (ended === null) throw new Error('The run did not fail.');
  return ended;
}

interface Job {
  readonly mode: Exclude<ModeName, 'verify'>;
  readonly happening: Happening;
  readonly plan?: string;
  readonly verification?: string;
  readonly dryRun?: boolean;
  /** Of a user, for orchestrate. */
  readonly handoffToken?: string;
  /** The app whose token both jobs have, in place of GitHub Actions' own. */
  readonly app?: string;
  /** What the jobs' tokens may do, where that is not what the workflow says. */
  readonly permissions?: Permissions;
  readonly mayFail?: boolean;
}

/** One mode as its job runs it: with the token of exactly the permissions that the workflow gives that job. */
export async function runJob(stage: Stage, job: Job): Promise<Ran> {
  const { sim, workflow } = stage;
  const permissions = workflow.jobs[job.mode === 'plan' ? 'verify' : 'orchestrate']?.permissions;
  const minted = mint(stage, job, job.permissions ?? permissions ?? {});
  const from = sim.calls.length;
  const log: string[] = [];
  const say = (line: string): void => void log.push(line);
  const mode = job.mode === 'plan' ? runPlanMode : runOrchestrateMode;
  const before = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (input, init) => sim.fetch(input, init);
  try {
    const { outputs, summary, failure } = await mode({
      inputs: {
        mode: job.mode,
        githubToken: minted.token,
        handoffToken: job.handoffToken ?? '',
        config: '.github/sessionwright.yml',
        plan: job.plan ?? '',
        setup: '',
        verification: job.verification ?? '',
        dryRun: job.dryRun ?? false,
        apiUrl: '',
      },
      environment: environmentOf(stage, job.happening),
      log: { info: say, debug: () => undefined, warning: say },
      time: stage.time,
      chance: stage.chance,
    });
    if (failure !== undefined && job.mayFail !== true) throw failure;
    const calls = sim.calls.slice(from);
    const planned = parsePlannedRuns(outputs['plan'] ?? '[]') ?? [];
    const planCalls = job.mode === 'plan' ? calls.length : 0;
    return { planned, outputs, summary, log, calls, planCalls, writes: writesOf(calls) };
  } finally {
    globalThis.fetch = before;
    minted.revoke();
  }
}

function tokenOf({ app, permissions }: RunOptions): Pick<RunOptions, 'app' | 'permissions'> {
  return {
    ...(app === undefined ? {} : { app }),
    ...(permissions === undefined ? {} : { permissions }),
  };
}

function mint({ sim, repo }: Stage, { app }: Job, permissions: Permissions) {
  if (app === undefined) return sim.host.mintJobToken(repo.fullName, permissions);
  return { token: sim.createAppToken(app, repo.fullName, permissions), revoke: () => undefined };
}

function environmentOf({ sim, repo }: Stage, { name, payload }: Happening): Environment {
  return {
    ...REPO,
    repositoryId: repo.id,
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
    .map((call) =>
      call.kind === 'rest' ? `${call.method} ${call.route ?? call.path}` : mutated(call),
    );
}

function mutated(call: Call): string {
  const branch = /"branchName":"([^"]+)"/u.exec(JSON.stringify(call.body))?.[1];
  const names = call.mutations.join(' + ');
  return branch === undefined ? names : `${names} ${branch}`;
}

/** The latest event of that name, as the workflow gets it. */
export function latest(
  events: readonly RepositoryEvent[],
  name: string,
  action?: string,
): Happening {
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
export function asHappening({ on }: Workflow, event: RepositoryEvent): Happening | null {
  const name = workflowEvent(event.name);
  if (event.cause === 'workflow-token' && name !== 'workflow_dispatch') return null;
  if (!Object.hasOwn(on, name)) return null;
  const types = on[name]?.types;
  const action = event.payload['action'];
  if (types !== undefined && !types.includes(String(action))) return null;
  if (name === 'push' && event.payload['ref'] !== 'refs/heads/main') return null;
  return { name, payload: event.payload };
}
