import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Runner } from '../../../simulator/runner/runner.ts';
import { createRunner } from '../../../simulator/runner/runner.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/simulator.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

const ACTION =
  'runs: { using: node24, main: main.js }\ninputs: { token: { default: "${{ github.token }}" } }';

/** Comments on the issue of its event with the job's token. */
const MAIN = `
const { readFileSync } = require('node:fs');
const { INPUT_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH } = process.env;
const { issue } = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
const url = GITHUB_API_URL + '/repos/' + GITHUB_REPOSITORY + '/issues/' + issue.number + '/comments';
fetch(url, {
  method: 'POST',
  headers: { authorization: 'Bearer ' + INPUT_TOKEN, 'content-type': 'application/json' },
  body: JSON.stringify({ body: 'seen by ' + process.env.GITHUB_ACTOR }),
}).then((response) => console.log('answer ' + response.status));
`;

const WORKFLOW = `
on: { issues: { types: [opened] }, issue_comment: {}, workflow_dispatch: { inputs: { who: { default: you } } } }
jobs:
  comment:
    if: github.event_name != 'workflow_dispatch'
    runs-on: ubuntu-latest
    permissions: { issues: write, contents: read }
    steps:
      - uses: octo/comment@v1
      - uses: actions/checkout@v5
      - run: cat greeting.txt && git push origin HEAD:refs/heads/mine || echo refused
  greet:
    if: github.event_name == 'workflow_dispatch'
    runs-on: ubuntu-latest
    permissions: { contents: write }
    steps:
      - uses: actions/checkout@v5
        with: { fetch-depth: 0 }
      - run: git push --quiet origin HEAD:refs/heads/for-\${{ inputs.who }}
`;

let root: string;
let simulator: Simulator;
let runner: Runner;

beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'runner-simulator-'));
  const action = path.join(root, 'action');
  mkdirSync(action);
  writeFileSync(path.join(action, 'action.yml'), ACTION);
  writeFileSync(path.join(action, 'main.js'), MAIN);
  simulator = await startSimulator({ root: path.join(root, 'github') });
  await simulator.createRepository({
    owner: 'acme',
    name: 'app',
    files: { 'greeting.txt': 'hello\n', '.github/workflows/a.yml': WORKFLOW },
  });
  const actions = { 'octo/comment': action };
  runner = createRunner(simulator.host, { workRoot: path.join(root, 'machine'), actions });
});

afterEach(async () => {
  await runner.stop();
  await simulator.close();
  rmSync(root, { recursive: true, force: true });
});

async function post(route: string, body: object): Promise<Response> {
  const token = simulator.createUserToken('acme');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const url = `${simulator.urls.api}/repos/acme/app/${route}`;
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('a runner with the simulated GitHub', () => {
  it('acts with the job token, which starts no run and may do no more than it says', async () => {
    expect((await post('issues', { title: 'Plex' })).status).toBe(201);
    await runner.idle();
    const runs = runner.runs();
    expect(runs.map(({ run }) => [run.event, run.conclusion])).toEqual([['issues', 'success']]);
    const log = runs[0]?.jobs[0]?.log.join('\n') ?? '';
    expect(log).toContain('answer 201');
    expect(log).toContain('hello');
    expect(log.endsWith('refused')).toBe(true);
    expect(simulator.events.map(({ name, cause }) => `${name} ${cause}`)).toContain(
      'issue_comment workflow-token',
    );
    expect(runner.skipped().at(-1)?.reason).toContain('GITHUB_TOKEN');
  });

  it('runs a dispatch, whose push with the job token starts no run', async () => {
    const before = simulator.events.length;
    const answer = await post('actions/workflows/a.yml/dispatches', { ref: 'main' });
    expect(answer.ok).toBe(true);
    await runner.idle();
    expect(runner.runs().map(({ run }) => [run.event, run.conclusion])).toEqual([
      ['workflow_dispatch', 'success'],
    ]);
    expect(await simulator.host.resolve('acme/app', 'refs/heads/for-you')).toMatch(
      /^[\da-f]{40}$/u,
    );
    expect(simulator.events.length).toBeGreaterThan(before + 1);
    expect(simulator.unknown).toEqual([]);
  });
});
