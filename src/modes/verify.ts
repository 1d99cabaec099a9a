import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { commandResultWords } from '../documents/command-words.ts';
import { renderJobSummary } from '../documents/job-summary.ts';
import type { PlannedRun, VerificationResult } from '../domain/verification.ts';
import { isUnjudged } from '../failures/infrastructure.ts';
import type { Inputs } from '../inputs.ts';
import { parserOf } from '../parse-output.ts';
import { createCancellation } from '../verification/cancellation.ts';
import type { Cancellation } from '../verification/cancellation.ts';
import { encodeResult } from '../verification/handoff.ts';
import { knownSecrets } from '../verification/known-secrets.ts';
import { makeLogFolder } from '../verification/log-file.ts';
import { runPlan } from '../verification/run-plan.ts';
import type { Mode } from './mode.ts';
import { readPlanned } from './planned.ts';

/** `mode: verify`: runs what was planned in the checkout, without any token, and hands the result on. */
export const runVerifyMode: Mode = async ({ inputs }) => {
  const [run] = readPlanned(inputs.plan);
  if (run === undefined) return { outputs: { verification: '' }, summary: '' };
  const cwd = process.cwd();
  const logFolder = makeLogFolder(process.env['RUNNER_TEMP'], cwd);
  const now = (): number => performance.now();
  const { cancellation, stop } = watchForCancellation(now);
  const result = await runPlan(run, {
    cwd,
    parallelism: availableParallelism(),
    env: process.env,
    write: writeToJobLog,
    now,
    randomToken: randomUUID,
    parse: parserOf(cwd),
    setup: inputs.setup,
    logFolder,
    masks: knownSecrets(process.env),
    cancellation,
    isToRunAgain: (commands) => run.kind === 'group' && isUnjudged(commands),
  }).finally(stop);
  return {
    outputs: { verification: encodeResult(result), logs: logFolder ?? '' },
    summary: summaryOf(run, result, inputs),
  };
};

/**
 * What of a cancelled run is left to its commands. The step gets SIGINT, SIGTERM after 7.5 s, and is killed with all
 * below it after 2.5 s more; in what remains of either the result is handed on:
 * https://docs.github.com/en/actions/reference/workflow-cancellation-reference
 */
const GRACE_OF_SIGNALS = { SIGINT: 5000, SIGTERM: 1000 } as const;

function watchForCancellation(now: () => number): {
  readonly cancellation: Cancellation;
  readonly stop: () => void;
} {
  const cancellation = createCancellation(now);
  const onInterrupt = (): void => {
    cancellation.cancel(GRACE_OF_SIGNALS.SIGINT);
  };
  const onTerminate = (): void => {
    cancellation.cancel(GRACE_OF_SIGNALS.SIGTERM);
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  const stop = (): void => {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  };
  return { cancellation, stop };
}

/** A log that nobody takes any more is no reason to stop, nor to wait. */
function writeToJobLog(chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(chunk, () => {
      resolve();
    });
  });
}

function summaryOf(run: PlannedRun, result: VerificationResult, { dryRun }: Inputs): string {
  return renderJobSummary({
    mode: 'verify',
    dryRun,
    trigger: `the plan for ${subjectOf(run)}`,
    observed: [`checkout at ${run.sha.slice(0, 7)}`],
    decided: run.commands.map((command) => `run ${command.name}: ${command.run}`),
    done: result.commands.map((one) => `${one.name}: ${commandResultWords(one)}`),
    plan: null,
    problems: [],
    failure: null,
    links: [],
  });
}

function subjectOf(run: PlannedRun): string {
  if (run.kind === 'verification') return run.module;
  return run.kind === 'gates' ? 'the gates' : 'the merge group';
}
