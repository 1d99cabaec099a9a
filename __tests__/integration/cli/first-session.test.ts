import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startMachine, type Machine } from '../../support/machine.ts';
import { commitAll, git, sessionwright } from '../../support/terminal.ts';

/** Real processes on a busy machine: git, and the built action in two jobs. */
jest.setTimeout(180_000);

const REPO = { owner: 'acme', repo: 'fresh' };

let machine: Machine;
beforeEach(async () => {
  machine = await startMachine();
});
afterEach(() => machine.stop());

/** A repository as GitHub makes one with a README, cloned as somebody would from the given host. */
async function cloneFresh(host: string, defaultBranch = 'main'): Promise<Clone> {
  await machine.simulator.createRepository({
    owner: REPO.owner,
    name: REPO.repo,
    files: { 'README.md': '# Fresh\n' },
    defaultBranch,
    collaborators: { maya: 'admin' },
  });
  const server = new URL(`${machine.simulator.urls.server}/`);
  server.username = 'maya';
  server.password = machine.simulator.createUserToken('maya');
  // Asked for by its name on that host, answered by the simulator.
  const answered = ['-c', `url.${server.href}.insteadOf=https://${host}/`];
  const folder = path.join(machine.root, 'clone');
  await git(
    machine.root,
    ...answered,
    'clone',
    '--quiet',
    `https://${host}/acme/fresh.git`,
    folder,
  );
  return {
    folder,
    push: async () => {
      await commitAll(folder, 'chore: sessions');
      await git(folder, ...answered, 'push', '--quiet');
    },
  };
}

interface Clone {
  readonly folder: string;
  readonly push: () => Promise<void>;
}

/** All that there is to see of a run: the job names with their ends, and the pull requests. */
async function label(name: string) {
  await machine.maya.rest.issues.create({ ...REPO, title: 'Start', labels: [name] });
  await machine.runner.idle();
  const run = machine.runner.runs().find(({ run: { event } }) => event === 'issues');
  const { data: pulls } = await machine.maya.rest.pulls.list(REPO);
  return {
    jobs: run?.jobs.map((job) => [job.name, job.conclusion]),
    pulls: pulls.map(({ title, head }) => [title, head.ref]),
  };
}

const FIRST = [['Session: First Module (attempt 1 of 3)', 'session/first-module-1']];

describe('init --yes, a commit, a push and a label', () => {
  it('are all that a new repository needs to get its first session', async () => {
    const { folder, push } = await cloneFresh('github.com');
    expect(await sessionwright(folder, ['init', '--yes'])).toMatchObject({ exitCode: 0 });
    await push();
    await machine.runner.idle();
    expect(await label('session:first-module')).toEqual({
      jobs: [
        ['Sessions / Verify', 'success'],
        ['Sessions / Orchestrate', 'success'],
      ],
      pulls: FIRST,
    });
    const { data: document } = await machine.maya.rest.repos.getContent({
      ...REPO,
      ref: 'session/first-module-1',
      path: 'orchestration-docs/session-first-module-1.md',
    });
    expect(document).toMatchObject({ type: 'file' });
    expect(machine.simulator.unknown).toEqual([]);
  });

  it('are all that a project of Node.js needs, whatever its default branch is called', async () => {
    const { folder, push } = await cloneFresh('github.com', 'trunk');
    await writeFile(
      path.join(folder, 'package.json'),
      JSON.stringify({ name: 'fresh', version: '1.0.0', scripts: { test: 'node --test' } }),
    );
    await writeFile(
      path.join(folder, 'package-lock.json'),
      JSON.stringify({ name: 'fresh', version: '1.0.0', lockfileVersion: 3, packages: {} }),
    );
    expect(
      await sessionwright(folder, ['init', '--yes', '--modules', 'Event Emitter, Plex Auth']),
    ).toMatchObject({ exitCode: 0 });
    await push();
    const { pulls } = await label('session:ready');
    expect(pulls.map(([, branch]) => branch).toSorted()).toEqual([
      'session/event-emitter-1',
      'session/plex-auth-1',
    ]);
    expect(machine.simulator.unknown).toEqual([]);
  });

  it('lead to it on a GitHub Enterprise Server by the workflow that is for one', async () => {
    const { folder, push } = await cloneFresh('git.example.com');
    const made = await sessionwright(folder, ['init', '--yes']);
    expect(made.stdout).toContain('GitHub Connect');
    await push();
    expect(await label('session:first-module')).toEqual({
      jobs: [
        ['Verify', 'success'],
        ['Orchestrate', 'success'],
      ],
      pulls: FIRST,
    });
    expect(machine.simulator.unknown).toEqual([]);
  });
});
