import { SessionwrightError } from '../domain/errors.ts';
import { parsePlannedRuns } from '../domain/planned-runs.ts';
import type { PlannedRun } from '../domain/verification.ts';

/** The input `plan`: what `mode: plan` handed on; nothing where the plan step did not come to its end. */
export function readPlanned(text: string): readonly PlannedRun[] {
  if (text === '') return [];
  const runs = parsePlannedRuns(text);
  if (runs !== null) return runs;
  throw new SessionwrightError({
    code: 'plan-unreadable',
    message: 'The input plan is not what mode: plan handed on.',
    fix: "Hand the plan step's output on unchanged, as in the workflow of the README.",
  });
}
