import { existsSync } from 'node:fs';
import { chmod, mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStory } from '../../examples/plex-client-coder/story.ts';
import { keepOutput } from '../../simulator/demo/keep.ts';
import { createNarrator } from '../../simulator/demo/narrator.ts';
import { play } from '../../simulator/demo/play.ts';
import {
  readChecks,
  readFile as readAt,
  readState,
  VERIFICATION_CHECK,
  type State,
} from '../../simulator/demo/read.ts';
import { everythingSaid, unmetGates } from '../../simulator/demo/said.ts';
import { REPOSITORY, setStage, type DemoStage } from '../../simulator/demo/stage.ts';

const MODULES = [
  'event-emitter',
  'http-client',
  'plex-auth',
  'plex-library',
  'playback-session',
  'watch-history',
];

/** The whole story takes about a minute on an idle machine. */
const STORY_TIMEOUT_MS = 600_000;

let root: string;
let stage: DemoStage;
let state: State;
const told: string[] = [];

/**
 * A node that notes the environment it is started with, to see what each of the action's processes was given.
 * No shell: one would drop the inputs whose names hold a hyphen.
 */
async function createWitness(folder: string): Promise<string> {
  const witness = path.join(folder, 'node');
  await mkdir(path.join(folder, 'environments'), { recursive: true });
  await writeFile(
    witness,
    `#!${process.execPath}
const { spawnSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
writeFileSync(${JSON.stringify(`${folder}/environments/`)} + process.pid, JSON.stringify(process.env));
process.exitCode = spawnSync(process.execPath, process.argv.slice(2), { stdio: 'inherit' }).status ?? 1;
`,
  );
  await chmod(witness, 0o755);
  return witness;
}

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-story-'));
  const narrator = createNarrator(
    (line) => told.push(line),
    () => performance.now(),
  );
  stage = await setStage({
    root: path.join(root, 'stage'),
    node: await createWitness(root),
    onProgress: (progress) => narrator.progress(progress),
  });
  await play(stage, { story: loadStory(), narrator, breakModule: null });
  state = await readState(stage);
}, STORY_TIMEOUT_MS);

afterAll(async () => {
  await stage.close();
  await rm(root, { recursive: true, force: true });
});

async function issues() {
  const { api } = stage.maya;
  return api.paginate(api.rest.issues.listForRepo, { ...REPOSITORY, state: 'all' });
}

async function commentsOn(number: number): Promise<string> {
  const { data } = await stage.maya.api.rest.issues.listComments({
    ...REPOSITORY,
    issue_number: number,
  });
  return data.map((comment) => comment.body ?? '').join('\n');
}

async function expectLinksToResolve(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const text = await readFile(path.join(folder, name), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/gu)) {
      const exists = existsSync(path.join(folder, path.dirname(name), target));
      expect({ name, target, exists }).toEqual({ name, target, exists: true });
    }
  }
}

/** A document without what differs between any two runs. */
function golden(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gu, '<session id>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, '<time>')
    .replaceAll(/\b[0-9a-f]{40}\b/gu, '<commit>')
    .replaceAll(/(?<=at )[0-9a-f]{7}\b/gu, '<commit>')
    .replaceAll(/(?<=\[#|issues\/)\d+/gu, '<number>')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/gu, 'https://github.com');
}

describe('the story of the example, played to its end with the built action', () => {
  it('completes all six modules, each by a merged pull request of its own', async () => {
    const { api } = stage.maya;
    for (const module of MODULES) {
      const entry = state[module];
      expect({ module, status: entry?.status }).toEqual({ module, status: 'complete' });
      const number = entry?.$session?.pullRequest;
      const { data: pull } = await api.rest.pulls.get({
        ...REPOSITORY,
        pull_number: Number(number),
      });
      expect(pull.merged).toBe(true);
      const check = (await readChecks(stage, pull.head.sha)).find(
        (one) => one.name === VERIFICATION_CHECK,
      );
      expect(check?.conclusion).toBe('success');
    }
  });

  it('spends one attempt on each module but the one that halted', () => {
    const outcomes = Object.fromEntries(
      MODULES.map((module) => [
        module,
        state[module]?.$session?.history.map((attempt) => attempt.outcome),
      ]),
    );
    expect(outcomes).toEqual({
      'event-emitter': ['merged'],
      'http-client': ['merged'],
      'plex-auth': ['merged'],
      'plex-library': ['halted', 'merged'],
      'playback-session': ['merged'],
      'watch-history': ['merged'],
    });
  });

  it('tells every transition in the log of the state branch, in order', async () => {
    const { api } = stage.maya;
    const commits = await api.paginate(api.rest.repos.listCommits, {
      ...REPOSITORY,
      sha: 'sessionwright-state',
      per_page: 100,
    });
    const messages = commits.map(({ commit }) => commit.message).reverse();
    const of = (module: string): readonly string[] =>
      messages
        .filter((message) => message.startsWith(`${module}: `))
        .map((message) => message.replaceAll(/#\d+/gu, '#N').replaceAll(/head \w{7}/gu, 'head H'));
    expect(of('plex-library')).toEqual([
      'plex-library: requested',
      'plex-library: pending → in-progress (attempt 1)',
      'plex-library: pull request #N (attempt 1)',
      'plex-library: in-progress → blocked (attempt 1)',
      'plex-library: escalation #N (attempt 1)',
      'plex-library: blocked → pending (#N resolved)',
      'plex-library: pending → in-progress (attempt 2)',
      'plex-library: pull request #N (attempt 2)',
      'plex-library: in-progress → review (attempt 2)',
      'plex-library: review → complete (attempt 2)',
    ]);
    expect(of('http-client')).toContain('http-client: in-progress (attempt 1), head H failed');
    expect(of('plex-auth')).toContain('plex-auth: in-progress (attempt 1), head H failed');
  });

  it('lets a request wait, saying for what, and starts it by itself', async () => {
    const issue = (await issues()).find((one) => one.title === 'Build plex-auth');
    const said = await commentsOn(Number(issue?.number));
    const waits = everythingSaid(stage.simulator)
      .filter((one) => one.number === issue?.number)
      .flatMap((one) => unmetGates(one.body));
    expect(waits.join('\n')).toContain('http-client');
    expect(told.join('\n')).toMatch(/plex-auth +requested/u);
    expect(told.join('\n')).toMatch(/plex-auth +waits for: .*http-client/u);
    expect(said).toContain('`plex-auth` waited here and has started');
    expect(said).toContain('Started `plex-auth`, attempt 1 of 3');
    expect(issue?.labels).toEqual([]);
  });

  it('escalates the missing type in one issue, to the planning agent, with the coder’s report', async () => {
    const escalations = (await issues()).filter((one) => one.title.startsWith('Escalation: '));
    expect(escalations).toHaveLength(1);
    const [escalation] = escalations;
    expect(escalation?.title).toBe('Escalation: Plex Library is blocked (Missing type)');
    expect(escalation?.state).toBe('closed');
    expect(escalation?.body).toContain('IMediaContainerPage');
    expect(escalation?.body).toContain('watch-history');
    expect(state['plex-library']?.$session?.history[0]?.escalation).toBe(escalation?.number);
  });

  it('tells the second attempt what happened in the first, who resolved it, and what changed', async () => {
    const text = await readAt(stage, 'orchestration-docs/session-plex-library-2.md', 'main');
    const section = (heading: string): string =>
      text.split(`### ${heading}`)[1]?.split('\n#')[0] ?? '';
    expect(section('Previous Attempts')).toMatch(/\| 1 \| .*halted.* \| .*IMediaContainerPage/u);
    expect(section('Blockers Cleared Since Last Attempt')).toContain('planner');
    expect(section('Spec Updates Since Last Attempt')).toContain('IMediaContainerPage');
    expect(text).not.toMatch(/\[(?:N|UUID-v4|dep-\d|status|X|Y|module-id|ModuleName)\]/u);
  });

  it.each(loadStory().sessions.map(({ module, attempt }) => `${module}-${attempt}`))(
    'writes the document of %s as its golden one',
    async (name) => {
      const file = `orchestration-docs/session-${name}.md`;
      expect(golden(await readAt(stage, file, `session/${name}`))).toMatchSnapshot();
    },
  );

  it('keeps one comment about verification on a pull request, however many heads were verified', async () => {
    const number = state['http-client']?.$session?.pullRequest;
    const said = await commentsOn(Number(number));
    expect(said.split('<!-- sessionwright:verification -->')).toHaveLength(2);
    expect(said).toContain('Passed');
  });

  it('shows on the dashboard that all is done', async () => {
    const dashboard = (await issues()).find((one) => one.title === 'Sessionwright dashboard');
    expect(dashboard?.body).toContain('6 of 6');
    expect(dashboard?.body).toContain('```mermaid');
  });

  it('gives no token to the process that runs the branch’s code', async () => {
    const folder = path.join(root, 'environments');
    const environments = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')),
    );
    const withToken = (mode: string): readonly boolean[] =>
      environments
        .filter((text) => text.includes(`"INPUT_MODE":"${mode}"`))
        .map((text) => /ghs_[A-Za-z0-9]/u.test(text));
    expect(new Set(withToken('plan'))).toEqual(new Set([true]));
    expect(new Set(withToken('orchestrate'))).toEqual(new Set([true]));
    expect(new Set(withToken('verify'))).toEqual(new Set([false]));
  });

  it('tells each result of verification with its module, and each escalation once', () => {
    const text = stripVTControlCharacters(told.join('\n'));
    expect(text).toMatch(/verify.* http-client +Module-specific tests: failed with exit code/u);
    expect(text).toMatch(/verify.* gates on \w{7} +Shared types compile: passed/u);
    expect(text.match(/ escalation #\d+ \(attempt 1\)/gu)).toHaveLength(1);
    expect(text.match(/ escalation #\d+$/gmu)).toHaveLength(1);
  });

  it('leaves a document, a pull request and checks of every session, and how it all ended', async () => {
    const output = path.join(root, 'output');
    await keepOutput(stage, output);
    const names = await readdir(output, { recursive: true });
    const pulls = await stage.maya.api.rest.pulls.list({ ...REPOSITORY, state: 'all' });
    const ofSessions = pulls.data.flatMap(({ number, head }) => {
      const name = head.ref.replace('session/', '');
      return [
        `orchestration-docs/session-${name}.md`,
        `pull-requests/${number}-${name}.md`,
        `checks/${name}.md`,
      ];
    });
    const escalation = state['plex-library']?.$session?.history[0]?.escalation;
    expect(names).toEqual(
      expect.arrayContaining([
        ...ofSessions,
        `escalations/${escalation}.md`,
        'README.md',
        'dashboard.md',
        'dashboard-midway.md',
        'implementation-state.json',
        'repository.git/HEAD',
        'spec-pack/artifact-2-shared-types.ts',
      ]),
    );
    expect(names).toContainEqual(expect.stringMatching(/^checks\/base-\w{7}\.md$/u));
    await expectLinksToResolve(output, ['README.md', ...ofSessions]);
    const index = await readFile(path.join(output, 'README.md'), 'utf8');
    expect(index).toMatch(/\| plex-library \| 1 \| Halted: Missing type → .* closed \|/u);
    expect(index).toMatch(/\| http-client \| 1 \| .* → Passed → .* merged \|/u);
    expect(await readFile(path.join(output, 'repository.git/config'), 'utf8')).not.toContain('@');
  });

  it('asks the simulator for nothing that it does not simulate', () => {
    expect(stage.simulator.unknown).toEqual([]);
  });

  it('writes nothing in one more run', async () => {
    stage.simulator.clearCalls();
    await stage.maya.api.rest.actions.createWorkflowDispatch({
      ...REPOSITORY,
      workflow_id: 'sessions.yml',
      ref: 'main',
    });
    await stage.runner.idle();
    const ours = stage.simulator.calls.filter((call) => call.token === 'installation');
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((call) => call.access === 'write')).toEqual([]);
    const last = stage.runner.runs().at(-1);
    expect([last?.run.event, last?.run.conclusion]).toEqual(['workflow_dispatch', 'success']);
  }, 60_000);
});
