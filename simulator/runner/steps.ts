import type { ActionReference } from './action-metadata.ts';
import { actionDirectory, parseReference, readAction } from './action-metadata.ts';
import { builtInAction, runBuiltIn } from './built-in-actions.ts';
import { stepScope } from './contexts.ts';
import {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  TemplateError,
} from './expressions.ts';
import type { FileCommands } from './file-commands.ts';
import { applyFileCommands, openFileCommands } from './file-commands.ts';
import { runJavaScriptAction } from './javascript-action.ts';
import type { Json } from './json.ts';
import type { Conclusion, OpenStep } from './records.ts';
import type { JobContext } from './run-context.ts';
import { runScript } from './shell.ts';
import type { StepContext } from './step-context.ts';
import { annotate, StepFailure } from './step-context.ts';
import type { StepSpec } from './workflow.ts';

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepstimeout-minutes */
const DEFAULT_TIMEOUT_MINUTES = 360;

/**
 * Takes a step from its `if:` to its conclusion and remembers the result for the `steps` context.
 * A job that is stopped for good runs no further step, whatever its `if:` says.
 */
export async function runStep(job: JobContext, spec: StepSpec, record: OpenStep): Promise<void> {
  const { run } = job;
  const env = { ...Object.fromEntries(job.env) };
  const decision = run.stop.aborted ? 'skip' : decide(job, spec, env);
  if (decision === 'skip') {
    finish(job, record, { outcome: 'skipped', conclusion: 'skipped' });
    return;
  }
  run.ledger.startStep(run.record, job.record, record);
  const outcome = decision === 'invalid' ? 'failure' : await execute(job, spec, record, env);
  const tolerated = outcome === 'failure' && tolerates(job, spec, env);
  const conclusion = tolerated ? 'success' : outcome;
  if (conclusion === 'failure') job.failed = true;
  finish(job, record, { outcome, conclusion });
}

/** What a step is listed as, known before it runs. */
export function stepName(spec: StepSpec): string {
  if (spec.name !== null) return spec.name;
  return `Run ${spec.uses ?? spec.run?.trimStart().split('\n')[0] ?? ''}`;
}

function decide(
  job: JobContext,
  spec: StepSpec,
  env: Readonly<Record<string, string>>,
): 'run' | 'skip' | 'invalid' {
  try {
    return evaluateCondition(spec.condition, stepScope(job, env, 'steps.if')) ? 'run' : 'skip';
  } catch (error) {
    annotate(job, 'error', messageOf(error));
    return 'invalid';
  }
}

function tolerates(
  job: JobContext,
  spec: StepSpec,
  env: Readonly<Record<string, string>>,
): boolean {
  try {
    return evaluateTemplate(spec.continueOnError, stepScope(job, env, 'steps')) === true;
  } catch (error) {
    annotate(job, 'error', messageOf(error));
    return false;
  }
}

function finish(
  job: JobContext,
  record: OpenStep,
  ends: { readonly outcome: Conclusion; readonly conclusion: Conclusion },
): void {
  if (record.id !== null) job.steps.set(record.id, { outputs: record.outputs, ...ends });
  job.run.ledger.endStep(job.run.record, job.record, record, ends);
}

async function execute(
  job: JobContext,
  spec: StepSpec,
  record: OpenStep,
  jobEnv: Readonly<Record<string, string>>,
): Promise<'success' | 'failure' | 'cancelled'> {
  let limit: Limit | null = null;
  try {
    const scope = stepScope(job, jobEnv, 'steps');
    limit = startLimit(job, minutesOf(evaluateTemplate(spec.timeoutMinutes, scope)));
    const env = { ...jobEnv, ...evaluateTexts(spec.env, scope) };
    const name = evaluateText(stepName(spec), stepScope(job, env, 'steps'));
    record.name = job.masker.mask(name);
    const step = openStep(job, spec, record, env, limit.signal);
    await perform(step);
    if (!limit.signal.aborted) return step.failed ? 'failure' : 'success';
  } catch (error) {
    if (!limit?.signal.aborted) annotate(job, 'error', messageOf(error));
  } finally {
    limit?.clear();
  }
  if (!limit?.signal.aborted) return 'failure';
  return limit.isOver() ? timedOut(job, record, limit.minutes) : cancelled(job);
}

function openStep(
  job: JobContext,
  spec: StepSpec,
  record: OpenStep,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): StepContext {
  return { job, spec, record, env, outputs: new Map(), signal, failed: false };
}

function timedOut(job: JobContext, record: OpenStep, minutes: number): 'failure' {
  annotate(job, 'error', `The action '${record.name}' has timed out after ${minutes} minutes.`);
  return 'failure';
}

function cancelled(job: JobContext): 'cancelled' {
  annotate(job, 'error', 'The operation was canceled.');
  return 'cancelled';
}

interface Limit {
  readonly signal: AbortSignal;
  readonly minutes: number;
  isOver(): boolean;
  clear(): void;
}

/** A step that starts in a job already cancelled, by its `if:`, is not ended by that again. */
function startLimit(job: JobContext, minutes: number): Limit {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), minutes * 60_000);
  const enders = [timeout.signal, job.run.stop];
  const signal = AbortSignal.any(job.cancelled.aborted ? enders : [...enders, job.cancelled]);
  return {
    signal,
    minutes,
    isOver: () => timeout.signal.aborted,
    clear: () => clearTimeout(timer),
  };
}

function minutesOf(timeout: Json): number {
  const minutes = Number(timeout ?? DEFAULT_TIMEOUT_MINUTES);
  return minutes > 0 ? minutes : DEFAULT_TIMEOUT_MINUTES;
}

/** What the step wrote to its files counts even if it failed. */
async function perform(step: StepContext): Promise<void> {
  const files = await openFileCommands(step.job.directories.temp);
  try {
    if (step.spec.run === null) await useAction(step, files, step.spec.uses ?? '');
    else await runScript(step, files);
  } finally {
    await applyFileCommands(step, files);
    step.record.outputs = Object.fromEntries(step.outputs);
  }
}

async function useAction(step: StepContext, files: FileCommands, uses: string): Promise<void> {
  const reference = parseReference(uses);
  const builtIn = reference.kind === 'repository' ? builtInAction(reference.repository) : null;
  if (builtIn) {
    const scope = stepScope(step.job, step.env, 'steps');
    const given = Object.entries(evaluateTexts(step.spec.with, scope));
    const inputs = given.map(([name, value]) => [name.toLowerCase(), value] as const);
    await runBuiltIn(step, builtIn, Object.fromEntries(inputs));
    return;
  }
  const directory = actionDirectory(step.job, reference);
  if (directory === null) throw new StepFailure(unresolved(uses));
  await runJavaScriptAction(step, files, await readAction(directory, uses), reference);
}

/**
 * The first `uses:` of a job that names no action there is. GitHub finds it while it sets the job up,
 * before any step runs.
 */
export function unresolvedAction(job: JobContext): string | null {
  for (const { uses } of job.spec.steps) {
    if (uses === null) continue;
    const reference: ActionReference = parseReference(uses);
    if (reference.kind === 'repository' && builtInAction(reference.repository)) continue;
    if (actionDirectory(job, reference) === null) return unresolved(uses);
  }
  return null;
}

function unresolved(uses: string): string {
  return `Unable to resolve action \`${uses}\`, repository not found`;
}

function messageOf(error: unknown): string {
  if (error instanceof StepFailure || error instanceof TemplateError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
