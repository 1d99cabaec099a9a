import { SessionwrightError } from '../domain/errors.ts';
import { parsePlannedRuns } from '../domain/planned-runs.ts';
import type { PlannedRun } from '../domain/verification.ts';

/** The input `plan`: what `mode: plan` handed on; nothing where the plan step did not come to its end. */
export function readPlanned(text: string): readonly PlannedRun[] {
  if (text === '') return [];
  const runs = parsePlannedRuns(text);
  if (runs !== null) return runs;
  throw SessionwrightError.of('plan-unreadable', {});
}
