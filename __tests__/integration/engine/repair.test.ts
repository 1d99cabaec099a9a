import { afterEach, describe, expect, it } from '@jest/globals';
import type { RepositorySeed } from '../../../simulator/seed.ts';
import { STATE_BRANCH } from '../../support/engine-git.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { deleteStateBranch, repair } from '../../support/engine-repair.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  beginByDispatch,
  closeIssue,
  complete,
  escalations,
  implement,
  merge,
  refsOf,
  sessionOf,
} from '../../support/engine-story.ts';
import { startEngine, type Engine, type State } from '../../support/engine.ts';
import { missingType, typeError } from '../../support/verification-results.ts';
import { blocked, cancelled, inReview, resumed, running, say, waiting } from './scenarios/steps.ts';

interface Played {
  readonly config?: string;
  readonly seed?: Partial<RepositorySeed>;
  readonly play: (engine: Engine) => Promise<unknown>;
}

/** The ends that scenarios come to. */
const ENDS: Readonly<Record<string, Played>> = {
  'a session that began': { play: running },
  'a request that waits': { config: 'paused: true\n', play: waiting },
  'a request that waits for what runs': {
    play: async (engine) => {
      await begin(engine, 'core');
      await engine.openIssue('Build auth', ['session:auth']);
      await engine.deliver();
    },
  },
  'a head that is green': { play: inReview },
  'a head that is red': {
    play: async (engine) => implement(engine, await begin(engine, 'core'), { verify: typeError() }),
  },
  'a HALT': { play: blocked },
  'a resolved escalation and its second attempt': { play: resumed },
  'a second attempt that continues the first': {
    config: 'retry: continue\n',
    play: async (engine) => {
      await engine.push('main', { 'b.txt': 'b\n' });
      await resumed(engine);
    },
  },
  'a retry of what runs': {
    play: async (engine) => {
      await running(engine);
      await say('/session retry')(engine);
      await engine.deliver();
    },
  },
  'a session that was cancelled': { play: cancelled },
  'a merge that unblocks another module': {
    play: async (engine) => {
      await complete(engine, 'core');
      await begin(engine, 'auth');
    },
  },
  'a merge without verification': {
    play: async (engine) => {
      await merge(engine, await begin(engine, 'core'));
      await engine.deliver();
    },
  },
  'an escalation that is a comment, since issues are turned off': {
    seed: { settings: { hasIssues: false } },
    play: async (engine) => {
      await beginByDispatch(engine, 'core');
      await implement(engine, await sessionOf(engine, 'core'), { verify: missingType });
    },
  },
  'an escalation that was a comment, and the attempt after it': {
    seed: { settings: { hasIssues: false } },
    play: async (engine) => {
      await beginByDispatch(engine, 'core');
      await implement(engine, await sessionOf(engine, 'core'), { verify: missingType });
      await say('/session retry')(engine);
      await engine.deliver();
    },
  },
  'attempts that are exhausted': {
    config: 'attempts: 1\nself-fix-limit: 1\n',
    play: async (engine) => implement(engine, await begin(engine, 'core'), { verify: typeError() }),
  },
};

describe('mode: repair, after the state branch was deleted', () => {
  let engine: Engine;
  afterEach(async () => {
    expect(engine.sim.unknown).toEqual([]);
    await engine.close();
  });

  it.each(Object.entries(ENDS))('rebuilds %s, and a sweep then writes nothing', async (_, end) => {
    engine = await startEngine({
      config: configFile({ top: end.config ?? '' }),
      seed: end.seed ?? {},
    });
    await end.play(engine);
    engine.news();
    const before = await engine.state();
    await deleteStateBranch(engine);
    await expect(engine.run(SCHEDULE)).rejects.toMatchObject({
      code: 'state-missing',
      fix: expect.stringContaining('mode: repair'),
    });
    const { written, writes } = await repair(engine, false);
    const dashboard = engine.repo.settings.hasIssues ? [EDIT_ISSUE] : [];
    expect({ written, writes }).toEqual({ written: true, writes: [...FIRST_COMMIT, ...dashboard] });
    expect(shapeOf(await engine.state())).toEqual(shapeOf(before));
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('says what it would write and writes nothing, unless it is told to', async () => {
    engine = await startEngine();
    await blocked(engine);
    await deleteStateBranch(engine);
    const refs = refsOf(engine);
    const { differences, log, written, writes, summary } = await repair(engine, true);
    expect({ written, writes }).toEqual({ written: false, writes: [] });
    expect(refsOf(engine)).toEqual(refs);
    expect(differences).toEqual(
      expect.arrayContaining([
        'core: status: absent → "blocked"',
        'core: $session.attempt: absent → 1',
      ]),
    );
    expect(log).toEqual(expect.arrayContaining([...differences]));
    expect(log.at(-1)).toContain('`dry-run: false`');
    expect(summary).toContain('(dry run, nothing was changed)');
  });

  it('takes up the loop where it stood: the escalation is resolved and the next attempt begins', async () => {
    engine = await startEngine();
    await blocked(engine);
    await deleteStateBranch(engine);
    await repair(engine, false);
    await closeIssue(engine, escalations(engine)[0]?.number ?? 0);
    await engine.deliver();
    expect((await engine.state())['core']).toMatchObject({
      status: 'in-progress',
      $session: { attempt: 2, maxAttempts: 3, history: [{ attempt: 1, outcome: 'halted' }] },
    });
  });

  it('never counts fewer attempts than GitHub shows, even where only a branch is left', async () => {
    engine = await startEngine();
    await resumed(engine);
    await deleteStateBranch(engine);
    for (const issue of [...engine.repo.issues.keys()]) engine.repo.issues.delete(issue);
    const { log } = await repair(engine, false);
    expect((await engine.state())['core']?.$session.attempt).toBe(2);
    expect(log.join('\n')).not.toContain('the document of attempt 2');
  });

  it('takes no decoy for its own: a person’s pull request, issue or branch under our marker', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    const { body } = engine.issue(core.pull);
    const alice = engine.user('alice').rest;
    await engine.push('session/auth-7', { 'x.txt': 'x\n' });
    const marker = (body ?? '').replace('module=core attempt=1', 'module=auth attempt=7');
    await alice.pulls.create({
      ...REPO,
      head: 'session/auth-7',
      base: 'main',
      title: 'T',
      body: marker,
    });
    await alice.issues.create({
      ...REPO,
      title: 'E',
      body: '<!-- sessionwright:escalation module=core attempt=9 -->',
      labels: ['sessionwright'],
    });
    engine.news();
    await deleteStateBranch(engine);
    await repair(engine, false);
    const state = await engine.state();
    expect(state['core']).toMatchObject({ status: 'in-progress', $session: { attempt: 1 } });
    expect(state['auth']).toMatchObject({
      status: 'pending',
      sessionId: null,
      $session: { pullRequest: null },
    });
  });
});

describe('mode: repair, of a state that is still there', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function overwrite(text: string): Promise<void> {
    await engine.push(STATE_BRANCH, { 'implementation-state.json': text }, { by: 'adam' });
  }

  it('finds nothing to do where it is whole', async () => {
    engine = await startEngine();
    await resumed(engine);
    const { differences, written, writes } = await repair(engine, false);
    expect({ differences, written, writes }).toEqual({
      differences: [],
      written: false,
      writes: [],
    });
  });

  it('rebuilds only the entry that was broken by hand, and keeps every other key', async () => {
    engine = await startEngine();
    await complete(engine, 'core');
    await begin(engine, 'auth');
    const before = await engine.state();
    const edited = { note: { kept: true }, ...before, auth: { status: 'running' } };
    await overwrite(JSON.stringify(edited));
    await expect(engine.run(SCHEDULE)).rejects.toThrow('The entry "auth"');
    expect((await repair(engine, false)).differences.join('\n')).not.toContain('core:');
    const after = await engine.state();
    expect(after['core']).toEqual(before['core']);
    expect(shapeOf(after)['auth']).toEqual(shapeOf(before)['auth']);
    expect(after).toHaveProperty('note', { kept: true });
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('rebuilds a file that is cut in the middle', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const before = await engine.state();
    await overwrite(JSON.stringify(before).slice(0, 200));
    await expect(engine.run(SCHEDULE)).rejects.toMatchObject({ code: 'state-unreadable' });
    await repair(engine, false);
    expect(shapeOf(await engine.state())).toEqual(shapeOf(before));
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('takes the later attempt where the branch was forced back to an earlier one', async () => {
    engine = await startEngine();
    await running(engine);
    const early = engine.repo.git.branch(STATE_BRANCH) ?? '';
    await say('/session retry')(engine);
    await engine.deliver();
    const before = await engine.state();
    await engine
      .user('adam')
      .rest.git.updateRef({ ...REPO, ref: `heads/${STATE_BRANCH}`, sha: early, force: true });
    const { differences } = await repair(engine, false);
    expect(differences).toContain('core: $session.attempt: 1 → 2');
    expect(shapeOf(await engine.state())).toEqual(shapeOf(before));
  });

  it('leaves a state of a newer version to the release that wrote it', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    await overwrite(JSON.stringify({ $sessionwright: { version: 2 } }));
    await expect(repair(engine, false)).rejects.toThrow('this release reads up to 1');
  });
});

/** The dashboard names the commit that it stands for. */
const EDIT_ISSUE = 'PATCH /repos/{owner}/{repo}/issues/{number}';

const FIRST_COMMIT = [
  'POST /repos/{owner}/{repo}/git/trees',
  'POST /repos/{owner}/{repo}/git/commits',
  'POST /repos/{owner}/{repo}/git/refs',
];

/** What a rebuilt state must tell as the lost one did: all but words, times of ends, and who asked for what. */
function shapeOf(state: State): Readonly<Record<string, unknown>> {
  const modules = Object.entries(state).filter(
    ([id, entry]) => !id.startsWith('$') && '$session' in entry,
  );
  const shapes: readonly (readonly [string, unknown])[] = [
    ['dashboard', (state as Readonly<Record<string, unknown>>)['$sessionwright']],
    ...modules.map(
      ([id, { status, sessionId, filesModified, $session }]): readonly [string, unknown] => [
        id,
        {
          status,
          sessionId: sessionId ?? null,
          filesModified: filesModified ?? [],
          session: {
            ...$session,
            headAt: null,
            commands: null,
            request: $session.request !== null,
            failedHeads: $session.failedHeads.map(({ sha }) => sha),
            history: $session.history.map((record) => ({
              attempt: record.attempt,
              outcome: record.outcome,
              failureType: record.failureType,
              pullRequest: record.pullRequest,
              escalation: record.escalation,
            })),
          },
        },
      ],
    ),
  ];
  return Object.fromEntries(shapes);
}
