import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { RepositorySeed } from '../../../simulator/seed.ts';
import { configFile } from '../../support/engine-repository.ts';
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
  const { sim } = engine;
  const env = {
    PATH: process.env['PATH'],
    GH_TOKEN: sim.createUserToken(login),
    GITHUB_API_URL: sim.urls.api,
  };
  const argv = ['doctor', '--github', 'acme/app', '--json'];
  const { exitCode, stdout } = await sessionwright(await folders.empty(), argv, { env });
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { id: string; verdict: string; fix?: string }[];
  };
  const writes = sim.calls.filter(({ access }) => access === 'write');
  expect(writes).toEqual([]);
  return { exitCode, findings, of: (verdict: string) => idsOf(findings, verdict) };
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
      unknown: ['coder-workflows'],
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

describe('doctor without a token', () => {
  it('tells what the checkout can tell, and the rest is not known', async () => {
    const folder = await folders.example();
    await git(folder, 'remote', 'add', 'origin', 'https://github.com/acme/app.git');
    const { exitCode, stdout } = await sessionwright(folder, ['doctor']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✓ The config is valid. Modules: 6.');
    expect(stdout).toContain('✓ The workflow’s token may do what it has to');
    expect(stdout).toMatch(/\? Actions may create pull requests\n.*GitHub was not asked/u);
    expect(stdout).not.toContain('✗ ');
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
