import { afterEach, describe, expect, it } from '@jest/globals';
import { clock } from '../../support/clock.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  begin,
  closeIssue,
  complete,
  dashboardOf,
  escalations,
  implement,
  merge,
  saidOn,
  sessionOf,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

/** `early` unblocks nothing, `late` a chain of two; `other` is as short as `early`. */
const CHAIN = `modules:
  early: { name: Early, prompt: 1 }
  other: { name: Other, prompt: 2 }
  late: { name: Late, prompt: 3 }
  player: { name: Player, depends-on: [late], prompt: 4 }
`;
const HANDOFFS = Object.fromEntries(
  ['early', 'other', 'late'].map((id) => [
    `spec-pack/context-handoff/${id}.md`,
    `# Context Handoff: ${id}\n\nNothing to know.\n`,
  ]),
);

let engine: Engine;
afterEach(() => engine.close());

const PAUSED = 'paused: true\n';

async function configure(top: string, modules?: string): Promise<void> {
  const config = configFile(modules === undefined ? { top } : { top, modules });
  await engine.push('main', { '.github/sessionwright.yml': config });
}

/** Each is asked for by an issue of its own; the answers are these issues' numbers. */
async function askFor(...modules: readonly string[]): Promise<readonly number[]> {
  const issues: number[] = [];
  for (const module of modules) {
    issues.push(await engine.openIssue(`Build ${module}`, [`session:${module}`]));
    await engine.deliver();
  }
  return issues;
}

async function running(): Promise<readonly string[]> {
  const entries = Object.entries(await engine.state());
  return entries.flatMap(([id, { status }]) => (status === 'in-progress' ? [id] : []));
}

describe('the order of those that wait', () => {
  it('is that of the longest chain that a module unblocks, and then of age', async () => {
    engine = await startEngine({
      config: configFile({ top: PAUSED, modules: CHAIN }),
      files: HANDOFFS,
    });
    const [early = 0, other = 0, late = 0] = await askFor('early', 'other', 'late');
    await configure('parallel-sessions: 1\n', CHAIN);
    await engine.deliver();
    expect(await running()).toEqual(['late']);
    expect(saidOn(engine, late).at(-1)).toContain('Started');
    expect(saidOn(engine, early)[0]).toContain('place 1 in the queue');
    expect(saidOn(engine, other)[0]).toContain('place 2 in the queue');
    await engine.comment((await sessionOf(engine, 'late')).pull, '/session cancel');
    await engine.deliver();
    expect(await running()).toEqual(['early']);
    expect(saidOn(engine, other)[0]).toContain('place 1 in the queue');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});

describe('a request that waits', () => {
  it('shows each unmet gate, and its place once it is a free session alone that lacks', async () => {
    engine = await startEngine({ config: configFile({ top: 'parallel-sessions: 1\n' }) });
    await complete(engine, 'core');
    const auth = await begin(engine, 'auth');
    const [library = 0, player = 0] = await askFor('library', 'player');
    expect(saidOn(engine, player)[0]).toContain('**Dependency `auth` is complete**');
    expect(saidOn(engine, player)[0]).toContain('**Dependency `library` is complete**');
    expect(saidOn(engine, player)[0]).not.toContain('in the queue');
    expect(saidOn(engine, library)[0]).toContain('1 of 1 are running; place 1 in the queue');
    const { body } = engine.issue(dashboardOf(engine));
    expect(body).toMatch(/Waiting[^]*`library`[^]*`player`/u);
    expect(auth.pull).toBeGreaterThan(0);
  });

  it('says that one run begins no more where `max-starts-per-run` holds it, and starts with the next run', async () => {
    engine = await startEngine({
      config: configFile({ top: PAUSED, modules: CHAIN }),
      files: HANDOFFS,
    });
    const [early = 0, other = 0] = await askFor('early', 'other');
    expect(saidOn(engine, early)[0]).not.toContain('are running');
    await configure('max-starts-per-run: 1\n', CHAIN);
    await engine.deliver();
    expect(await running()).toEqual(['early']);
    expect(saidOn(engine, other)[0]).toContain('`max-starts-per-run`');
    expect(saidOn(engine, other)[0]).toContain('place 1 in the queue');
    expect(saidOn(engine, other)[0]).not.toContain('It clears when one of them ends');
    await engine.run(SCHEDULE);
    expect(await running()).toEqual(['early', 'other']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is told over where it was asked for, once the module is declared complete', async () => {
    engine = await startEngine({ config: configFile({ top: PAUSED }) });
    const [core = 0] = await askFor('core');
    const elsewhere = await engine.openIssue('Decide');
    await engine.comment(elsewhere, '/session complete core It is there.', 'adam');
    const writes = (await engine.deliver()).flatMap((ran) => ran.writes);
    expect(saidOn(engine, core)).toEqual([
      '`core` is complete, without a session of its own. Next: what waited for it starts by itself.',
    ]);
    // A run that dies in between says it again.
    expect(writes.slice(0, 2)).toEqual([
      'updateIssueComment',
      'createCommitOnBranch sessionwright-state',
    ]);
  });

  it('is told over where it was asked for, once an escalation is opened again', async () => {
    engine = await startEngine();
    await implement(engine, await begin(engine, 'core'), { verify: missingType });
    const issue = escalations(engine)[0]?.number ?? 0;
    await configure(PAUSED);
    await engine.deliver();
    await closeIssue(engine, issue);
    await engine.deliver();
    expect(saidOn(engine, issue).at(-1)).toContain('is requested and waits');
    const open = { owner: 'acme', repo: 'app', issue_number: issue, state: 'open' } as const;
    await engine.user('paula').rest.issues.update(open);
    await engine.deliver();
    expect(saidOn(engine, issue).join('\n')).not.toContain('is requested and waits');
    expect(saidOn(engine, issue)).toContain(
      `\`core\` waits no longer: it is blocked again by #${issue}. Next: once that is closed as completed, it starts by itself.`,
    );
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('tells its place to whoever asks with `/session status`', async () => {
    engine = await startEngine({ config: configFile({ top: 'parallel-sessions: 1\n' }) });
    await complete(engine, 'core');
    await begin(engine, 'auth');
    const [library = 0] = await askFor('library');
    await engine.comment(library, '/session status library');
    await engine.deliver();
    expect(saidOn(engine, library).at(-1)).toContain('1 of 1 are running; place 1 in the queue');
  });

  it.each<[string, (auth: { readonly pull: number }) => Promise<void>]>([
    ['is cancelled', ({ pull }) => engine.comment(pull, '/session cancel')],
    ['halts', ({ pull }) => engine.comment(pull, '/session halt spec-ambiguity Two readings.')],
    [
      'has its pull request closed',
      async ({ pull }) => {
        const close = { owner: 'acme', repo: 'app', pull_number: pull, state: 'closed' } as const;
        await engine.user('alice').rest.pulls.update(close);
      },
    ],
  ])('starts by itself in the run in which a session that ran %s', async (_, end) => {
    engine = await startEngine({ config: configFile({ top: 'parallel-sessions: 1\n' }) });
    await complete(engine, 'core');
    const auth = await begin(engine, 'auth');
    await askFor('library');
    await end(auth);
    const [ran] = await engine.deliver();
    expect(ran?.outputs['started']).toBe('["library"]');
    expect(await running()).toEqual(['library']);
  });

  it('starts by itself in the sweep that ends a session by its time-out', async () => {
    const time = clock();
    const top = 'parallel-sessions: 1\nattempts: 1\nsession-timeout: 24h\n';
    engine = await startEngine({ config: configFile({ top }), time });
    await complete(engine, 'core');
    await begin(engine, 'auth');
    await askFor('library');
    time.pass(25);
    expect((await engine.run(SCHEDULE)).outputs['started']).toBe('["library"]');
    expect((await engine.state())['auth']?.status).toBe('blocked');
  });
});

describe('with `auto-start`', () => {
  it('each module starts in the run that completes what it rests on, and nobody asks', async () => {
    engine = await startEngine({ config: configFile({ top: 'auto-start: true\n' }) });
    await engine.run(SCHEDULE);
    for (const module of ['core', 'auth', 'library']) {
      expect(await running()).toContain(module);
      const session = await sessionOf(engine, module);
      await implement(engine, session);
      await merge(engine, session);
      await engine.deliver();
    }
    expect(await running()).toEqual(['player']);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('a module whose session was cancelled is not begun again by itself', async () => {
    engine = await startEngine({ config: configFile({ top: 'auto-start: true\n' }) });
    await engine.run(SCHEDULE);
    await engine.comment((await sessionOf(engine, 'core')).pull, '/session cancel');
    await engine.deliver();
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']).toMatchObject({ status: 'pending' });
  });

  it.each([
    ['whose request was withdrawn', ['/session cancel core']],
    [
      'that was declared complete and given back',
      ['/session complete core X.', '/session reopen core Y.'],
    ],
  ])('a module %s is not asked for again by itself', async (_, commands) => {
    engine = await startEngine({ config: configFile({ top: 'auto-start: true\npaused: true\n' }) });
    await engine.run(SCHEDULE);
    const issue = await engine.openIssue('Decide');
    await engine.comment(issue, commands.join('\n'), 'adam');
    await engine.deliver();
    await engine.run(SCHEDULE);
    expect((await engine.state())['core']).toMatchObject({
      status: 'pending',
      $session: { request: null },
    });
  });
});
