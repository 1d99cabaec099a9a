/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  maxWorkers: '100%',
  // Tests that start processes must pass on a busy machine too.
  testTimeout: 30_000,
  // By default half a second, in which a worker may not come to its end there; one that holds something open is still told.
  workerGracefulExitTimeout: 10_000,
  roots: ['<rootDir>/__tests__'],
  setupFilesAfterEnv: ['<rootDir>/__tests__/support/each-file.ts'],
  testMatch: ['**/*.test.ts'],
  testSequencer: '<rootDir>/build/test-sequencer.js',
  extensionsToTreatAsEsm: ['.ts', '.hbs', '.md', '.yml'],
  moduleNameMapper: {
    '^(.*)\\?script$': '$1',
    '/jsutils/instanceOf\\.js$': '<rootDir>/build/graphql-instance-of.cjs',
  },
  transform: {
    '/browser/page\\.ts$': '<rootDir>/build/browser-script-jest.js',
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
      },
    ],
    '\\.hbs$': '<rootDir>/build/handlebars-jest.js',
    '\\.(md|yml)$': '<rootDir>/build/text-jest.js',
  },
  moduleFileExtensions: ['ts', 'js', 'json', 'hbs', 'md', 'yml'],
};
