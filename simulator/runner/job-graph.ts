import { prepareCallJob } from './call-job.ts';
import { jobScope } from './contexts.ts';
import { evaluateCondition, evaluateTemplate } from './expressions.ts';
import type { JobEnd, PreparedJob } from './job-combinations.ts';
import { runCombinations } from './job-combinations.ts';
import type { JsonObject } from './json.ts';
import { prepareMachineJob } from './machine-job.ts';
import { planStrategy } from './matrix.ts';
import type { Conclusion } from './records.ts';
import type { JobBase, RunContext } from './run-context.ts';
import type { JobSpec } from './workflow.ts';

/** What a job is to the jobs that need it, and to the run. */
export interface JobOutcome extends JobEnd {
  /** Over the job and all it needs, directly or not. */
  readonly chain: { readonly succeeded: boolean; readonly failed: boolean };
}

/** Runs the jobs of a run, each once those it needs are done. */
export async function runJobs(run: RunContext): Promise<readonly JobOutcome[]> {
  const { jobs } = run.workflow;
  const started = new Map<string, Promise<JobOutcome>>();
  const outcomeOf = async (spec: JobSpec): Promise<JobOutcome> => {
    const outcome = started.get(spec.id) ?? start(spec);
    started.set(spec.id, outcome);
    return outcome;
  };
  const start = async (spec: JobSpec): Promise<JobOutcome> => {
    const needed = jobs.filter(({ id }) => spec.needs.includes(id));
    const outcomes = await Promise.all(needed.map(outcomeOf));
    return runJob(run, spec, new Map(needed.map(({ id }, index) => [id, outcomes[index]])));
  };
  return Promise.all(jobs.map(outcomeOf));
}

type Needs = ReadonlyMap<string, JobOutcome | undefined>;

async function runJob(run: RunContext, spec: JobSpec, needs: Needs): Promise<JobOutcome> {
  const outcomes = [...needs.values()].filter((outcome) => outcome !== undefined);
  const before = {
    succeeded: outcomes.every(({ chain }) => chain.succeeded),
    failed: outcomes.some(({ chain }) => chain.failed),
  };
  const base = { run, spec, needs: needsContext(needs), matrix: {}, strategy: {} };
  const { result, outputs } = await attemptJob(base, before);
  const chain = {
    succeeded: before.succeeded && result === 'success',
    failed: before.failed || result === 'failure',
  };
  return { result, outputs, chain };
}

function needsContext(needs: Needs): JsonObject {
  return Object.fromEntries(
    [...needs].map(([id, outcome]) => [
      id,
      { result: outcome?.result ?? 'skipped', outputs: outcome?.outputs ?? {} },
    ]),
  );
}

/**
 * `success()` asks about every job in the chain of needs, not only those named; `if:` is judged before
 * the matrix exists.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
 */
async function attemptJob(base: JobBase, before: JobOutcome['chain']): Promise<JobEnd> {
  const { run, spec } = base;
  const cancelled = run.cancel.signal.aborted;
  const status = { success: before.succeeded && !cancelled, failure: before.failed, cancelled };
  try {
    const wanted =
      !run.stop.aborted && evaluateCondition(spec.condition, jobScope(base, 'jobs.if', status));
    if (!wanted) return endUnrun(base, 'skipped', null);
    const strategy = planStrategy(evaluateTemplate(spec.strategy, jobScope(base, 'jobs.strategy')));
    return await runCombinations(base, strategy, prepareJob);
  } catch (error) {
    return endUnrun(base, 'failure', error instanceof Error ? error.message : String(error));
  }
}

function prepareJob(base: JobBase): PreparedJob {
  const { spec } = base;
  if (spec.kind === 'machine') return prepareMachineJob({ ...base, spec });
  return prepareCallJob({ ...base, spec }, runCalled);
}

async function runCalled(run: RunContext): Promise<ReadonlyMap<string, JobEnd>> {
  const outcomes = await runJobs(run);
  return new Map(outcomes.map((outcome, index) => [run.workflow.jobs[index]?.id ?? '', outcome]));
}

function endUnrun(base: JobBase, result: Conclusion, problem: string | null): JobEnd {
  const { run, spec } = base;
  const fields = {
    key: spec.id,
    name: run.namePrefix + (spec.name ?? spec.id),
    matrix: {},
    runsOn: [],
  };
  const record = run.ledger.openJob(run.record, fields);
  if (problem !== null) {
    record.annotations.push({ level: 'error', message: problem, properties: {} });
  }
  run.ledger.endJob(run.record, record, result);
  return { result, outputs: {} };
}
