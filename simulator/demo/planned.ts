import type { WorkflowRunRecord } from '../runner/runner.ts';

export type Job = WorkflowRunRecord['jobs'][number];

/** What a job verifies: a session's head or the gates of the base branch. */
export type Planned =
  | { readonly kind: 'gates'; readonly sha: string }
  | { readonly kind: 'verification'; readonly sha: string; readonly module: string };

/** What the job's plan step handed on; null before it ended or where it planned nothing. */
export function plannedOf(job: Job): Planned | null {
  const text = job.steps.find((step) => step.id === 'plan')?.outputs['plan'] ?? '';
  if (text === '') return null;
  const [first] = JSON.parse(text) as readonly Planned[];
  return first ?? null;
}

/** A module's id, or `gates on abc1234`. */
export function describePlanned(planned: Planned): string {
  return planned.kind === 'gates' ? `gates on ${planned.sha.slice(0, 7)}` : planned.module;
}
