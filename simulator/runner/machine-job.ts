import { jobScope } from './contexts.ts';
import { evaluateTemplate, evaluateText } from './expressions.ts';
import type { PreparedJob } from './job-combinations.ts';
import { defaultName } from './job-combinations.ts';
import { inTurnOf } from './job-turn.ts';
import { runOnMachine } from './job.ts';
import type { Json } from './json.ts';
import { isList, plainText } from './json.ts';
import type { Conclusion } from './records.ts';
import type { JobBase, JobPlan } from './run-context.ts';
import type { MachineJobSpec } from './workflow.ts';

/** Lists a job that has a machine of its own, to be run when its strategy lets it. */
export function prepareMachineJob(base: JobBase<MachineJobSpec>): PreparedJob {
  const { run, spec, matrix } = base;
  const scope = jobScope(base, 'jobs');
  const name = spec.name === null ? defaultName(spec.id, matrix) : evaluateText(spec.name, scope);
  const record = run.ledger.openJob(run.record, {
    key: spec.id,
    name: run.namePrefix + name,
    matrix,
    runsOn: labelsOf(evaluateTemplate(spec.runsOn, scope)),
  });
  const plan = { ...base, record };
  return async (failedFast) => {
    const result = await runCombination(plan, failedFast);
    return { result, outputs: record.outputs };
  };
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

async function inItsTurn(plan: JobPlan, failedFast: AbortSignal): Promise<Conclusion> {
  return inTurnOf<Conclusion>(plan, {
    failedFast,
    lost: (reason) => problem(plan, reason),
    refused: (reason) => {
      problem(plan, reason);
      return 'cancelled';
    },
    work: async (own) =>
      plan.run.slots.use(async () => (own.signal.aborted ? 'cancelled' : runOnMachine(plan, own))),
  });
}

function tolerates(plan: JobPlan): boolean {
  return evaluateTemplate(plan.spec.continueOnError, jobScope(plan, 'jobs')) === true;
}

function problem({ record }: JobPlan, message: string): void {
  record.annotations.push({ level: 'error', message, properties: {} });
}
