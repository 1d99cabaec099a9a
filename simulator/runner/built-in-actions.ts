import type { ActionInputs } from './action-inputs.ts';
import { inputOr } from './action-inputs.ts';
import { downloadArtifact, uploadArtifact } from './artifacts.ts';
import { checkout } from './checkout.ts';
import type { StepContext } from './step-context.ts';
import { annotate, log, StepFailure } from './step-context.ts';

type BuiltIn = (step: StepContext, inputs: ActionInputs) => Promise<void>;

interface BuiltInAction {
  readonly inputs: readonly string[];
  readonly run: BuiltIn;
}

/** The actions the runner brings along, whatever ref they are asked for at. */
const BUILT_IN: Readonly<Record<string, BuiltInAction>> = {
  'actions/checkout': {
    inputs: ['repository', 'ref', 'token', 'path', 'fetch-depth', 'persist-credentials'],
    run: checkout,
  },
  'actions/setup-node': {
    inputs: ['node-version', 'node-version-file', 'cache', 'package-manager-cache', 'registry-url'],
    run: setupNode,
  },
  'actions/upload-artifact': {
    inputs: [
      ...['name', 'path', 'if-no-files-found', 'overwrite', 'include-hidden-files'],
      ...['retention-days', 'compression-level'],
    ],
    run: uploadArtifact,
  },
  'actions/download-artifact': {
    inputs: ['name', 'path', 'pattern', 'merge-multiple'],
    run: downloadArtifact,
  },
};

export function builtInAction(repository: string): BuiltInAction | null {
  const name = repository.toLowerCase();
  return (Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined) ?? null;
}

/** Runs a built-in action; an input it does not know is a warning, as with any action. */
export async function runBuiltIn(
  step: StepContext,
  action: BuiltInAction,
  inputs: ActionInputs,
): Promise<void> {
  const unexpected = Object.keys(inputs).filter((name) => !action.inputs.includes(name));
  if (unexpected.length > 0) {
    const [names, valid] = [unexpected, action.inputs].map((list) => list.join("', '"));
    annotate(step.job, 'warning', `Unexpected input(s) '${names}', valid inputs are ['${valid}']`);
  }
  await action.run(step, inputs);
}

const NODE_VERSION =
  /^(?:v?\d+(?:\.(?:\d+|x)){0,2}|lts\/(?:\*|-?\d+|[a-z]+)|node|latest|current|[<>=^~].+)$/iu;

/** Node is the one on the PATH: the version asked for is checked, not fetched. */
async function setupNode(step: StepContext, inputs: ActionInputs): Promise<void> {
  const wanted = inputOr(inputs, 'node-version', 'lts/*');
  if (!NODE_VERSION.test(wanted)) throw new StepFailure(`Unable to find Node version '${wanted}'`);
  log(step.job, `Node ${wanted} is asked for, the one on the PATH is used`);
  return Promise.resolve();
}
