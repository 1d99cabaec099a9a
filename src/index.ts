import * as core from '@actions/core';
import { context } from '@actions/github';
import { ProblemsError } from './domain/errors.ts';
import { toldLine } from './domain/messages/catalogue.ts';
import { manualUrl } from './domain/messages/manual.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { workflowFile, type Environment } from './modes/environment.ts';
import type { Mode } from './modes/mode.ts';
import { SYSTEM_CHANCE } from './system-chance.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** Each mode is a chunk of its own, so that the one that writes never even loads what spawns. */
const MODES: Readonly<Record<Inputs['mode'], () => Promise<Mode>>> = {
  plan: async () => (await import('./modes/plan.ts')).runPlanMode,
  verify: async () => (await import('./modes/verify.ts')).runVerifyMode,
  orchestrate: async () => (await import('./modes/orchestrate.ts')).runOrchestrateMode,
  repair: async () => (await import('./modes/repair.ts')).runRepairMode,
};

try {
  const inputs = readInputs((name) => core.getInput(name));
  const mode = await MODES[inputs.mode]();
  const log = { info: core.info, debug: core.debug, warning: (line: string) => core.warning(line) };
  const { outputs, summary, failure } = await mode({
    inputs,
    environment: readEnvironment(inputs),
    log,
    time: SYSTEM_TIME,
    chance: SYSTEM_CHANCE,
  });
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  if (summary !== '') await core.summary.addRaw(summary).write();
  if (failure !== undefined) await fail(failure);
} catch (error) {
  await fail(error);
}

function readEnvironment(inputs: Inputs): Environment {
  const { owner, repo } = context.repo;
  const { serverUrl, runId } = context;
  return {
    owner,
    repo,
    repositoryId: Number(process.env['GITHUB_REPOSITORY_ID'] ?? '') || null,
    event: context.eventName,
    payload: context.payload,
    apiUrl: inputs.apiUrl === '' ? context.apiUrl : inputs.apiUrl,
    runUrl: runId > 0 ? `${serverUrl}/${owner}/${repo}/actions/runs/${runId}` : null,
    workflow: workflowFile(process.env['GITHUB_WORKFLOW_REF']),
  };
}

/** Every failure is told once, here: what happened, what to do next, and where to read more. */
async function fail(error: unknown): Promise<void> {
  const { explainError } = await import('./github/explain-error.ts');
  const { renderFailure } = await import('./documents/job-summary.ts');
  const { EXPLANATIONS } = await import('./domain/messages/explanations.ts');
  if (error instanceof ProblemsError) {
    for (const { code, file, line, message, fix } of error.problems) {
      const place = line === null ? {} : { startLine: line };
      core.error(`${message} Fix: ${fix} More: ${manualUrl(code)}`, { file, ...place });
    }
  }
  const told = explainError(error);
  core.setFailed(toldLine(told));
  if (error instanceof Error && error.stack !== undefined) core.debug(error.stack);
  await core.summary
    .addRaw(`## Sessionwright\n\n${renderFailure(told, EXPLANATIONS[told.code].why)}\n`)
    .write();
}
