import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validateAction } from '@action-validator/core';
import {
  allShipped,
  CALLER,
  OUR_WORKFLOW,
  readShipped,
  REUSABLE,
} from '../../support/shipped-workflows.ts';
import { actionlint, parserErrors } from '../../support/workflow-linters.ts';

const SHIPPED = allShipped();
const NAMES = SHIPPED.map((shipped) => [shipped.path, shipped] as const);

describe('actionlint', () => {
  it.each(NAMES)('finds nothing in %s', async (_name, { path: file, text }) => {
    expect(await actionlint(text, file)).toEqual([]);
  });

  it('would find a job that needs another there is not', async () => {
    const { text } = readShipped(REUSABLE);
    const found = await actionlint(text.replace('needs: verify', 'needs: verified'), REUSABLE);
    expect(found.join('\n')).toContain('verified');
  });
});

describe("GitHub's own parser", () => {
  it.each(NAMES)('takes %s', async (_name, { path: file, text }) => {
    expect(await parserErrors(text, file)).toEqual([]);
  });

  it.each([
    ['an input there is not', 'setup: npm ci', 'set-up: npm ci'],
    ['a key there is not', 'permissions: {}', 'permission: {}'],
    ['an event there is not', 'merge_group:', 'merge_groups:'],
  ])('would refuse %s', async (_name, right, wrong) => {
    const { text } = readShipped(CALLER);
    expect(text).toContain(OUR_WORKFLOW);
    expect(await parserErrors(text.replace(right, wrong), CALLER)).not.toEqual([]);
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
