import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import { createRunner, type Runner } from '../../simulator/runner/runner.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';

/** A GitHub with a runner that has the built action, and maya's own access to it. */
export interface Machine {
  readonly root: string;
  readonly simulator: Simulator;
  readonly runner: Runner;
  readonly maya: Octokit;
  stop(): Promise<void>;
}

/** What is built and shipped: the repository's own folder. */
export const HOME = path.resolve(import.meta.dirname, '../..');

export async function startMachine(): Promise<Machine> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'machine-'));
  const simulator = await startSimulator({ root: path.join(root, 'github') });
  const actions = { 'sessionwright/sessionwright': HOME };
  const runner = createRunner(simulator.host, { workRoot: path.join(root, 'machine'), actions });
  return {
    root,
    simulator,
    runner,
    maya: new Octokit({ auth: simulator.createUserToken('maya'), baseUrl: simulator.urls.api }),
    stop: async () => {
      await runner.stop();
      await simulator.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
