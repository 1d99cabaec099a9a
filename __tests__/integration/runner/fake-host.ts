import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {
  Permissions,
  RepositoryEvent,
  RunnerHost,
  WorkflowRun,
} from '../../../simulator/ports.ts';
import type { Runner, RunnerOptions, WorkflowRunRecord } from '../../../simulator/runner/runner.ts';
import { createRunner } from '../../../simulator/runner/runner.ts';

export const REPOSITORY = 'octo/plex';

/** A host with one repository: a real bare one, cloned by its path. */
export interface FakeHost extends RunnerHost {
  readonly root: string;
  readonly bare: string;
  readonly recorded: WorkflowRun[];
  readonly minted: { readonly permissions: Permissions; readonly token: string }[];
  readonly revoked: string[];
  readonly secretValues: Record<string, string>;
  readonly variableValues: Record<string, string>;
  /** Commits files on a branch, which starts at main's tip if it is new; the commit is returned. */
  commit(files: Readonly<Record<string, string>>, branch?: string): string;
  git(...args: readonly string[]): string;
  emit(event: Partial<RepositoryEvent> & Pick<RepositoryEvent, 'name'>): void;
  remove(): void;
}

function createFakeHost(): FakeHost {
  const root = mkdtempSync(path.join(os.tmpdir(), 'runner-host-'));
  const bare = path.join(root, 'octo', 'plex.git');
  const work = path.join(root, 'work');
  mkdirSync(bare, { recursive: true });
  const inBare = (...args: readonly string[]): string => git(bare, args);
  inBare('init', '--quiet', '--bare', '--initial-branch=main');
  inBare('config', 'uploadpack.allowAnySHA1InWant', 'true');
  git(root, ['clone', '--quiet', bare, work]);
  const listeners: ((event: RepositoryEvent) => void)[] = [];
  const recorded: WorkflowRun[] = [];
  const minted: { permissions: Permissions; token: string }[] = [];
  const revoked: string[] = [];
  const secretValues: Record<string, string> = {};
  const variableValues: Record<string, string> = {};
  return {
    ...{ root, bare, recorded, minted, revoked, secretValues, variableValues },
    urls: {
      server: 'http://github.test',
      api: 'http://github.test/api/v3',
      graphql: 'http://github.test/api/graphql',
    },
    onEvent: (listener) => listeners.push(listener),
    defaultBranch: () => 'main',
    ids: () => ({ repository: 1, owner: 2 }),
    resolve: (_repository, ref) =>
      Promise.resolve(tryGit(() => inBare('rev-parse', '--verify', '--quiet', `${ref}^{commit}`))),
    readFile: (_repository, commit, file) =>
      Promise.resolve(tryGit(() => git(bare, ['cat-file', 'blob', `${commit}:${file}`], false))),
    listFiles: (_repository, commit, directory) =>
      Promise.resolve(
        inBare('ls-tree', '-r', '--name-only', commit, `${directory}/`).split('\n').filter(Boolean),
      ),
    variables: () => variableValues,
    secrets: () => secretValues,
    mintJobToken(_repository, permissions) {
      const token = `ghs_job${minted.length + 1}token`;
      minted.push({ permissions, token });
      return { token, revoke: () => revoked.push(token) };
    },
    recordRun: (run) => recorded.push(run),
    git: inBare,
    commit: (files, branch = 'main') => commitFiles(work, files, branch),
    emit(event) {
      const whole = {
        id: `event-${recorded.length}`,
        repository: REPOSITORY,
        payload: {},
        actor: 'mona',
        cause: 'user',
        ...event,
      } as const;
      for (const listener of listeners) listener(whole);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function tryGit(work: () => string): string | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function commitFiles(
  work: string,
  files: Readonly<Record<string, string>>,
  branch: string,
): string {
  git(work, ['fetch', '--quiet', 'origin']);
  const known = tryGit(() => git(work, ['rev-parse', '--verify', '--quiet', `origin/${branch}`]));
  const main = tryGit(() => git(work, ['rev-parse', '--verify', '--quiet', 'origin/main']));
  git(work, ['checkout', '--quiet', '-B', branch, ...[known ?? main ?? []].flat()]);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(work, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  git(work, ['add', '--all']);
  git(work, [
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    `Change ${Object.keys(files).join(', ')}`,
  ]);
  git(work, ['push', '--quiet', 'origin', branch]);
  return git(work, ['rev-parse', 'HEAD']);
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Mona',
  GIT_AUTHOR_EMAIL: 'mona@example.com',
  GIT_COMMITTER_NAME: 'Mona',
  GIT_COMMITTER_EMAIL: 'mona@example.com',
};

function git(cwd: string, args: readonly string[], trim = true): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, ...IDENTITY };
  const text = execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
  return trim ? text.trim() : text;
}

/** A host with a runner that clones by path and takes actions from the host's own directory. */
export function startRunner(options: Partial<RunnerOptions> = {}): {
  readonly host: FakeHost;
  readonly runner: Runner;
  readonly end: () => Promise<void>;
} {
  const host = createFakeHost();
  const runner = createRunner(host, {
    workRoot: path.join(host.root, 'machine'),
    actions: {},
    cloneUrl: () => `file://${host.bare}`,
    ...options,
  });
  return {
    host,
    runner,
    async end() {
      await runner.stop();
      host.remove();
    },
  };
}

/** Writes an action below the host's root and returns its directory. */
export function writeAction(
  host: FakeHost,
  name: string,
  files: Readonly<Record<string, string>>,
): string {
  const directory = path.join(host.root, 'actions', name);
  mkdirSync(directory, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(directory, file), text);
  return directory;
}

/** Commits one workflow and says that it was pushed; the run is done when the promise is. */
export async function runWorkflow(
  { host, runner }: { readonly host: FakeHost; readonly runner: Runner },
  source: string,
  files: Readonly<Record<string, string>> = {},
): Promise<WorkflowRunRecord> {
  const after = host.commit({ ...files, '.github/workflows/ci.yml': `on: push\n${source}` });
  host.emit({ name: 'push', payload: { ref: 'refs/heads/main', after } });
  await runner.idle();
  const record = runner.runs().at(-1);
  if (!record) throw new Error(`No run: ${JSON.stringify(runner.skipped())}`);
  return record;
}

/** A job of the given steps and nothing else. */
export function oneJob(steps: string): string {
  return `jobs:\n  only:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gmu, '      ')}\n`;
}
