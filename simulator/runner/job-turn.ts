import type { ConcurrencyRequest } from './concurrency.ts';
import { jobScope, runScope } from './contexts.ts';
import type { TakenTurn } from './run-concurrency.ts';
import { concurrencyRequest, takeTurn } from './run-concurrency.ts';
import type { JobBase, RunContext } from './run-context.ts';

/** What happens to a job between its turn and its end. */
export interface TurnOfJob<Result> {
  readonly failedFast: AbortSignal;
  /** Told when the turn is refused or taken away, with the reason. */
  readonly refused: (reason: string) => Result;
  readonly lost: (reason: string) => void;
  /** Does the work; `own` is aborted when the job is to end, and may be aborted by the work. */
  readonly work: (own: AbortController, held: readonly string[]) => Promise<Result>;
}

/**
 * Does a job's work in its turn in its concurrency group. A job that starts after its run was
 * cancelled, by its `if:`, is not ended by that again.
 */
export async function inTurnOf<Result>(job: JobBase, turn: TurnOfJob<Result>): Promise<Result> {
  const { run } = job;
  const own = new AbortController();
  const enders = [
    ...[run.stop, turn.failedFast],
    ...(run.cancel.signal.aborted ? [] : [run.cancel.signal]),
  ];
  const unlink = abortWith(own, enders);
  const request = concurrencyRequest(job.spec.concurrency, jobScope(job, 'jobs'));
  const held = heldBy(run);
  const taken = await takeUnheld({ run, request, held, id: job.spec.id }, own, turn.lost);
  try {
    if (taken.kind === 'cancelled') return turn.refused(taken.reason);
    return await turn.work(own, request === null ? held : [...held, request.group]);
  } finally {
    taken.leave();
    unlink();
  }
}

/** The groups held above a job: its own workflow's, and those of the callers. */
export function heldBy(run: RunContext): readonly string[] {
  const own = concurrencyRequest(run.workflow.concurrency, runScope(run, 'concurrency'));
  return own === null ? run.held : [...run.held, own.group];
}

interface Wish {
  readonly run: RunContext;
  readonly request: ConcurrencyRequest | null;
  readonly held: readonly string[];
  /** Of the job that asks, for the message. */
  readonly id: string;
}

/** A turn in a group; one that is held above already would wait for itself. */
export async function takeUnheld(
  { run, request, held, id }: Wish,
  own: AbortController,
  lost: (reason: string) => void,
): Promise<TakenTurn> {
  const group = request?.group.toLowerCase();
  if (held.some((one) => one.toLowerCase() === group)) {
    const reason = `Canceling since a deadlock was detected for concurrency group: '${request?.group ?? ''}' between a top level workflow and '${id}'`;
    return { kind: 'cancelled', reason, leave: () => undefined };
  }
  return takeTurn(run, request, own, lost);
}

function abortWith(controller: AbortController, signals: readonly AbortSignal[]): () => void {
  const abort = (): void => controller.abort();
  if (signals.some((signal) => signal.aborted)) abort();
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  return () => {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
}
