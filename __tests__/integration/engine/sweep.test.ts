import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clock } from '../../support/clock.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { failureOf, SCHEDULE, type RunOptions } from '../../support/engine-run.ts';
import {
  begin,
  closeIssue,
  escalations,
  implement,
  merge,
  reportFile,
  saidOn,
  verdictOn,
  type Session,
} from '../../support/engine-story.ts';
import { commandNotFound, typeError } from '../../support/verification-results.ts';

const CONFIG = '.github/sessionwright.yml';

let engine: Engine;
let core: Session;
let time: ReturnType<typeof clock>;
beforeEach(async () => {
  time = clock();
  engine = await startEngine({ time });
  core = await begin(engine, 'core');
});
afterEach(() => engine.close());

/** Whatever happened so far told nobody; what the sweep itself causes runs. */
async function sweep(options?: RunOptions): Promise<void> {
  engine.news();
  await engine.run(SCHEDULE, options);
  await engine.deliver(options);
}

async function isQuiet(): Promise<void> {
  engine.news();
  expect((await engine.run(SCHEDULE)).writes).toEqual([]);
}

async function statusOf(module: string): Promise<string | undefined> {
  return (await engine.state())[module]?.status;
}

async function push(): Promise<string> {
  const files = {
    'src/core/Core.ts': 'export class Core {}\n',
    ...(await reportFile(engine, 'core')),
  };
  return engine.push(core.branch, files);
}

describe('the sweep', () => {
  it('has a head verified that never was, since the event of its push was lost', async () => {
    const sha = await push();
    await sweep();
    expect(verdictOn(engine, sha)).toBe('success');
    expect(await statusOf('core')).toBe('review');
    await isQuiet();
  });

  it('finds a merge whose event was lost, and starts what waited for it', async () => {
    await implement(engine, core);
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await merge(engine, core);
    await sweep();
    expect(await statusOf('core')).toBe('complete');
    expect(await statusOf('auth')).toBe('in-progress');
    await isQuiet();
  });

  it('finds an escalation that was closed and one that was opened again, though nobody told it', async () => {
    await engine.comment(core.pull, '/session halt spec-ambiguity Two readings.');
    await engine.deliver();
    const [issue] = escalations(engine);
    await closeIssue(engine, issue?.number ?? 0);
    await sweep();
    expect((await engine.state())['core']).toMatchObject({
      status: 'in-progress',
      $session: { attempt: 2 },
    });
    const reopen = { ...REPO, issue_number: issue?.number ?? 0, state: 'open' } as const;
    await engine.user('paula').rest.issues.update(reopen);
    await sweep();
    expect(await statusOf('core')).toBe('blocked');
    await isQuiet();
  });

  it('ends a session that nobody pushed to for longer than `session-timeout`, and begins the next attempt', async () => {
    time.pass(71);
    await isQuiet();
    time.pass(2);
    await sweep();
    expect((await engine.state())['core']?.$session).toMatchObject({
      attempt: 2,
      history: [{ outcome: 'timed-out' }],
    });
    expect(engine.issue(core.pull).state).toBe('closed');
    await isQuiet();
  });

  it('starts again the verification that infrastructure kept from being done, where no run could be started', async () => {
    const actions = { actions: 'read', checks: 'write', contents: 'write' } as const;
    const permissions = { ...actions, issues: 'write', 'pull-requests': 'write' } as const;
    const failed = implement(engine, core, { verify: commandNotFound, permissions });
    expect(await failureOf(failed)).toMatchObject({ code: 'permission-missing' });
    const head = engine.repo.git.branch(core.branch) ?? '';
    expect(verdictOn(engine, head)).toBe('queued');
    await sweep();
    expect(verdictOn(engine, head)).toBe('success');
    await isQuiet();
  });

  it('gives a module back whose branch is gone, before GitHub has closed its pull request', async () => {
    await engine.repo.git.updateRefs([
      {
        ref: `refs/heads/${core.branch}`,
        before: engine.repo.git.branch(core.branch),
        after: null,
      },
    ]);
    await sweep();
    expect(await statusOf('core')).toBe('pending');
    await isQuiet();
  });

  it('gives a module back whose pull request GitHub does not know any more', async () => {
    engine.repo.issues.delete(core.pull);
    await sweep();
    expect(await statusOf('core')).toBe('pending');
    await isQuiet();
  });

  it('tells of a module that was renamed, though the event of that push was lost, and forgets it not', async () => {
    const modules = 'modules:\n  heart: { name: Heart, prompt: 1 }\n';
    await engine.push('main', { [CONFIG]: configFile({ modules }) });
    await sweep();
    expect(saidOn(engine, core.pull).join('\n')).toContain('`core` is not in the config any more');
    expect(await statusOf('core')).toBe('in-progress');
    await isQuiet();
  });

  it('tells a session that its specification changed, though the event of that push was lost', async () => {
    const prompts = 'spec-pack/artifact-7-implementation-prompts.md';
    const text = (await engine.file('main', prompts)) ?? '';
    await engine.push('main', { [prompts]: text.replace('Emit every', 'Emit each') });
    await sweep();
    expect(saidOn(engine, core.pull).join('\n')).toContain('/session ack-spec');
    await isQuiet();
  });
});

describe('an event of something else', () => {
  /** Somebody labels an issue; the requests of that run are counted. */
  async function somethingElse(): Promise<number> {
    await engine.openIssue('Build auth', ['session:auth']);
    return (await engine.run(engine.latest('issues', 'labeled'))).calls.length;
  }

  it('has the run take note of a merge whose own event was lost, and start what waited for it', async () => {
    await implement(engine, core);
    await merge(engine, core);
    engine.news();
    await somethingElse();
    expect(await statusOf('core')).toBe('complete');
    expect(await statusOf('auth')).toBe('in-progress');
    await isQuiet();
  });

  it('does so for a closed pull request', async () => {
    const close = { ...REPO, pull_number: core.pull, state: 'closed' } as const;
    await engine.user('alice').rest.pulls.update(close);
    engine.news();
    await somethingElse();
    expect(await statusOf('core')).toBe('pending');
  });

  it('does so for a claimed HALT', async () => {
    const claim = {
      core: { status: 'blocked', blockedReason: 'Two readings.', failureType: 'spec-ambiguity' },
    };
    await engine.push(core.branch, {
      'orchestration-docs/claims/core-1.json': JSON.stringify(claim),
    });
    engine.news();
    await somethingElse();
    expect(await statusOf('core')).toBe('blocked');
    expect(escalations(engine)).toHaveLength(1);
  });

  it('does so for an escalation that was closed', async () => {
    await implement(engine, core, { verify: typeError() });
    await engine.comment(core.pull, '/session halt spec-ambiguity Two readings.');
    await engine.deliver();
    await closeIssue(engine, escalations(engine)[0]?.number ?? 0);
    engine.news();
    await somethingElse();
    expect((await engine.state())['core']?.$session.attempt).toBe(2);
  });

  it('does so for a session that nobody pushed to for longer than `session-timeout`', async () => {
    time.pass(73);
    await somethingElse();
    expect((await engine.state())['core']?.$session.attempt).toBe(2);
    await isQuiet();
  });
});
