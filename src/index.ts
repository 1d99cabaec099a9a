import * as core from '@actions/core';
import { context } from '@actions/github';
import { ProblemsError, SessionwrightError } from './domain/errors.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { workflowFile, type Environment } from './modes/environment.ts';
import type { Mode } from './modes/mode.ts';

/** Each mode is a chunk of its own, so that the one that writes never even loads what spawns. */
const MODES: Readonly<Record<Inputs['mode'], () => Promise<Mode>>> = {
  plan: async () => (await import('./modes/plan.ts')).runPlanMode,
  verify: async () => (await import('./modes/verify.ts')).runVerifyMode,
  orchestrate: async () => (await import('./modes/orchestrate.ts')).runOrchestrateMode,
};

try {
  const inputs = readInputs((name) => core.getInput(name));
  const mode = await MODES[inputs.mode]();
  const log = { info: core.info, debug: core.debug, warning: (line: string) => core.warning(line) };
  const { outputs, summary } = await mode({ inputs, environment: readEnvironment(inputs), log });
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  if (summary !== '') await core.summary.addRaw(summary).write();
} catch (error) {
  await fail(error);
}

function readEnvironment(inputs: Inputs): Environment {
  const { owner, repo } = context.repo;
  const { serverUrl, runId } = context;
  return {
    owner,
    repo,
    event: context.eventName,
    payload: context.payload,
    apiUrl: inputs.apiUrl === '' ? context.apiUrl : inputs.apiUrl,
    runUrl: runId > 0 ? `${serverUrl}/${owner}/${repo}/actions/runs/${runId}` : null,
    workflow: workflowFile(process.env['GITHUB_WORKFLOW_REF']),
  };
}

/** Every failure is told once, here: what happened, and what to do next. */
async function fail(error: unknown): Promise<void> {
  if (error instanceof ProblemsError) {
    for (const { file, line, message, fix } of error.problems) {
      core.error(`${message} Fix: ${fix}`, { file, ...(line === null ? {} : { startLine: line }) });
    }
  }
  const fix = error instanceof SessionwrightError ? ` ${error.fix}` : '';
  const message = error instanceof Error ? error.message : String(error);
  core.setFailed(`${message}${fix}`);
  if (error instanceof Error && error.stack !== undefined) core.debug(error.stack);
  await core.summary
    .addRaw(`## Sessionwright\n\n> [!CAUTION]\n> ${message.replaceAll('\n', '\n> ')}${fix}\n`)
    .write();
}
