import { stepScope, jobScope, jobStatus } from './contexts.ts';
import { evaluateTemplate, evaluateText, evaluateTexts } from './expressions.ts';
import type { Json } from './json.ts';
import type { JobMachine } from './job-machine.ts';
import { setUpMachine } from './job-machine.ts';
import type { Conclusion } from './records.ts';
import type { JobContext, JobPlan } from './run-context.ts';
import { annotate, log } from './step-context.ts';
import { runStep, stepName, unresolvedAction } from './steps.ts';

/** https://docs.github.com/en/actions/reference/limits */
const MAX_OUTPUT_BYTES = 1024 * 1024;
const DEFAULT_TIMEOUT_MINUTES = 360;

/**
 * Runs a job on a machine of its own: its set-up, its steps in order, its outputs. A job that is out
 * of time is cancelled.
 */
export async function runOnMachine(plan: JobPlan, cancelled: AbortController): Promise<Conclusion> {
  const { run, record } = plan;
  run.ledger.startJob(run.record, record);
  const machine = await setUpMachine(plan, cancelled.signal);
  const timer = startTimeout(machine.job, cancelled);
  try {
    await runSteps(machine);
    record.outputs = jobOutputs(machine.job);
  } catch (error) {
    annotate(machine.job, 'error', error instanceof Error ? error.message : String(error));
    machine.job.failed = true;
  } finally {
    clearTimeout(timer);
    await machine.dispose();
  }
  return jobStatus(machine.job);
}

function startTimeout(job: JobContext, cancelled: AbortController): NodeJS.Timeout {
  const minutes = timeoutMinutes(job);
  return setTimeout(() => {
    annotate(
      job,
      'error',
      `The job has exceeded the maximum execution time of ${minutes} minutes.`,
    );
    cancelled.abort();
  }, minutes * 60_000);
}

function timeoutMinutes(job: JobContext): number {
  const value: Json = evaluateTemplate(job.spec.timeoutMinutes, jobScope(job, 'jobs'));
  const minutes = Number(value ?? DEFAULT_TIMEOUT_MINUTES);
  return minutes > 0 ? minutes : DEFAULT_TIMEOUT_MINUTES;
}

async function runSteps({ job, permissions }: JobMachine): Promise<void> {
  const { run, record, spec } = job;
  record.permissions = permissions;
  log(job, '##[group]GITHUB_TOKEN Permissions');
  for (const [scope, access] of Object.entries(permissions)) log(job, `${scope}: ${access}`);
  log(job, '##[endgroup]');
  const unresolved = unresolvedAction(job);
  if (unresolved !== null) {
    annotate(job, 'error', unresolved);
    job.failed = true;
    return;
  }
  setVariables(job);
  const steps = spec.steps.map((step) => ({
    step,
    stepRecord: run.ledger.openStep(record, step.id, stepName(step)),
  }));
  for (const { step, stepRecord } of steps) await runStep(job, step, stepRecord);
}

/** The workflow's variables first: a job's of the same name replaces it. */
function setVariables(job: JobContext): void {
  const levels = [
    evaluateTexts(job.run.workflow.env, stepScope(job, {}, 'env')),
    evaluateTexts(job.spec.env, stepScope(job, {}, 'jobs.env')),
  ];
  for (const level of levels) {
    for (const [name, value] of Object.entries(level)) job.env.set(name, value);
  }
}

/**
 * The job's outputs; one that holds a masked value stays behind with a warning, and more than 1 MB of
 * them make the job fail.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs
 */
function jobOutputs(job: JobContext): Record<string, string> {
  const scope = stepScope(job, Object.fromEntries(job.env), 'jobs.outputs');
  const outputs: Record<string, string> = {};
  let size = 0;
  for (const [name, template] of Object.entries(job.spec.outputs)) {
    const value = evaluateText(template, scope);
    if (job.masker.hides(value)) {
      annotate(job, 'warning', `Skip output '${name}' since it may contain secret.`);
      continue;
    }
    outputs[name] = value;
    size += Buffer.byteLength(name + value, 'utf16le');
  }
  if (size <= MAX_OUTPUT_BYTES) return outputs;
  throw new Error(`The outputs of the job are ${size} bytes, more than the 1 MB allowed`);
}
