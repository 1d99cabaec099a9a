import { jobScope, runScope } from './contexts.ts';
import { evaluateTemplate, evaluateText } from './expressions.ts';
import { runOnMachine } from './job.ts';
import type { Json, JsonObject } from './json.ts';
import { isList, plainText } from './json.ts';
import type { Strategy } from './matrix.ts';
import type { Conclusion } from './records.ts';
import type { JobPlan } from './run-context.ts';
import type { TakenTurn } from './run-concurrency.ts';
import { concurrencyRequest, takeTurn } from './run-concurrency.ts';
import { createSlots } from './slots.ts';

/** A job before its matrix makes one or more of it. */
export type JobBase = Omit<JobPlan, 'record'>;

export interface JobEnd {
  /** `needs.<id>.result`. */
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Runs the jobs of a strategy. The first that fails ends the others unless `fail-fast` is off, and of
 * outputs with the same name the last one that says something stays.
 */
export async function runCombinations(base: JobBase, strategy: Strategy): Promise<JobEnd> {
  const slots = createSlots(strategy.maxParallel ?? strategy.combinations.length);
  const outputs: Record<string, string> = {};
  const end = new AbortController();
  const plans = strategy.combinations.map((matrix, index) =>
    planCombination(base, strategy, matrix, index),
  );
  const results = await Promise.all(
    plans.map(async (plan) => {
      const result = await slots.use(async () => runCombination(plan, end.signal));
      for (const [name, value] of Object.entries(plan.record.outputs)) {
        if (value !== '' || !Object.hasOwn(outputs, name)) outputs[name] = value;
      }
      if (result === 'failure' && strategy.failFast) end.abort();
      return result;
    }),
  );
  return { result: worstOf(results), outputs };
}

function planCombination(
  base: JobBase,
  strategy: Strategy,
  matrix: JsonObject,
  index: number,
): JobPlan {
  const total = strategy.combinations.length;
  const context = {
    'fail-fast': strategy.failFast,
    'job-index': index,
    'job-total': total,
    'max-parallel': strategy.maxParallel ?? total,
  };
  const { run, spec } = base;
  const scope = jobScope({ ...base, matrix, strategy: context }, 'jobs');
  const record = run.ledger.openJob(run.record, {
    key: spec.id,
    name: spec.name === null ? defaultName(spec.id, matrix) : evaluateText(spec.name, scope),
    matrix,
    runsOn: labelsOf(evaluateTemplate(spec.runsOn, scope)),
  });
  return { ...base, matrix, strategy: context, record };
}

function defaultName(id: string, matrix: JsonObject): string {
  const values = Object.values(matrix).map(plainText);
  return values.length === 0 ? id : `${id} (${values.join(', ')})`;
}

function labelsOf(runsOn: Json): readonly string[] {
  if (isList(runsOn)) return runsOn.map(plainText);
  return [plainText(runsOn)];
}

/** One job, whose failure `continue-on-error` turns into a success for all but its own record. */
async function runCombination(plan: JobPlan, failedFast: AbortSignal): Promise<Conclusion> {
  const { run, record } = plan;
  try {
    const conclusion = await inItsTurn(plan, failedFast);
    run.ledger.endJob(run.record, record, conclusion);
    return conclusion === 'failure' && tolerates(plan) ? 'success' : conclusion;
  } catch (error) {
    problem(plan, error instanceof Error ? error.message : String(error));
    run.ledger.endJob(run.record, record, 'failure');
    return 'failure';
  }
}

function tolerates(plan: JobPlan): boolean {
  return evaluateTemplate(plan.spec.continueOnError, jobScope(plan, 'jobs')) === true;
}

function problem({ record }: JobPlan, message: string): void {
  record.annotations.push({ level: 'error', message, properties: {} });
}

/** A job that starts after its run was cancelled, by its `if:`, is not ended by that again. */
async function inItsTurn(plan: JobPlan, failedFast: AbortSignal): Promise<Conclusion> {
  const { run } = plan;
  const own = new AbortController();
  const enders = [run.stop, failedFast, ...(run.cancel.signal.aborted ? [] : [run.cancel.signal])];
  const unlink = abortWith(own, enders);
  const turn = await turnOf(plan, own);
  try {
    if (turn.kind === 'granted') {
      return await run.slots.use(async () =>
        own.signal.aborted ? 'cancelled' : runOnMachine(plan, own),
      );
    }
    problem(plan, turn.reason);
    return 'cancelled';
  } finally {
    turn.leave();
    unlink();
  }
}

function abortWith(controller: AbortController, signals: readonly AbortSignal[]): () => void {
  const abort = (): void => controller.abort();
  if (signals.some((signal) => signal.aborted)) abort();
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  return () => {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
}

/** A job in its own run's group would wait for itself. */
async function turnOf(plan: JobPlan, own: AbortController): Promise<TakenTurn> {
  const { run, spec } = plan;
  const request = concurrencyRequest(spec.concurrency, jobScope(plan, 'jobs'));
  const held = concurrencyRequest(run.workflow.concurrency, runScope(run, 'concurrency'));
  if (request && held?.group.toLowerCase() === request.group.toLowerCase()) {
    const reason = `Canceling since a deadlock was detected for concurrency group: '${request.group}' between a top level workflow and '${spec.id}'`;
    return { kind: 'cancelled', reason, leave: () => undefined };
  }
  return takeTurn(run, request, own, (reason) => problem(plan, reason));
}

function worstOf(results: readonly Conclusion[]): Conclusion {
  const order: readonly Conclusion[] = ['failure', 'cancelled', 'success'];
  return order.find((result) => results.includes(result)) ?? 'skipped';
}
