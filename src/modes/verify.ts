import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { commandResultWords } from '../documents/command-words.ts';
import { renderJobSummary } from '../documents/job-summary.ts';
import { parseDiagnostics } from '../failures/parse-diagnostics.ts';
import { encodeResult } from '../verification/handoff.ts';
import { runPlan } from '../verification/run-plan.ts';
import type { Mode } from './mode.ts';
import { readPlanned } from './planned.ts';

/** `mode: verify`: runs what was planned in the checkout, without any token, and hands the result on. */
export const runVerifyMode: Mode = async ({ inputs }) => {
  const [run] = readPlanned(inputs.plan);
  if (run === undefined) return { outputs: { verification: '' }, summary: '' };
  const cwd = process.cwd();
  const cancelled = new AbortController();
  const cancel = (): void => cancelled.abort();
  process.once('SIGTERM', cancel).once('SIGINT', cancel);
  const result = await runPlan(run, {
    cwd,
    parallelism: availableParallelism(),
    env: process.env,
    write: (chunk) => process.stdout.write(chunk),
    now: () => performance.now(),
    randomToken: randomUUID,
    parse: (output, { workingDirectory }) =>
      parseDiagnostics(output, { root: cwd, workingDirectory }),
    signal: cancelled.signal,
  });
  return {
    outputs: { verification: encodeResult(result) },
    summary: renderJobSummary({
      mode: 'verify',
      dryRun: inputs.dryRun,
      trigger: `the plan for ${run.kind === 'gates' ? 'the gates' : run.module}`,
      observed: [`checkout at ${run.sha.slice(0, 7)}`],
      decided: run.commands.map((command) => `run ${command.name}: ${command.run}`),
      done: result.commands.map((one) => `${one.name}: ${commandResultWords(one)}`),
      problems: [],
      failure: null,
      links: [],
    }),
  };
};
