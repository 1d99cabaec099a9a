import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { grantedBy } from '../../simulator/runner/permissions.ts';
import { parseConfig } from '../../src/domain/config.ts';
import { CALLER, readShipped, REUSABLE } from '../support/shipped-workflows.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

async function read(file: string): Promise<string> {
  return readFile(path.join(HOME, file), 'utf8');
}

async function codeBlocks(language: string): Promise<readonly string[]> {
  const text = await read('README.md');
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gmu)]
    .filter(([, , found]) => found === language)
    .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gmu'), ''));
}

describe('the README', () => {
  it('shows the workflow that the example runs under in a test', async () => {
    expect(await codeBlocks('yaml')).toContain(readShipped(CALLER).text);
  });

  it('shows a smallest config that is valid', async () => {
    const [config = ''] = await codeBlocks('yaml');
    expect(parseConfig(config, 'README.md')).toMatchObject({ ok: true });
  });

  it('names every permission that the workflow asks for', async () => {
    const text = await read('README.md');
    for (const { permissions } of readShipped(REUSABLE).workflow.jobs) {
      for (const [name, access] of Object.entries(grantedBy(permissions, null))) {
        expect(text).toContain(`\`${name}: ${access}\``);
      }
    }
  });

  it('names only scripts that exist', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as {
      scripts: Record<string, string>;
    };
    const named = [...(await read('README.md')).matchAll(/npm run ([\w:]+)/gu)].map(
      ([, name]) => name,
    );
    for (const name of ['test', ...named]) expect(Object.keys(scripts)).toContain(name);
  });
});
