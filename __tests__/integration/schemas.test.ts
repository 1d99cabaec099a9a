import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { load } from 'js-yaml';
import { format, resolveConfig } from 'prettier';
import { schemaFiles } from '../../build/schemas.ts';
import { renderHaltClaimToFillIn } from '../../src/documents/claim.ts';
import { renderState } from '../../src/domain/state-file.ts';
import { renderConfigurationPage } from '../support/configuration-page.ts';
import { blocked, completed, requested, running, stateOf } from '../support/world.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

function read(file: string): Promise<string> {
  return readFile(path.join(HOME, file), 'utf8');
}

function errorsOf(name: string, value: unknown): readonly string[] {
  const ajv = new Ajv({ allErrors: true });
  const schema = JSON.parse(schemaFiles().get(name) ?? '') as object;
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.dataPath} ${error.message ?? ''}`);
}

async function yamlBlocks(file: string): Promise<readonly string[]> {
  const text = await read(file);
  return [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gmu)].map(
    ([, indent = '', code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gmu'), ''),
  );
}

describe('the JSON Schemas', () => {
  it('are committed as they are generated; npm run build:schemas makes them so', async () => {
    const folder = path.join(HOME, 'schemas');
    expect((await readdir(folder)).sort()).toEqual([...schemaFiles().keys()].sort());
    for (const [name, text] of schemaFiles()) {
      const file = path.join(folder, name);
      const options = { ...(await resolveConfig(file)), parser: 'json' };
      expect(await readFile(file, 'utf8')).toBe(await format(text, options));
    }
  });

  it('hold for the example’s config', async () => {
    const config = load(await read('examples/plex-client/.github/sessionwright.yml'));
    expect(errorsOf('config.schema.json', config)).toEqual([]);
  });

  it.each(['README.md', 'docs/configuration.md'])('hold for every config in %s', async (page) => {
    const configs = (await yamlBlocks(page)).map((code) => load(code)).filter(isConfig);
    expect(configs).not.toEqual([]);
    for (const config of configs) expect(errorsOf('config.schema.json', config)).toEqual([]);
  });

  it.each([
    ['a key that is unknown', { moduls: {} }],
    ['a number that is too large', { attempts: 101 }],
    ['a duration without a unit', { 'session-timeout': '72' }],
    ['a deliverable in .github', { deliverables: [{ path: '.github/x.yml' }] }],
    ['a text to match that is nothing but a star', { failures: [failureMatching('*')] }],
    ['a module of the name ready', { modules: { ready: { prompt: 1 } } }],
    ['a module without a prompt', { modules: { one: {} } }],
  ])('refuse %s', (_, change) => {
    const config = { version: 1, modules: { one: { prompt: 1 } }, ...change };
    expect(errorsOf('config.schema.json', config)).not.toEqual([]);
  });

  it('hold for a state with modules in every status', () => {
    const state = stateOf({ a: requested(), b: running(), c: completed(), d: blocked() });
    expect(errorsOf('state.schema.json', JSON.parse(renderState(state)))).toEqual([]);
    expect(errorsOf('state.schema.json', { a: [] })).not.toEqual([]);
    expect(errorsOf('state.schema.json', { a: { status: 'done' } })).not.toEqual([]);
  });

  it('hold for the claim that a document shows', () => {
    const claim: unknown = JSON.parse(renderHaltClaimToFillIn('one'));
    expect(errorsOf('claims.schema.json', claim)).toEqual([]);
    expect(errorsOf('claims.schema.json', { one: { status: 'stuck' } })).not.toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  it('is what the schema and action.yml say; UPDATE_DOCS=1 npm test -- __tests__/integration/schemas.test.ts makes it so', async () => {
    const file = path.join(HOME, 'docs/configuration.md');
    const page = await readFile(file, 'utf8');
    const schema = schemaFiles().get('config.schema.json') ?? '';
    const options = { ...(await resolveConfig(file)), parser: 'markdown' };
    const made = await format(
      renderConfigurationPage(page, schema, await read('action.yml')),
      options,
    );
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(file, made);
    else expect(page).toBe(made);
  });
});

function isConfig(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'version' in value && 'modules' in value;
}

function failureMatching(text: string) {
  return { id: 'own', indicator: 'It shows', action: 'retry', matches: [text] };
}
