import type { Permissions, RepositoryEvent, RunnerHost } from '../ports.ts';
import type { Calls, Home } from './called-workflows.ts';
import type { ConcurrencyGroups } from './concurrency.ts';
import type { JsonObject } from './json.ts';
import type { Masker } from './masks.ts';
import type { Ledger, OpenJob, OpenRun } from './records.ts';
import type { Settings } from './settings.ts';
import type { Slots } from './slots.ts';
import type { Activation } from './triggers.ts';
import type { JobSpec, MachineJobSpec, Workflow } from './workflow.ts';

/** What the jobs of a run share, or those of a reusable workflow that one of them calls. */
export interface RunContext {
  readonly host: RunnerHost;
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly groups: ConcurrencyGroups;
  readonly slots: Slots;
  readonly record: OpenRun;
  /** The file of these jobs: the called one's in a call, while `record` is always the run's. */
  readonly workflow: Workflow;
  readonly home: Home;
  readonly calls: Calls;
  /** What the job that calls may; null for an event's own workflow. */
  readonly ceiling: Permissions | null;
  /** Before each job's name: `caller / ` in a call. */
  readonly namePrefix: string;
  /** The concurrency groups that the run and the callers of these jobs wait in or hold. */
  readonly held: readonly string[];
  readonly activation: Activation;
  /** The event, its dispatch inputs completed. */
  readonly event: RepositoryEvent;
  /** `GITHUB_SHA`. */
  readonly sha: string;
  readonly inputs: JsonObject;
  /** False for what a fork or Dependabot sent: a token that only reads, and no secrets. */
  readonly trusted: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Ends what runs; steps that ask for it, with `always()` or `cancelled()`, still follow. */
  readonly cancel: AbortController;
  /** Ends everything. */
  readonly stop: AbortSignal;
}

/** What the expressions of a job may name before it has a machine. */
export interface JobBase<Spec extends JobSpec = JobSpec> {
  readonly run: RunContext;
  readonly spec: Spec;
  readonly needs: JsonObject;
  readonly matrix: JsonObject;
  readonly strategy: JsonObject;
}

/** What is known of a job before it has a machine. */
export interface JobPlan extends JobBase<MachineJobSpec> {
  readonly record: OpenJob;
}

export interface JobDirectories {
  readonly root: string;
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly home: string;
}

interface StepResult {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly conclusion: string;
}

/** A job on its machine. */
export interface JobContext extends JobPlan {
  readonly token: string;
  readonly directories: JobDirectories;
  readonly eventPath: string;
  readonly masker: Masker;
  /** The workflow's and the job's `env:`, and what steps write to `GITHUB_ENV`. */
  readonly env: Map<string, string>;
  /** What steps write to `GITHUB_PATH`, the latest last. */
  readonly path: string[];
  readonly steps: Map<string, StepResult>;
  /** The process groups its steps left behind. */
  readonly processGroups: Set<number>;
  /** Aborted when the job is cancelled, for whatever reason. */
  readonly cancelled: AbortSignal;
  failed: boolean;
}
