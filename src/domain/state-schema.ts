import * as v from 'valibot';
import { STATUSES } from './implementation-state.ts';

const text = v.nullish(v.string(), null);
const number = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0)), null);

const spec = v.looseObject({
  prompt: v.string(),
  handoff: v.string(),
  types: v.record(v.string(), v.string()),
});

const request = v.looseObject({ source: number, by: v.string(), at: v.string() });

const attemptRecord = v.looseObject({
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sessionId: v.string(),
  outcome: v.picklist([
    'halted',
    'failed',
    'timed-out',
    'cancelled',
    'closed',
    'merged',
    'retried',
  ]),
  failureType: text,
  issue: text,
  resolution: text,
  resolvedBy: text,
  startedAt: text,
  endedAt: v.string(),
  pullRequest: number,
  escalation: number,
  baseSha: text,
  spec: v.nullish(spec, null),
});

const session = v.looseObject({
  attempt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  maxAttempts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  branch: text,
  pullRequest: number,
  baseSha: text,
  headSha: text,
  startedAt: text,
  mergeSha: text,
  escalation: number,
  request: v.nullish(request, null),
  failedHeads: v.optional(
    v.array(v.looseObject({ sha: v.string(), failures: v.array(v.string()) })),
    [],
  ),
  spec: v.nullish(spec, null),
  history: v.optional(v.array(attemptRecord), []),
});

/** One module's entry as the file holds it; keys that are not ours pass through. */
export const entrySchema = v.looseObject({
  status: v.optional(v.picklist(STATUSES), 'pending'),
  blockedReason: text,
  blockedAt: text,
  completedAt: text,
  filesModified: v.nullish(v.array(v.string()), []),
  implementedBy: text,
  sessionId: text,
  $session: v.optional(session, {}),
});

/** What the file says of itself, under `$sessionwright`. */
export const headerSchema = v.looseObject({
  version: v.optional(v.pipe(v.number(), v.integer()), 1),
  dashboard: number,
  gates: v.nullish(
    v.looseObject({
      sha: v.string(),
      results: v.record(v.string(), v.picklist(['passed', 'failed', 'infrastructure'])),
    }),
    null,
  ),
});
