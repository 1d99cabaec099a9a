import { describe, expect, it } from '@jest/globals';
import { SessionwrightError } from '../../src/domain/errors.ts';
import { readInputs, type Inputs } from '../../src/inputs.ts';

const BLANK = { mode: 'orchestrate', 'github-token': 'secret', config: 'config.yml' };

function read(change: Readonly<Record<string, string>> = {}): Inputs {
  const values = new Map(Object.entries({ ...BLANK, ...change }));
  return readInputs((name) => values.get(name) ?? '');
}

function errorOf(change: Readonly<Record<string, string>>): SessionwrightError | null {
  try {
    read(change);
    return null;
  } catch (error) {
    if (error instanceof SessionwrightError) return error;
    throw error;
  }
}

describe('readInputs', () => {
  it('gives every input its place', () => {
    const given = {
      'handoff-token': 'theirs',
      plan: '[]',
      setup: 'npm ci',
      verification: '{}',
      'dry-run': 'true',
      'github-api-url': 'https://ghes.example/api/v3',
    };
    expect(read(given)).toEqual({
      mode: 'orchestrate',
      githubToken: 'secret',
      handoffToken: 'theirs',
      config: 'config.yml',
      plan: '[]',
      setup: 'npm ci',
      verification: '{}',
      dryRun: true,
      apiUrl: 'https://ghes.example/api/v3',
    });
  });

  it.each(['plan', 'verify', 'orchestrate'])('knows the mode %s', (mode) => {
    expect(read({ mode }).mode).toBe(mode);
  });

  it.each(['', 'Plan', 'destroy', 'toString'])(
    'refuses the mode "%s" and names those there are',
    (mode) => {
      const error = errorOf({ mode });
      expect(error?.code).toBe('unknown-mode');
      expect(error?.message).toContain('plan, verify, orchestrate');
      expect(error?.fix).not.toBe('');
    },
  );

  it.each(['plan', 'orchestrate'])('needs a token for the mode %s', (mode) => {
    expect(errorOf({ mode, 'github-token': '' })?.code).toBe('token-missing');
  });

  it('needs no token to verify', () => {
    expect(read({ mode: 'verify', 'github-token': '' }).githubToken).toBe('');
  });

  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['', false],
  ])('takes the dry run "%s" for %s', (text, expected) => {
    expect(read({ 'dry-run': text }).dryRun).toBe(expected);
  });

  it.each(['yes', '1', 'ture', 'on'])('refuses the dry run "%s" rather than write', (text) => {
    expect(errorOf({ 'dry-run': text })?.code).toBe('dry-run-invalid');
  });
});
