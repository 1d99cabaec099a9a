import type { Permissions, RunConclusion, RunStatus, WorkflowRun } from '../ports.ts';
import type { JsonObject } from './json.ts';
import type { Annotation } from './workflow-commands.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';
type Phase = 'queued' | 'in_progress' | 'completed';

/** One step; `outcome` is its result before `continue-on-error` makes it the `conclusion`. */
interface StepRecord {
  readonly number: number;
  readonly id: string | null;
  readonly name: string;
  readonly status: Phase;
  readonly outcome: Conclusion | null;
  readonly conclusion: Conclusion | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the step wrote to `GITHUB_STEP_SUMMARY`, masked. */
  readonly summary: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

/** One job of a run; each combination of a matrix is a job. */
interface JobRecord {
  readonly id: number;
  /** The job's key in the workflow file. */
  readonly key: string;
  readonly name: string;
  readonly matrix: JsonObject;
  readonly runsOn: readonly string[];
  /** What its token may; null before it has one. */
  readonly permissions: Permissions | null;
  readonly status: Phase;
  readonly conclusion: Conclusion | null;
  readonly steps: readonly StepRecord[];
  /** The masked lines of its log. */
  readonly log: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export interface WorkflowRunRecord {
  readonly run: WorkflowRun;
  readonly runNumber: number;
  /** The webhook event that started it. */
  readonly eventId: string;
  readonly jobs: readonly JobRecord[];
  /** Why a run ended without its jobs saying so: an invalid file, a lost place in a group. */
  readonly reason: string | null;
}

/** An event, or a workflow it might have started, that started nothing. */
export interface SkippedTrigger {
  readonly eventId: string;
  readonly event: string;
  readonly workflowPath: string | null;
  readonly reason: string;
}

export type RunnerProgress =
  | { readonly kind: 'run'; readonly run: WorkflowRunRecord }
  | { readonly kind: 'job'; readonly run: WorkflowRunRecord; readonly job: JobRecord }
  | {
      readonly kind: 'step';
      readonly run: WorkflowRunRecord;
      readonly job: JobRecord;
      readonly step: StepRecord;
    };

type Open<Record> = { -readonly [Key in keyof Record]: Record[Key] };
export type OpenStep = Open<StepRecord>;
export type OpenJob = Open<Omit<JobRecord, 'steps' | 'log' | 'annotations'>> & {
  steps: OpenStep[];
  log: string[];
  annotations: Annotation[];
};
export type OpenRun = Open<Omit<WorkflowRunRecord, 'jobs'>> & { jobs: OpenJob[] };

type NewRun = Omit<WorkflowRun, 'id' | 'status' | 'conclusion' | 'createdAt' | 'updatedAt'>;

/** Keeps the records of runs, tells each change and stamps its time. */
export interface Ledger {
  readonly runs: readonly WorkflowRunRecord[];
  openRun(fields: NewRun, eventId: string): OpenRun;
  /** Changes what the API tells of a run; nothing is told if nothing changes. */
  changeRun(run: OpenRun, status: RunStatus, conclusion?: RunConclusion): void;
  openJob(run: OpenRun, fields: Pick<JobRecord, 'key' | 'name' | 'matrix' | 'runsOn'>): OpenJob;
  startJob(run: OpenRun, job: OpenJob): void;
  endJob(run: OpenRun, job: OpenJob, conclusion: Conclusion): void;
  openStep(job: OpenJob, id: string | null, name: string): OpenStep;
  startStep(run: OpenRun, job: OpenJob, step: OpenStep): void;
  endStep(run: OpenRun, job: OpenJob, step: OpenStep, ends: StepEnds): void;
}

interface StepEnds {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
}

interface LedgerPorts {
  readonly now: () => Date;
  readonly recordRun: (run: WorkflowRun) => void;
  readonly onProgress: (progress: RunnerProgress) => void;
}

/** Ids look like GitHub's in that a run's and a job's are never confused with an issue number. */
const FIRST_RUN_ID = 7_000_000_001;
const FIRST_JOB_ID = 9_000_000_001;

export function createLedger(ports: LedgerPorts): Ledger {
  const runs: OpenRun[] = [];
  let jobs = 0;
  const stamp = (): string => ports.now().toISOString();
  const { onProgress } = ports;
  return {
    runs,
    openRun(fields, eventId) {
      const record = newRun(fields, eventId, runs, stamp());
      runs.push(record);
      return record;
    },
    changeRun(record, status, conclusion) {
      const next = conclusion ?? null;
      record.run = { ...record.run, status, conclusion: next, updatedAt: stamp() };
      ports.recordRun(record.run);
      onProgress({ kind: 'run', run: record });
    },
    openJob(run, fields) {
      const job = newJob(fields, FIRST_JOB_ID + jobs);
      jobs += 1;
      run.jobs.push(job);
      return job;
    },
    startJob(run, job) {
      Object.assign(job, { status: 'in_progress', startedAt: stamp() });
      onProgress({ kind: 'job', run, job });
    },
    endJob(run, job, conclusion) {
      Object.assign(job, { status: 'completed', conclusion, completedAt: stamp() });
      onProgress({ kind: 'job', run, job });
    },
    openStep(job, id, name) {
      const step = newStep(job.steps.length + 1, id, name);
      job.steps.push(step);
      return step;
    },
    startStep(run, job, step) {
      Object.assign(step, { status: 'in_progress', startedAt: stamp() });
      onProgress({ kind: 'step', run, job, step });
    },
    endStep(run, job, step, ends) {
      Object.assign(step, { status: 'completed', ...ends, completedAt: stamp() });
      onProgress({ kind: 'step', run, job, step });
    },
  };
}

function newRun(fields: NewRun, eventId: string, earlier: readonly OpenRun[], at: string): OpenRun {
  const { repository, workflowPath } = fields;
  const ofWorkflow = earlier.filter(
    ({ run }) => run.repository === repository && run.workflowPath === workflowPath,
  );
  const id = FIRST_RUN_ID + earlier.length;
  return {
    run: { ...fields, id, status: 'queued', conclusion: null, createdAt: at, updatedAt: at },
    runNumber: ofWorkflow.length + 1,
    eventId,
    jobs: [],
    reason: null,
  };
}

function newJob(
  fields: Pick<JobRecord, 'key' | 'name' | 'matrix' | 'runsOn'>,
  id: number,
): OpenJob {
  return {
    ...fields,
    id,
    permissions: null,
    status: 'queued',
    conclusion: null,
    steps: [],
    log: [],
    annotations: [],
    outputs: {},
    startedAt: null,
    completedAt: null,
  };
}

function newStep(number: number, id: string | null, name: string): OpenStep {
  return {
    number,
    id,
    name,
    status: 'queued',
    outcome: null,
    conclusion: null,
    outputs: {},
    summary: '',
    startedAt: null,
    completedAt: null,
  };
}
