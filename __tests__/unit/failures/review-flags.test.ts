import { describe, expect, it } from '@jest/globals';
import { reviewFlags } from '../../../src/failures/review-flags.ts';

function flagged(paths: readonly string[]): readonly string[] {
  return reviewFlags(paths.map((path) => ({ path, status: 'modified' as const })));
}

describe('reviewFlags', () => {
  it.each([
    'package.json',
    'packages/core/package.json',
    'package-lock.json',
    'Makefile',
    '.npmrc',
    'tsconfig.build.json',
    'eslint.config.js',
    '.eslintrc.cjs',
    'jest.config.ts',
    'vitest.config.mts',
    '.mocharc.yml',
    'babel.config.js',
    '.swcrc',
    'src/__mocks__/fs.ts',
    'node_modules/left-pad/index.js',
    'PACKAGE.JSON',
  ])('names %s', (path) => {
    expect(flagged([path])).toEqual([path]);
  });

  it.each([
    'src/package.ts',
    'src/modules/plex-auth/PlexAuth.ts',
    'src/modules/plex-auth/__tests__/PlexAuth.test.ts',
    'docs/tsconfig.md',
    'my-package.json',
    'README.md',
  ])('leaves out %s', (path) => {
    expect(flagged([path])).toEqual([]);
  });

  it('names both places of a file that was moved, each path once, in order', () => {
    const files = [
      { path: 'tsconfig.json', status: 'modified' as const },
      { path: 'old.js', status: 'renamed' as const, previousPath: 'jest.config.js' },
      { path: 'tsconfig.json', status: 'modified' as const },
    ];
    expect(reviewFlags(files)).toEqual(['jest.config.js', 'tsconfig.json']);
  });
});
