import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteStateBranch } from '../../support/engine-repair.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, complete, dashboardOf } from '../../support/engine-story.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { sessionwright, temporaryFolders, type Ended } from '../../support/terminal.ts';
import { blocked } from '../engine/scenarios/steps.ts';

const folders = temporaryFolders();
afterAll(() => folders.remove());

let engine: Engine;
let folder: string;
beforeEach(async () => {
  engine = await startEngine();
  folder = await folders.empty();
});
afterEach(() => engine.close());

/** As a person with a token of their own, away from any checkout. */
function terminal(argv: readonly string[], login = 'rita'): Promise<Ended> {
  const { sim } = engine;
  const env = {
    PATH: process.env['PATH'],
    GH_TOKEN: sim.createUserToken(login),
    GITHUB_API_URL: sim.urls.api,
  };
  return sessionwright(folder, [...argv, '--github', 'acme/app'], { env });
}

/** What GitHub was asked to write since. */
function writesSince(from: number): readonly string[] {
  return engine.sim.calls.slice(from).flatMap(({ access, mutations, method, path }) => {
    if (access === 'read') return [];
    return method === 'POST' && path === '/graphql' ? mutations : [`${method} ${path}`];
  });
}

describe('plan --github', () => {
  it('tells what a label would bring, as GitHub stands, and writes nothing', async () => {
    await complete(engine, 'core');
    await engine.openIssue('Build auth');
    const from = engine.sim.calls.length;
    const label = ['plan', '--event', 'label:auth', '--on', '1', '--json'];
    const { exitCode, stdout } = await terminal(label);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      source: { kind: 'github', repository: 'acme/app' },
      base: { branch: 'main' },
      problems: [],
      events: [
        {
          decision: expect.arrayContaining(['take the label off #1']) as unknown,
          starts: ['auth'],
        },
      ],
    });
    expect(writesSince(from)).toEqual([]);
  });

  it('foresees a command on a session’s pull request, which nobody gave', async () => {
    const { pull } = await begin(engine, 'core');
    const halt = ['plan', '--event', 'comment:/session cancel', '--on', String(pull), '--json'];
    const { stdout } = await terminal(halt);
    const { events } = JSON.parse(stdout) as { events: { decision: string[] }[] };
    expect(events[0]?.decision.join('\n')).toContain('core: in-progress → pending');
  });

  it('foresees that a request of a ready module starts it', async () => {
    await complete(engine, 'core');
    const { stdout } = await terminal(['plan', '--event', 'request:auth', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ events: [{ starts: ['auth'], waiting: [] }] });
  });

  it('looks again where a run moved the state between its requests', async () => {
    await begin(engine, 'core');
    const dashboard = { ...REPO, issue_number: dashboardOf(engine) };
    await engine.user('adam').rest.issues.update({ ...dashboard, labels: [] });
    await engine.openIssue('Build auth', ['session:auth']);
    const happening = engine.latest('issues', 'labeled');
    const undo = engine.sim.intercept({
      before: async (call) => {
        if (!JSON.stringify(call.body).includes('query scene(')) return undefined;
        undo();
        await engine.orchestrate(happening);
        return undefined;
      },
    });
    const { exitCode, stdout } = await terminal(['plan', '--event', 'schedule', '--json']);
    expect({ exitCode, ...(JSON.parse(stdout) as object) }).toMatchObject({
      exitCode: 0,
      problems: [],
    });
  });

  it('is exit code 3 where GitHub does not know the token', async () => {
    const env = { GH_TOKEN: 'ghp_nobody', GITHUB_API_URL: engine.sim.urls.api };
    const argv = ['plan', '--github', 'acme/app', '--json'];
    const { exitCode, stdout } = await sessionwright(folder, argv, { env });
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not-readable' } });
  });
});

describe('a repository that is not there', () => {
  it.each([['status'], ['validate'], ['doctor'], ['repair']])(
    'is told by %s in a terminal’s words, not in a run’s',
    async (command) => {
      const { sim } = engine;
      const env = { GH_TOKEN: sim.createUserToken('rita'), GITHUB_API_URL: sim.urls.api };
      const argv = [command, '--github', 'acme/nope'];
      const { exitCode, stderr } = await sessionwright(folder, argv, { env });
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^Error: GitHub did not let acme\/nope be looked at \(404\)/u);
      expect(stderr).toContain('Next: Check the name');
    },
  );
});

describe('status --github', () => {
  it('shows the board as the dashboard has it, and writes nothing', async () => {
    await complete(engine, 'core');
    const { pull } = await begin(engine, 'auth');
    const from = engine.sim.calls.length;
    const { exitCode, stdout } = await terminal(['status']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('█████░░░░░░░░░░░░░░░ 1 of 4 modules complete, 25 %');
    expect(stdout).toMatch(
      new RegExp(
        `Running \\(1\\)\\n.*Auth auth.*attempt 1 of 3, for the coder.*/issues/${pull}`,
        'u',
      ),
    );
    expect(stdout).toMatch(/Done \(1\)\n.*Core core/u);
    expect(stdout).toMatch(/Critical path, \d modules: .*Player/u);
    expect(stdout).not.toContain('\u001b[');
    expect(writesSince(from)).toEqual([]);
  });

  it('tells programs the same', async () => {
    await blocked(engine);
    const { stdout } = await terminal(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'status',
      source: { kind: 'github' },
      progress: { done: 0, total: 4, percent: 0 },
      modules: expect.arrayContaining([
        expect.objectContaining({ id: 'core', status: 'blocked', attempt: 1 }),
      ]) as unknown,
    });
  });
});

describe('repair', () => {
  it('tells what is lost and writes nothing: exit code 1', async () => {
    await blocked(engine);
    await deleteStateBranch(engine);
    const from = engine.sim.calls.length;
    const { exitCode, stdout } = await terminal(['repair']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('→ core: status: absent → "blocked"');
    expect(stdout).toContain('Nothing was written. Run it again with --write');
    expect(writesSince(from)).toEqual([]);
  });

  it('with --write rebuilds the state from what the action wrote, whoever runs it', async () => {
    await blocked(engine);
    const before = await engine.state();
    await deleteStateBranch(engine);
    const { exitCode, stdout } = await terminal(['repair', '--write', '--json'], 'alice');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'repair',
      repository: 'acme/app',
      written: true,
    });
    const { status, sessionId } = before['core'] ?? {};
    expect((await engine.state())['core']).toMatchObject({ status, sessionId });
  });

  it('finds nothing to do where the state says what GitHub shows', async () => {
    await blocked(engine);
    const { exitCode, stdout } = await terminal(['repair', '--write'], 'alice');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('✓ The state says what GitHub shows.') as unknown,
    });
  });

  it('takes nobody’s texts for the action’s but those of --author', async () => {
    await blocked(engine);
    await deleteStateBranch(engine);
    const { stdout } = await terminal(['repair', '--author', 'another-app[bot]', '--json']);
    expect(stdout).not.toContain('blocked');
  });

  it('is exit code 2 away from any repository', async () => {
    const { exitCode, stderr } = await sessionwright(folder, ['repair']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--github owner/name');
  });
});
