import * as v from 'valibot';
import type { Claim } from './escalation.ts';

/** A claim is a few lines of JSON; a larger one is not read. */
export const CLAIM_LIMIT_CHARACTERS = 16_384;

/** What the document's entry, and the template's, hold until somebody fills them in. */
const UNFILLED_REASON = /^(?:<description>|\[description\])$/i;
const UNFILLED_TYPE = /^(?:<[^>]*>|\[[^\]]*\]|)$/;

/** A claim of one module; the template's other keys may stand beside these and say nothing. */
export const claimSchema = v.object({
  status: v.pipe(
    v.picklist(['blocked', 'review', 'complete']),
    v.description('`blocked` halts the session; the others say that the work is done.'),
  ),
  blockedReason: v.pipe(
    v.nullish(v.string()),
    v.description('What cannot be gone on with; the escalation quotes it.'),
  ),
  failureType: v.pipe(
    v.nullish(v.string()),
    v.description('The failure type that halts; without one it goes to the planning agent.'),
  ),
});

/**
 * Reads a coder's claim of its own module from `{"<id>": {…}}`. Null where it says nothing of the module,
 * is too large or is not JSON: a claim is never needed, so a broken one counts as none. What was copied
 * from the document and not filled in says nothing.
 */
export function parseClaim(text: string, module: string): Claim | null {
  if (text.length > CLAIM_LIMIT_CHARACTERS) return null;
  const claim = v.safeParse(claimSchema, ownValue(parseJson(text), module));
  if (!claim.success) return null;
  const { status, blockedReason, failureType } = claim.output;
  if (status === 'blocked') {
    const reason = blockedReason?.trim() ?? '';
    const type = failureType?.trim() ?? '';
    return {
      kind: 'halt',
      failureType: UNFILLED_TYPE.test(type) ? null : type,
      reason: reason === '' || UNFILLED_REASON.test(reason) ? 'The coder gave no reason.' : reason,
    };
  }
  return { kind: 'done' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ownValue(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : null;
}
