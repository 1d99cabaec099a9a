import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import { createRunner, type Runner, type RunnerProgress } from '../runner/runner.ts';
import { startSimulator, type Simulator } from '../simulator.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

export const REPOSITORY = { owner: 'acme', repo: 'plex-client' } as const;

const quiet = (): void => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };

export interface StageOptions {
  /** A folder of its own for the repository and the workspaces. */
  readonly root: string;
  /** The node binary that runs the action; this one unless given. */
  readonly node: string | null;
  readonly onProgress: (progress: RunnerProgress) => void;
}

/** GitHub, its runner and the people of the story. */
export interface DemoStage {
  readonly simulator: Simulator;
  readonly runner: Runner;
  /** Owns the repository: asks for modules and merges. */
  readonly maya: Person;
  /** Writes the spec pack and answers escalations. */
  readonly planner: Person;
  readonly coder: Person;
  readonly root: string;
  close(): Promise<void>;
}

export interface Person {
  readonly login: string;
  readonly api: Octokit;
  readonly token: string;
  /** Where this person's git reads and writes, with the credentials in it. */
  readonly remote: string;
}

/** Starts everything, with the example as the repository's first commit; its action is the built `dist/`. */
export async function setStage(options: StageOptions): Promise<DemoStage> {
  const { root, onProgress } = options;
  await mkdir(path.join(root, 'github'), { recursive: true });
  const simulator = await startSimulator({ root: path.join(root, 'github') });
  await simulator.createRepository({
    owner: REPOSITORY.owner,
    name: REPOSITORY.repo,
    files: path.join(HOME, 'examples/plex-client'),
    collaborators: { maya: 'admin', planner: 'write', coder: 'write' },
    // What `npm ci` would install is here already: the demo needs no network.
    variables: { SESSIONWRIGHT_SETUP: `ln -s '${path.join(HOME, 'node_modules')}' node_modules` },
  });
  const runner = createRunner(simulator.host, {
    workRoot: path.join(root, 'runner'),
    actions: { 'sessionwright/sessionwright': HOME },
    maxParallelJobs: 2,
    onProgress,
    ...(options.node === null ? {} : { node: options.node }),
  });
  const person = (login: string): Person => createPerson(simulator, login);
  return {
    simulator,
    runner,
    maya: person('maya'),
    planner: person('planner'),
    coder: person('coder'),
    root,
    close: async () => {
      await runner.stop();
      await simulator.close();
    },
  };
}

function createPerson(simulator: Simulator, login: string): Person {
  const token = simulator.createUserToken(login);
  const remote = new URL(`${REPOSITORY.owner}/${REPOSITORY.repo}.git`, `${simulator.urls.server}/`);
  remote.username = login;
  remote.password = token;
  return {
    login,
    token,
    // What goes wrong is thrown and told once, in our own words.
    api: new Octokit({ auth: token, baseUrl: simulator.urls.api, log: SILENT }),
    remote: remote.href,
  };
}
