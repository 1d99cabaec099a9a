import { runScope } from './contexts.ts';
import { TemplateError } from './expressions.ts';
import { worstOf } from './job-combinations.ts';
import type { JobOutcome } from './job-graph.ts';
import { runJobs } from './job-graph.ts';
import type { Conclusion } from './records.ts';
import type { TakenTurn } from './run-concurrency.ts';
import { concurrencyRequest, takeTurn } from './run-concurrency.ts';
import type { RunContext } from './run-context.ts';

/** Takes a queued run to its end: its turn in its group, its jobs, its conclusion. */
export async function executeRun(run: RunContext): Promise<void> {
  const { ledger, record } = run;
  ledger.changeRun(record, 'queued');
  try {
    const conclusion = await inItsTurn(run);
    ledger.changeRun(record, 'completed', conclusion);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    record.reason = error.message;
    ledger.changeRun(record, 'completed', 'failure');
  }
}

async function inItsTurn(run: RunContext): Promise<Conclusion> {
  const request = concurrencyRequest(run.workflow.concurrency, runScope(run, 'concurrency'));
  const turn: TakenTurn = await takeTurn(run, request, run.cancel, (reason) => {
    run.record.reason = reason;
  });
  try {
    if (turn.kind === 'cancelled') {
      run.record.reason ??= turn.reason;
      return 'cancelled';
    }
    run.ledger.changeRun(run.record, 'in_progress');
    return conclusionOf(run, await runJobs(run));
  } finally {
    turn.leave();
  }
}

function conclusionOf(run: RunContext, outcomes: readonly JobOutcome[]): Conclusion {
  if (run.cancel.signal.aborted || run.stop.aborted) return 'cancelled';
  return worstOf(outcomes.map(({ result }) => result));
}
