import { typedInput } from './call-contract.ts';
import type { CalledWorkflow } from './called-workflows.ts';
import { jobScope, runScope } from './contexts.ts';
import { evaluateTemplate, evaluateText, evaluateTexts } from './expressions.ts';
import type { JobEnd, PreparedJob } from './job-combinations.ts';
import { defaultName, worstOf } from './job-combinations.ts';
import { inTurnOf, takeUnheld } from './job-turn.ts';
import type { JsonObject } from './json.ts';
import { at, mapValues } from './json.ts';
import { grantedBy } from './permissions.ts';
import { concurrencyRequest } from './run-concurrency.ts';
import type { JobBase, RunContext } from './run-context.ts';
import type { CallJobSpec } from './workflow.ts';

/** Runs the jobs of a called workflow and tells how each ended, by its id. */
export type RunCalled = (run: RunContext) => Promise<ReadonlyMap<string, JobEnd>>;

/**
 * Makes a job that calls a reusable workflow ready to run. It has no machine and is not listed itself: the
 * called jobs are, as `caller / called`.
 * https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
 */
export function prepareCallJob(base: JobBase<CallJobSpec>, runCalled: RunCalled): PreparedJob {
  const { run, spec, matrix } = base;
  const name =
    spec.name === null
      ? defaultName(spec.id, matrix)
      : evaluateText(spec.name, jobScope(base, 'jobs'));
  const end = (result: 'failure' | 'cancelled', reason: string): JobEnd => {
    const fields = { key: spec.id, name: run.namePrefix + name, matrix, runsOn: [] };
    const record = run.ledger.openJob(run.record, fields);
    record.annotations.push({ level: 'error', message: reason, properties: {} });
    run.ledger.endJob(run.record, record, result);
    return { result, outputs: {} };
  };
  const refused = (reason: string): JobEnd => end('cancelled', reason);
  return async (failedFast) => {
    try {
      return await inTurnOf<JobEnd>(base, {
        failedFast,
        refused,
        lost: () => undefined,
        work: async (own, held) => {
          const called = callContext(base, { name, own, held });
          return inTurnOfCalled(called, own, refused, runCalled);
        },
      });
    } catch (error) {
      return end('failure', error instanceof Error ? error.message : String(error));
    }
  };
}

interface Call {
  readonly name: string;
  readonly own: AbortController;
  readonly held: readonly string[];
}

/** The called workflow as its jobs see it: the caller's run and event, its own inputs, secrets and limits. */
function callContext(base: JobBase<CallJobSpec>, { name, own, held }: Call): CalledContext {
  const { run, spec } = base;
  const called = run.calls.get(spec.id);
  if (called === undefined) throw new Error(`The workflow ${spec.uses} was not loaded`);
  const { workflow, home, calls } = called;
  const context = {
    ...run,
    ...{ workflow, home, calls, held, cancel: own },
    inputs: calledInputs(base, called),
    secrets: spec.secrets === 'inherit' ? run.secrets : calledSecrets(base, spec.secrets),
    ceiling: grantedBy(spec.permissions ?? run.workflow.permissions, run.ceiling),
    namePrefix: `${run.namePrefix}${name} / `,
  };
  return { run: context, called, id: spec.id };
}

interface CalledContext {
  readonly run: RunContext;
  readonly called: CalledWorkflow;
  readonly id: string;
}

function calledInputs(base: JobBase<CallJobSpec>, { contract }: CalledWorkflow): JsonObject {
  const scope = jobScope(base, 'jobs');
  const defaults = runScope(base.run, 'call.default');
  return mapValues(contract.inputs, (spec, name) =>
    Object.hasOwn(base.spec.with, name)
      ? typedInput(spec, evaluateTemplate(at(base.spec.with, name), scope))
      : typedInput(spec, evaluateTemplate(spec.default, defaults)),
  );
}

/** A secret that is not set is passed on as an empty text. */
function calledSecrets(base: JobBase<CallJobSpec>, given: JsonObject): Record<string, string> {
  return evaluateTexts(given, jobScope(base, 'jobs.secrets'));
}

/** A called workflow may have a `concurrency:` of its own, beside that of the job that calls it. */
async function inTurnOfCalled(
  { run, called, id }: CalledContext,
  own: AbortController,
  refused: (reason: string) => JobEnd,
  runCalled: RunCalled,
): Promise<JobEnd> {
  const request = concurrencyRequest(run.workflow.concurrency, runScope(run, 'concurrency'));
  const turn = await takeUnheld({ run, request, held: run.held, id }, own, () => undefined);
  try {
    if (turn.kind === 'cancelled') return refused(turn.reason);
    const jobs = await runCalled(run);
    const scope = runScope(run, 'call.outputs', jobsContext(jobs));
    return {
      result: worstOf([...jobs.values()].map(({ result }) => result)),
      outputs: evaluateTexts(called.contract.outputs, scope),
    };
  } finally {
    turn.leave();
  }
}

function jobsContext(jobs: ReadonlyMap<string, JobEnd>): JsonObject {
  return Object.fromEntries(
    [...jobs].map(([id, { result, outputs }]) => [id, { result, outputs }]),
  );
}
