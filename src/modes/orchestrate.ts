import { asError } from '../domain/errors.ts';
import { tell as word, toldLine } from '../domain/messages/catalogue.ts';
import type { VerificationResult } from '../domain/verification.ts';
import { describeTrigger, type Trigger } from '../domain/trigger.ts';
import { renderJobSummary } from '../documents/job-summary.ts';
import { describeDecision, outputsOf, planOf, startedOutput } from '../outputs.ts';
import { orchestrate, type RunReport } from '../run.ts';
import { parseTrigger } from '../trigger.ts';
import { decodeResult } from '../verification/handoff.ts';
import type { Log, Mode, ModeInput } from './mode.ts';
import { createOutside } from './outside.ts';
import { readPlanned } from './planned.ts';

/** `mode: orchestrate`: decides and writes; checks nothing out and starts no process. */
export const runOrchestrateMode: Mode = async (input) => {
  const { inputs, environment, log, time, chance } = input;
  const trigger = parseTrigger(environment.event, environment.payload);
  if (trigger.kind === 'ignored') {
    log.info(`Nothing to do: ${trigger.reason}.`);
    return { outputs: {}, summary: '' };
  }
  const done: string[] = [];
  const tell = (line: string): void => {
    log.info(line);
    done.push(line);
  };
  const outside = await createOutside(inputs, environment, log, time, chance);
  const verification = readVerification(inputs.verification, log);
  const planned = readPlanned(inputs.plan)[0] ?? null;
  const { dryRun } = inputs;
  const started = new Set<string>();
  const noteStarted = (module: string): void => void started.add(module);
  try {
    const due = { trigger, verification, planned, dryRun };
    const report = await orchestrate({ ...outside, tell, noteStarted }, due);
    return {
      outputs: outputsOf(report, started),
      summary: summarize(report, { trigger, dryRun, done, log }),
    };
  } catch (error) {
    await passBesides(input, trigger, error);
    return { outputs: startedOutput(started), summary: '', failure: asError(error) };
  }
};

/** What goes wrong on the way is told beside what ended the run. */
async function passBesides(input: ModeInput, trigger: Trigger, error: unknown): Promise<void> {
  try {
    const { passStranger } = await import('./pass-stranger.ts');
    await passStranger(input, trigger, error);
  } catch (other) {
    input.log.warning(asError(other).message);
  }
}

interface Telling {
  readonly trigger: Trigger;
  readonly dryRun: boolean;
  readonly done: readonly string[];
  readonly log: Log;
}

function summarize(report: RunReport, { trigger, dryRun, done, log }: Telling): string {
  if (report.refused !== null)
    log.warning(toldLine(word('result-refused', { reason: report.refused })));
  const decided = describeDecision(report.decision);
  const due = dryRun ? planOf(report.decision) : null;
  if (due !== null) {
    for (const line of decided) log.info(`Would do: ${line}`);
    log.info(JSON.stringify(due));
  }
  return renderJobSummary({
    mode: 'orchestrate',
    dryRun,
    trigger: describeTrigger(trigger),
    observed: describeWorld(report),
    decided,
    done: dryRun ? decided : done,
    plan: due === null ? null : JSON.stringify(due, null, 2),
    problems: report.problems,
    failure: null,
    links: report.dashboardUrl === null ? [] : [{ text: 'Dashboard', url: report.dashboardUrl }],
  });
}

/** An empty or unusable result counts as none: what it was to tell is started anew. */
function readVerification(text: string, log: Log): VerificationResult | null {
  if (text === '') return null;
  const result = decodeResult(text);
  if (result.ok) return result.value;
  log.warning(toldLine(word('result-refused', { reason: result.reason })));
  return null;
}

function describeWorld({ world }: RunReport): readonly string[] {
  const { base, config, pulls } = world;
  return [
    `${base.branch} at ${base.sha.slice(0, 7)}`,
    `modules: ${config.modules.size}, sessions with a pull request: ${pulls.size}`,
  ];
}
