import type { ConcurrencyRequest } from './concurrency.ts';
import type { Scope } from './expressions.ts';
import { evaluateTemplate, evaluateText, TemplateError } from './expressions.ts';
import type { RunContext } from './run-context.ts';
import type { ConcurrencySpec } from './workflow.ts';

/** A turn that was taken, or why it was not; `leave` is called in either case. */
export type TakenTurn = (
  { readonly kind: 'granted' } | { readonly kind: 'cancelled'; readonly reason: string }
) & { leave(): void };

/** What a `concurrency:` block asks for once its expressions are evaluated, null without one. */
export function concurrencyRequest(
  spec: ConcurrencySpec | null,
  scope: Scope,
): ConcurrencyRequest | null {
  if (spec === null) return null;
  const group = evaluateText(spec.group, scope);
  if (group === '') throw new TemplateError('The concurrency group is empty');
  const cancelInProgress = evaluateTemplate(spec.cancelInProgress, scope) === true;
  return { group, cancelInProgress, queue: spec.queue };
}

/**
 * Waits for a turn in a concurrency group. A cancellation ends the wait, and a later member of the
 * group may cancel what runs.
 */
export async function takeTurn(
  run: RunContext,
  request: ConcurrencyRequest | null,
  cancelled: AbortController,
  onTaken: (reason: string) => void = () => undefined,
): Promise<TakenTurn> {
  if (!request) return { kind: 'granted', leave: () => undefined };
  const place = run.groups.enter(request, (reason) => {
    onTaken(reason);
    cancelled.abort();
  });
  const turn = await Promise.race([place.turn, whenAborted(cancelled.signal)]);
  return { ...turn, leave: () => place.leave() };
}

async function whenAborted(signal: AbortSignal) {
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
  return { kind: 'cancelled', reason: 'The operation was canceled.' } as const;
}
