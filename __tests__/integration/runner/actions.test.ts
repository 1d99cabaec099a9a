import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { oneJob, runWorkflow, startRunner, writeAction } from './fake-host.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

const actions: Record<string, string> = {};
let started: ReturnType<typeof startRunner>;

beforeEach(() => {
  started = startRunner({ actions });
});

afterEach(async () => {
  await started.end();
});

describe('an action', () => {
  it('of the repository itself is found by $/', async () => {
    actions['octo/plex'] = writeAction(started.host, 'self', {
      'action.yml': 'runs: { using: node24, main: a.js }',
      'a.js': 'console.log("its own action")',
    });
    const record = await runWorkflow(started, oneJob('- uses: $/'));
    expect(record.jobs[0]?.log.at(-1)).toBe('its own action');
  });

  it('gets inputs by their names, its own place, and warnings for what it does not know', async () => {
    actions['octo/show'] = writeAction(started.host, 'show', {
      'action.yml': `inputs: { 'two words': { default: "\${{ runner.os }}" }, empty: {} }
runs: { using: node20, main: main.cjs }`,
      'main.cjs': `const e = process.env;
console.log([e.INPUT_TWO_WORDS, e.INPUT_EMPTY, e.INPUT_OTHER, e.GITHUB_ACTION, e.GITHUB_ACTION_REF, e.GITHUB_ACTION_PATH === __dirname].join('|'));`,
    });
    const record = await runWorkflow(
      started,
      oneJob('- { uses: octo/show@v3, with: { Other: 1 } }'),
    );
    expect(record.jobs[0]?.log.at(-1)).toBe('Linux||1|__octo_show|v3|true');
    expect(record.jobs[0]?.annotations[0]?.message).toBe(
      "Unexpected input(s) 'Other', valid inputs are ['two words', 'empty']",
    );
  });

  it('may come from the workspace', async () => {
    const record = await runWorkflow(
      started,
      oneJob('- uses: actions/checkout@v5\n- uses: ./tools/hello'),
      {
        'tools/hello/action.yml': 'runs: { using: node20, main: a.js }',
        'tools/hello/a.js': 'console.log("hello from here")',
      },
    );
    expect(record.jobs[0]?.log.at(-1)).toBe('hello from here');
  });

  it('hands files from job to job as artifacts', async () => {
    const record = await runWorkflow(
      started,
      `jobs:
  up:
    runs-on: x
    steps:
      - run: mkdir -p out/deep && echo 1 > out/a.txt && echo 2 > out/deep/b.log && echo 3 > out/.hidden
      - { uses: actions/upload-artifact@v4, with: { name: all, path: out } }
      - { uses: actions/upload-artifact@v4, with: { name: logs, path: "out/**/*.log" } }
      - { uses: actions/upload-artifact@v4, continue-on-error: true, with: { name: all, path: out } }
  down:
    needs: up
    runs-on: x
    steps:
      - { uses: actions/download-artifact@v4, with: { path: got } }
      - { uses: actions/download-artifact@v4, with: { name: logs, path: one } }
      - run: find got one -type f | sort | tr '\\n' ' '`,
    );
    expect(record.jobs[1]?.log.at(-1)).toBe(
      'got/all/a.txt got/all/deep/b.log got/logs/deep/b.log one/deep/b.log ',
    );
    expect(record.jobs[0]?.steps.at(-1)?.outcome).toBe('failure');
  });
});
