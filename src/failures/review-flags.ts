import { matchesPattern } from './path-pattern.ts';
import type { ChangedPath } from './protocol.ts';

/**
 * Files that decide what the verification's commands really do: a session may change them, and with them make a red
 * command green. Names are compared without regard to case, in whatever folder they lie.
 */
const DECISIVE = [
  // What a script runs, and with which versions of what.
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'],
  ...['pnpm-workspace.yaml', 'bun.lock', 'bun.lockb', 'deno.json', 'deno.jsonc', 'deno.lock'],
  ...['.npmrc', '.yarnrc', '.yarnrc.yml', '.yarn', '.pnpmfile.*', 'bunfig.toml', 'patches'],
  ...['node_modules', 'lerna.json', 'nx.json', 'turbo.json', 'project.json'],
  ...['makefile', 'gnumakefile', '*.mk', 'justfile', 'taskfile.yml', 'taskfile.yaml'],
  ...['.nvmrc', '.node-version', '.tool-versions', 'mise.toml', '.env', '.env.*', '.gitattributes'],
  // What the compiler and the linters let pass.
  ...[
    'tsconfig.json',
    'tsconfig.*.json',
    'jsconfig.json',
    '.eslintrc',
    '.eslintrc.*',
    '.eslintignore',
  ],
  ...[
    'eslint.config.*',
    'biome.json',
    'biome.jsonc',
    '.oxlintrc.json',
    '.prettierrc',
    '.prettierrc.*',
  ],
  ...[
    'prettier.config.*',
    '.prettierignore',
    '.stylelintrc',
    '.stylelintrc.*',
    'stylelint.config.*',
  ],
  // What is taken for the code, and which tests run.
  ...['babel.config.*', '.babelrc', '.babelrc.*', '.swcrc', 'swc.config.*', 'tsup.config.*'],
  ...['jest.config.*', 'jest.setup.*', 'jest.preset.*', 'vitest.config.*', 'vitest.workspace.*'],
  ...['vitest.setup.*', 'vite.config.*', '.mocharc', '.mocharc.*', 'mocha.opts', 'ava.config.*'],
  ...[
    'karma.conf.*',
    'playwright.config.*',
    'cypress.config.*',
    '.nycrc',
    '.nycrc.*',
    '.c8rc',
    '.c8rc.*',
  ],
  ...['.taprc', '__mocks__'],
].map((name) => `**/${name}`);

/** The changed paths that a reviewer should look at; none of them is a failure. A moved file counts at both places. */
export function reviewFlags(files: readonly ChangedPath[]): readonly string[] {
  const paths = files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]);
  const flagged = paths.filter((path) => DECISIVE.some((pattern) => matchesPattern(path, pattern)));
  return [...new Set(flagged)].sort();
}
