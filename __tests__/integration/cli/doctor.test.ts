import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { RepositorySeed } from '../../../simulator/seed.ts';
import { STATE_BRANCH } from '../../support/engine-git.ts';
import { deleteStateBranch } from '../../support/engine-repair.ts';
import { configFile, REPO } from '../../support/engine-repository.ts';
import { begin } from '../../support/engine-story.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { git, sessionwright, temporaryFolders } from '../../support/terminal.ts';

const folders = temporaryFolders();
afterAll(() => folders.remove());

const CHECK = { context: 'sessionwright / verification', integration_id: 15368 };
const REQUIRED: NonNullable<RepositorySeed['rulesets']>[number] = {
  name: 'main',
  enforcement: 'active',
  include: ['~DEFAULT_BRANCH'],
  exclude: [],
  rules: [
    {
      type: 'required_status_checks',
      parameters: { required_status_checks: [CHECK], strict_required_status_checks_policy: false },
    },
  ],
  bypassActors: [],
};
const PULLS_EVERYWHERE = {
  ...REQUIRED,
  include: ['~ALL'],
  rules: [{ type: 'pull_request' }] as const,
};
const LABELS = ['session:core'];

let engine: Engine | null = null;
afterEach(async () => {
  await engine?.close();
  engine = null;
});

async function doctor(login: string, seed: Partial<RepositorySeed>, config = configFile()) {
  engine = await startEngine({ seed, config });
  return doctorOf(engine, login);
}

interface Found {
  readonly id: string;
  readonly verdict: string;
  readonly says: string;
  readonly fix?: string;
}

/** Of a repository that is there; nothing may be written. */
async function doctorOf({ sim }: Engine, login: string) {
  const from = sim.calls.length;
  const argv = ['doctor', '--github', 'acme/app', '--json'];
  const ended = await sessionwright(await folders.empty(), argv, { env: envOf(sim, login) });
  const { findings } = JSON.parse(ended.stdout) as { findings: readonly Found[] };
  const calls = sim.calls.slice(from);
  expect(calls.filter(({ access }) => access === 'write')).toEqual([]);
  return {
    exitCode: ended.exitCode,
    findings,
    of: (verdict: string) => idsOf(findings, verdict),
    finding: (id: string) => findings.find((one) => one.id === id),
    graphql: calls.filter(({ path }) => path === '/graphql').length,
  };
}

function envOf(sim: Engine['sim'], login: string) {
  return {
    PATH: process.env['PATH'],
    GH_TOKEN: sim.createUserToken(login),
    GITHUB_API_URL: sim.urls.api,
  };
}

function idsOf(findings: readonly { id: string; verdict: string }[], verdict: string) {
  return findings.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

describe('doctor on GitHub', () => {
  it('finds nothing to change where all is set', async () => {
    const seed = { rulesets: [{ ...REQUIRED, rules: [...REQUIRED.rules] }], labels: LABELS };
    const { exitCode, of } = await doctor('acme', seed);
    expect({ wrong: of('wrong'), unknown: of('unknown'), exitCode }).toEqual({
      wrong: [],
      unknown: ['state-history', 'coder-workflows'],
      exitCode: 0,
    });
  });

  it('names each setting that is not as it has to be', async () => {
    const { exitCode, findings, of } = await doctor('acme', {
      rulesets: [{ ...PULLS_EVERYWHERE, rules: [...PULLS_EVERYWHERE.rules] }],
      settings: { actionsMayCreatePullRequests: false, hasIssues: false, isFork: true },
      labels: [],
    });
    expect(exitCode).toBe(1);
    expect(of('wrong')).toEqual([
      'issues',
      'actions-pull-requests',
      'state-branch',
      'session-branches',
      'required-check',
      'labels',
    ]);
    const fix = findings.find(({ id }) => id === 'actions-pull-requests')?.fix;
    expect(fix).toContain('Allow GitHub Actions to create and approve pull requests');
    expect(fix).toContain('/acme/app/settings/actions');
  });

  it('says of what a reader is not told what would tell it', async () => {
    const { findings, of } = await doctor('rita', {
      rulesets: [{ ...PULLS_EVERYWHERE, rules: [...PULLS_EVERYWHERE.rules] }],
      labels: LABELS,
    });
    expect(of('unknown')).toEqual(
      expect.arrayContaining(['actions', 'actions-pull-requests', 'state-branch']),
    );
    const fix = findings.find(({ id }) => id === 'actions-pull-requests')?.fix;
    expect(fix).toBe(
      'A token with administration: read, or of somebody with the role admin tells.',
    );
  });

  it('is exit code 3 where the repository is not to be seen', async () => {
    engine = await startEngine();
    const env = {
      GH_TOKEN: engine.sim.createUserToken('stranger'),
      GITHUB_API_URL: engine.sim.urls.api,
    };
    const argv = ['doctor', '--github', 'acme/app'];
    const { exitCode, stderr } = await sessionwright(await folders.empty(), argv, { env });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('acme/app') as unknown,
    });
  });
});

const TEMPLATE = '.github/sessionwright/templates/dashboard.hbs';

describe('what is wrong with the spec pack on GitHub', () => {
  const missing = { 'spec-pack/context-handoff/auth.md': null };

  it('is counted by doctor, for one request more than its settings', async () => {
    engine = await startEngine();
    const before = await doctorOf(engine, 'rita');
    await engine.push('main', { ...missing, [TEMPLATE]: '{{#if}}' });
    const { exitCode, finding, graphql } = await doctorOf(engine, 'rita');
    expect(before.finding('config')).toMatchObject({ verdict: 'ok' });
    expect(exitCode).toBe(1);
    expect(finding('config')).toMatchObject({
      verdict: 'wrong',
      says: expect.stringMatching(/2 problems.*sessionwright\.yml.*dashboard\.hbs/u) as unknown,
      fix: expect.stringContaining('npx sessionwright validate --github acme/app') as unknown,
    });
    expect([before.graphql, graphql]).toEqual([2, 2]);
  });

  it('is told by validate as in a checkout, however wrong the config is', async () => {
    engine = await startEngine();
    await engine.push('main', {
      ...missing,
      '.github/sessionwright.yml': configFile({ top: 'attempts: 0\n' }),
    });
    const argv = ['validate', '--github', 'acme/app', '--json'];
    const ended = await sessionwright(await folders.empty(), argv, {
      env: envOf(engine.sim, 'rita'),
    });
    expect(ended.exitCode).toBe(1);
    const { problems } = JSON.parse(ended.stdout) as { problems: readonly { message: string }[] };
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/attempts.*\n.*auth\.md/u);
    expect((await doctorOf(engine, 'rita')).finding('config')).toMatchObject({
      verdict: 'wrong',
      says: expect.stringContaining('2 problems') as unknown,
    });
  });

  it('is that of the base which the config names', async () => {
    engine = await startEngine({ config: configFile({ top: 'base: trunk\n' }) });
    await engine.user('adam').rest.git.createRef({
      ...REPO,
      ref: 'refs/heads/trunk',
      sha: engine.repo.git.branch('main') ?? '',
    });
    await engine.push('trunk', missing);
    const { finding } = await doctorOf(engine, 'rita');
    expect(finding('config')).toMatchObject({ verdict: 'wrong' });
  });

  it('is nothing where there is no config, or no commit at all', async () => {
    engine = await startEngine({ config: null });
    const { finding } = await doctorOf(engine, 'rita');
    expect(finding('config')).toMatchObject({
      verdict: 'wrong',
      says: 'There is no .github/sessionwright.yml.',
    });
  });

  it('is not known by a token that may not look, which is told with what it takes', async () => {
    engine = await startEngine();
    const { token } = engine.sim.host.mintJobToken('acme/app', { contents: 'read' });
    const env = { PATH: process.env['PATH'], GH_TOKEN: token, GITHUB_API_URL: engine.sim.urls.api };
    const argv = ['doctor', '--github', 'acme/app', '--json'];
    const { stdout } = await sessionwright(await folders.empty(), argv, { env });
    const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
    expect(findings.find(({ id }) => id === 'config')).toMatchObject({
      verdict: 'unknown',
      fix: expect.stringContaining('contents: read and issues: read') as unknown,
    });
  });

  it('is not looked at in a repository that is archived, which is told', async () => {
    engine = await startEngine({ seed: { settings: { archived: true } } });
    const { of } = await doctorOf(engine, 'rita');
    expect(of('wrong')).toContain('archived');
    expect(of('unknown')).toContain('config');
  });
});

describe('the history of the state branch', () => {
  it('is that of the dashboard, until somebody rewrites it', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const tip = engine.repo.git.branch(STATE_BRANCH) ?? '';
    const well = await doctorOf(engine, 'rita');
    expect(well.finding('state-history')).toMatchObject({ verdict: 'ok' });
    expect(well.graphql).toBe(2);
    const parent = (await engine.repo.git.objects.commit(tip))?.parents[0] ?? '';
    await moveState(engine, (await engine.repo.git.objects.commit(parent))?.parents[0] ?? '');
    const { exitCode, finding } = await doctorOf(engine, 'rita');
    expect(exitCode).toBe(1);
    expect(finding('state-history')).toMatchObject({
      verdict: 'wrong',
      says: expect.stringMatching(/was rewritten/u) as unknown,
      fix: expect.stringContaining(`:refs/heads/${STATE_BRANCH}`) as unknown,
    });
  });

  it('is gone with the branch, which is told too', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    await deleteStateBranch(engine);
    const { finding } = await doctorOf(engine, 'rita');
    expect(finding('state-history')).toMatchObject({
      verdict: 'wrong',
      says: expect.stringMatching(/is gone/u) as unknown,
    });
  });

  it('is not known by a dashboard that somebody else wrote', async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    const argv = ['doctor', '--github', 'acme/app', '--author', 'my-app[bot]', '--json'];
    const env = envOf(engine.sim, 'rita');
    const { stdout } = await sessionwright(await folders.empty(), argv, { env });
    const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
    expect(idsOf(findings, 'unknown')).toContain('state-history');
  });
});

async function moveState(at: Engine, sha: string): Promise<void> {
  const ref = `heads/${STATE_BRANCH}`;
  await at.user('adam').rest.git.updateRef({ ...REPO, ref, sha, force: true });
}

describe('doctor without a token', () => {
  it('tells once what takes one, and how to give it, after all that is known', async () => {
    const folder = await folders.example();
    await git(folder, 'remote', 'add', 'origin', 'https://github.com/acme/app.git');
    const { stdout } = await sessionwright(folder, ['doctor']);
    expect(stdout.match(/was not asked/gu)).toHaveLength(1);
    expect(stdout.match(/gh auth token/gu)).toHaveLength(1);
    const [known = '', unasked = ''] = stdout.split(/^\? .*was not asked.*$/mu);
    expect(known).toContain('✓ What the coder pushes is verified');
    expect(unasked).toContain('GH_TOKEN="$(gh auth token)" npx sessionwright doctor');
    expect(unasked).toMatch(/^ {4}· Actions may create pull requests$/mu);
    expect(unasked).not.toMatch(/^[✓✗]/mu);
    const json = await sessionwright(folder, ['doctor', '--json']);
    const { findings } = JSON.parse(json.stdout) as { findings: readonly Found[] };
    expect(findings.length).toBeGreaterThan(20);
  });

  it('says of a folder what it takes to be a checkout of a repository on GitHub', async () => {
    const folder = await folders.empty();
    const change = async (): Promise<string | undefined> => {
      const { stdout } = await sessionwright(folder, ['doctor', '--json']);
      const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
      return findings[0]?.fix;
    };
    expect(await change()).toContain('git init');
    await git(folder, 'init', '--quiet');
    expect(await change()).toMatch(/^git add/u);
    await git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'x');
    expect(await change()).toContain('git remote add origin https://github.com/OWNER/NAME.git');
    await git(folder, 'remote', 'add', 'origin', folder);
    expect(await change()).toContain('git remote set-url origin');
  });

  it('tells what the checkout can tell, and the rest is not known', async () => {
    const folder = await folders.example();
    await git(folder, 'remote', 'add', 'origin', 'https://github.com/acme/app.git');
    const { exitCode, stdout } = await sessionwright(folder, ['doctor']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✓ Config and spec pack are valid. Modules: 6.');
    expect(stdout).toContain('✓ The workflow’s token may do what it has to');
    expect(stdout).not.toMatch(/^✗/mu);
    expect(stdout).toMatch(/^Looked at the checkout alone\.\n/u);
  });

  it('finds an empty folder to lack everything', async () => {
    const { exitCode, stdout } = await sessionwright(await folders.empty(), ['doctor', '--json']);
    expect(exitCode).toBe(1);
    const { repository, findings } = JSON.parse(stdout) as {
      repository: string | null;
      findings: { id: string; verdict: string }[];
    };
    expect(repository).toBeNull();
    expect(idsOf(findings, 'wrong')).toEqual(['checkout', 'config', 'workflow']);
  });

  it('asks no other server than the checkout’s for it', async () => {
    const folder = await folders.example();
    await git(folder, 'remote', 'add', 'origin', 'git@github.example.com:acme/app.git');
    const env = { PATH: process.env['PATH'], GH_TOKEN: 'x' };
    const { exitCode, stderr } = await sessionwright(folder, ['doctor'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('GITHUB_API_URL');
  });
});
