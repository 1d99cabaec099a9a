import type { JsonObject } from './json.ts';
import { plainText } from './json.ts';
import type { Strategy } from './matrix.ts';
import type { Conclusion } from './records.ts';
import type { JobBase } from './run-context.ts';
import { createSlots } from './slots.ts';

export interface JobEnd {
  /** `needs.<id>.result`. */
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A combination that is listed already and can be run. */
export type PreparedJob = (failedFast: AbortSignal) => Promise<JobEnd>;

/**
 * Runs the jobs of a strategy. The first that fails ends the others unless `fail-fast` is off, and of
 * outputs with the same name the last one that says something stays.
 */
export async function runCombinations<Base extends JobBase>(
  base: Base,
  strategy: Strategy,
  prepare: (base: Base) => PreparedJob,
): Promise<JobEnd> {
  const slots = createSlots(strategy.maxParallel ?? strategy.combinations.length);
  const outputs: Record<string, string> = {};
  const end = new AbortController();
  const prepared = strategy.combinations.map((matrix, index) =>
    prepare({ ...base, matrix, strategy: strategyContext(strategy, index) }),
  );
  const results = await Promise.all(
    prepared.map(async (job) => {
      const ended = await slots.use(async () => job(end.signal));
      for (const [name, value] of Object.entries(ended.outputs)) {
        if (value !== '' || !Object.hasOwn(outputs, name)) outputs[name] = value;
      }
      if (ended.result === 'failure' && strategy.failFast) end.abort();
      return ended.result;
    }),
  );
  return { result: worstOf(results), outputs };
}

function strategyContext(strategy: Strategy, index: number): JsonObject {
  const total = strategy.combinations.length;
  return {
    'fail-fast': strategy.failFast,
    'job-index': index,
    'job-total': total,
    'max-parallel': strategy.maxParallel ?? total,
  };
}

/** What a job that gives itself no name is called. */
export function defaultName(id: string, matrix: JsonObject): string {
  const values = Object.values(matrix).map(plainText);
  return values.length === 0 ? id : `${id} (${values.join(', ')})`;
}

/** Of several jobs as one: a run, a matrix, a reusable workflow. */
export function worstOf(results: readonly Conclusion[]): Conclusion {
  const order: readonly Conclusion[] = ['failure', 'cancelled', 'success'];
  return order.find((result) => results.includes(result)) ?? 'skipped';
}
