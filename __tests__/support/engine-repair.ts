import { runRepairMode } from '../../src/modes/repair.ts';
import { SYSTEM_CHANCE } from '../../src/system-chance.ts';
import { SYSTEM_TIME } from '../../src/system-time.ts';
import { STATE_BRANCH } from './engine-git.ts';
import { REPO } from './engine-repository.ts';
import type { Engine } from './engine.ts';
import { writesOf } from './engine-run.ts';

export interface Repaired {
  readonly differences: readonly string[];
  readonly written: boolean;
  readonly log: readonly string[];
  readonly writes: readonly string[];
  readonly summary: string;
}

/** `mode: repair` as a dispatched job runs it, with the permissions of the orchestrate job. */
export async function repair(engine: Engine, dryRun: boolean): Promise<Repaired> {
  const { sim, repo } = engine;
  const minted = sim.host.mintJobToken(repo.fullName, {
    checks: 'write',
    contents: 'write',
    issues: 'write',
    'pull-requests': 'write',
  });
  const log: string[] = [];
  const say = (line: string): void => void log.push(line);
  const from = sim.calls.length;
  const { outputs, summary } = await runRepairMode({
    inputs: {
      mode: 'repair',
      githubToken: minted.token,
      handoffToken: '',
      config: '.github/sessionwright.yml',
      plan: '',
      setup: '',
      verification: '',
      dryRun,
      apiUrl: '',
    },
    environment: {
      ...REPO,
      repositoryId: repo.id,
      event: 'workflow_dispatch',
      payload: {},
      apiUrl: sim.urls.api,
      runUrl: null,
      workflow: 'repair.yml',
    },
    log: { info: say, debug: () => undefined, warning: say },
    time: SYSTEM_TIME,
    chance: SYSTEM_CHANCE,
  }).finally(() => minted.revoke());
  return {
    differences: JSON.parse(outputs['differences'] ?? '[]') as readonly string[],
    written: outputs['repaired'] === 'true',
    log,
    writes: writesOf(sim.calls.slice(from)),
    summary,
  };
}

/** Somebody deletes the state branch. */
export async function deleteStateBranch(engine: Engine): Promise<void> {
  await engine.user('adam').rest.git.deleteRef({ ...REPO, ref: `heads/${STATE_BRANCH}` });
}
