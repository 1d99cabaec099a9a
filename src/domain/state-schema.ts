import * as v from 'valibot';
import { described } from './config-values.ts';
import { STATUSES } from './implementation-state.ts';

/** A list is no object to us, though it is one to JavaScript: read as one, it would be an entry of nothing. */
const json = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Expected an object',
);

function object<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(json, v.looseObject(entries));
}

/** Other than `v.record`, keeps keys such as `constructor`, which ids may be. */
function dictionary<const S extends v.GenericSchema>(value: S) {
  return v.pipe(
    json,
    v.transform((input) => Object.entries(input)),
    v.array(v.tuple([v.string(), value])),
    v.transform((entries) => Object.fromEntries(entries)),
  );
}

const text = v.nullish(v.string(), null);
const number = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0)), null);

const spec = object({
  prompt: v.string(),
  handoff: v.string(),
  types: dictionary(v.string()),
});

const request = object({ source: number, by: v.string(), at: v.string() });

const attemptRecord = object({
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
  specSha: v.exactOptional(v.string()),
});

const session = object({
  attempt: described(
    v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
    'Attempts begun so far.',
  ),
  maxAttempts: described(
    v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
    'Attempts granted.',
  ),
  branch: described(text, 'The branch of the last attempt.'),
  pullRequest: described(number, 'The pull request of the last attempt.'),
  baseSha: described(text, 'The commit that the branch was cut from.'),
  headSha: described(text, 'The head that was judged last.'),
  continues: v.exactOptional(v.nullable(object({ attempt: v.number(), from: v.string() }))),
  headAt: v.exactOptional(v.string()),
  startedAt: text,
  mergeSha: described(text, 'The commit that the session was merged with.'),
  escalation: described(number, 'The escalation issue.'),
  request: described(
    v.nullish(request, null),
    'The wish that the module start, until it is served.',
  ),
  failedHeads: v.optional(
    v.array(
      object({
        sha: v.string(),
        failures: v.array(v.string()),
        afterGreen: v.exactOptional(v.boolean()),
      }),
    ),
    [],
  ),
  reruns: v.exactOptional(
    object({
      sha: v.string(),
      times: v.pipe(v.number(), v.integer(), v.minValue(0)),
      at: v.string(),
    }),
  ),
  spec: v.nullish(spec, null),
  acknowledged: v.exactOptional(object({ sessionId: v.string(), sha: v.string() })),
  history: described(
    v.optional(v.array(attemptRecord), []),
    'Attempts that are over, oldest first.',
  ),
  cleared: v.exactOptional(object({ escalation: number, resolution: text, resolvedBy: text })),
  commands: v.exactOptional(v.array(object({ id: v.string(), attempt: v.number() }))),
  ruling: v.exactOptional(
    object({
      kind: v.picklist(['reopened', 'completed']),
      by: v.string(),
      reason: v.string(),
      at: v.string(),
    }),
  ),
});

/** One module's entry as the file holds it; keys that are not ours pass through. */
export const entrySchema = object({
  status: described(v.optional(v.picklist(STATUSES), 'pending'), 'Where the module stands.'),
  blockedReason: described(text, 'Why the module is blocked.'),
  blockedAt: text,
  completedAt: text,
  filesModified: described(v.nullish(v.array(v.string()), []), 'What the verified head changes.'),
  implementedBy: described(text, 'The template’s word for the coder, once a head was found green.'),
  sessionId: described(text, 'The UUID of the last attempt.'),
  $session: described(v.optional(session, {}), 'What is Sessionwright’s own of the entry.'),
});

/** What the file says of itself, under `$sessionwright`. */
export const headerSchema = object({
  version: v.optional(v.pipe(v.number(), v.integer()), 1),
  dashboard: described(number, 'The dashboard issue.'),
  gates: v.nullish(
    object({
      sha: v.string(),
      results: dictionary(v.picklist(['passed', 'failed', 'infrastructure'])),
    }),
    null,
  ),
});
