import { describeTrigger } from '../domain/trigger.ts';
import type { PlannedRun } from '../domain/verification.ts';
import { renderJobSummary } from '../documents/job-summary.ts';
import { describeDecision } from '../outputs.ts';
import { plan } from '../run.ts';
import { parseTrigger } from '../trigger.ts';
import type { Mode } from './mode.ts';
import { createOutside } from './outside.ts';

/** `mode: plan`: looks, with a token that may only read, and says what is to be run. */
export const runPlanMode: Mode = async ({ inputs, environment, log, time, chance }) => {
  const trigger = parseTrigger(environment.event, environment.payload);
  if (trigger.kind === 'ignored') return { outputs: planOutputs([]), summary: '' };
  const outside = await createOutside(inputs, environment, log, time, chance);
  const { decision } = await plan(outside, trigger);
  const runs = runsOfOneCommit(decision.needs);
  return {
    outputs: planOutputs(runs),
    summary: renderJobSummary({
      mode: 'plan',
      dryRun: inputs.dryRun,
      trigger: describeTrigger(trigger),
      observed: [],
      decided: describeDecision({ steps: [], needs: runs }),
      done: [],
      plan: null,
      problems: [],
      failure: null,
      links: [],
    }),
  };
};

/** A job checks out one commit: what else is due is started by itself afterwards. */
function runsOfOneCommit(needs: readonly PlannedRun[]): readonly PlannedRun[] {
  return needs.slice(0, 1);
}

function planOutputs(runs: readonly PlannedRun[]): Readonly<Record<string, string>> {
  return { plan: JSON.stringify(runs), sha: runs[0]?.sha ?? '' };
}
