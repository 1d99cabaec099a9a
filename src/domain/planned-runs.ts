import * as v from 'valibot';
import type { PlannedRun } from './verification.ts';

const command = v.strictObject({
  id: v.string(),
  name: v.string(),
  run: v.string(),
  failure: v.string(),
  env: v.record(v.string(), v.string()),
  shell: v.nullable(v.string()),
  workingDirectory: v.nullable(v.string()),
  timeoutSeconds: v.number(),
  needs: v.array(v.string()),
  parallel: v.boolean(),
  report: v.nullable(v.string()),
  allowEmpty: v.boolean(),
});

const sha = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u));

const anyRun = { sha, timeoutSeconds: v.number(), commands: v.array(command) };

const plannedRuns = v.array(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('gates'), ...anyRun }),
    v.strictObject({ kind: v.literal('group'), ...anyRun }),
    v.strictObject({
      kind: v.literal('verification'),
      ...anyRun,
      module: v.string(),
      pullRequest: v.number(),
    }),
  ]),
);

/** Reads what `mode: plan` handed on; null where it is anything else. */
export function parsePlannedRuns(text: string): readonly PlannedRun[] | null {
  const parsed = v.safeParse(plannedRuns, parseJson(text));
  return parsed.success ? parsed.output : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
