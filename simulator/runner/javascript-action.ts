import path from 'node:path';
import type { ActionMetadata, ActionReference } from './action-metadata.ts';
import { stepScope } from './contexts.ts';
import { evaluateText, evaluateTexts } from './expressions.ts';
import type { FileCommands } from './file-commands.ts';
import { at } from './json.ts';
import type { StepContext } from './step-context.ts';
import { annotate, log, outputReader, runCommand } from './step-context.ts';
import { stepEnvironment } from './step-environment.ts';

/** Runs a JavaScript action in a process of the node that the runner was given. */
export async function runJavaScriptAction(
  step: StepContext,
  files: FileCommands,
  action: ActionMetadata,
  reference: ActionReference,
): Promise<void> {
  const { job, spec } = step;
  log(job, `##[group]Run ${spec.uses ?? ''}`);
  const inputs = actionInputs(step, action);
  for (const [name, value] of Object.entries(inputs)) log(job, `  ${name}: ${value}`);
  log(job, '##[endgroup]');
  const place = {
    name: spec.id ?? `__${(spec.uses ?? '').replace(/@.*$/u, '').replace(/[^\w]+/gu, '_')}`,
    directory: action.directory,
    ...(reference.kind === 'repository' && reference),
  };
  const env = stepEnvironment(step, files, place, inputVariables(inputs));
  await runCommand(
    step,
    {
      command: job.run.settings.node,
      args: [path.resolve(action.directory, action.main)],
      cwd: job.directories.workspace,
      env,
    },
    outputReader(step),
  );
}

/**
 * The inputs a step gives and, for the others, the action's defaults, which may use `github`,
 * `runner` and the job's contexts.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs
 */
function actionInputs(step: StepContext, action: ActionMetadata): Record<string, string> {
  const { job, spec } = step;
  const scope = stepScope(job, step.env, 'steps', { action_path: action.directory });
  const given = evaluateTexts(spec.with, scope);
  const known = Object.keys(action.inputs);
  const inputs: Record<string, string> = {};
  for (const name of known) {
    const match = Object.keys(given).find((key) => sameName(key, name));
    const fallback = at(action.inputs, name, 'default');
    if (match !== undefined) inputs[name] = given[match] ?? '';
    else if (fallback !== null) inputs[name] = evaluateText(fallback, scope);
  }
  const unexpected = Object.keys(given).filter((key) => !known.some((name) => sameName(key, name)));
  for (const name of unexpected) inputs[name] = given[name] ?? '';
  if (unexpected.length > 0) {
    const [names, valid] = [unexpected, known].map((list) => list.map((name) => `'${name}'`));
    annotate(
      job,
      'warning',
      `Unexpected input(s) ${names?.join(', ')}, valid inputs are [${valid?.join(', ')}]`,
    );
  }
  return inputs;
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  );
}
