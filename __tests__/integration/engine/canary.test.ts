import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PlannedRun } from '../../../src/domain/verification.ts';
import { runVerifyMode } from '../../../src/modes/verify.ts';
import { SYSTEM_CHANCE } from '../../../src/system-chance.ts';

const CANARY = 'ghs_canary0000000000000000000000000000000';

/** Where a runner keeps what nobody's code may see: tokens, and the files that hand values to later steps. */
const HIDDEN: Readonly<Record<string, string>> = {
  GITHUB_TOKEN: CANARY,
  GH_TOKEN: CANARY,
  'INPUT_GITHUB-TOKEN': CANARY,
  'INPUT_HANDOFF-TOKEN': CANARY,
  ACTIONS_RUNTIME_TOKEN: CANARY,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: CANARY,
  NODE_AUTH_TOKEN: CANARY,
  GITHUB_ENV: `/canary/${CANARY}`,
  GITHUB_OUTPUT: `/canary/${CANARY}`,
  GITHUB_STATE: `/canary/${CANARY}`,
  GITHUB_STEP_SUMMARY: `/canary/${CANARY}`,
  SOME_SECRET: CANARY,
};

const PRINT_ENVIRONMENT = `node -e "console.log(JSON.stringify(process.env)); process.exit(1)"`;

describe('mode: verify', () => {
  let directory: string;
  let before: NodeJS.ProcessEnv;
  let cwd: string;
  let jobLog: string;
  beforeEach(async () => {
    jobLog = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk, encoding, written) => {
      jobLog += String(chunk);
      const callback = typeof encoding === 'function' ? encoding : written;
      callback?.();
      return true;
    });
    directory = await mkdtemp(path.join(tmpdir(), 'canary-'));
    before = { ...process.env };
    cwd = process.cwd();
    process.chdir(directory);
    Object.assign(process.env, HIDDEN);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.chdir(cwd);
    for (const name of Object.keys(HIDDEN)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
    await rm(directory, { recursive: true, force: true });
  });

  it('hands neither the job’s token nor an input to what it runs', async () => {
    const { outputs, summary } = await verify([
      command('environment', PRINT_ENVIRONMENT),
      command('own', PRINT_ENVIRONMENT, { OWN: 'given' }),
    ]);
    const handedOn = outputs['verification'] ?? '';
    expect(handedOn).toContain('PATH');
    expect(handedOn).toContain('given');
    expect(jobLog).toContain('PATH');
    for (const text of [handedOn, summary, jobLog]) {
      expect(text).not.toContain(CANARY);
      for (const name of Object.keys(HIDDEN)) expect(text).not.toContain(`"${name}`);
    }
  });

  it('runs nothing where nothing was planned', async () => {
    expect(await verify([], '[]')).toEqual({ outputs: { verification: '' }, summary: '' });
  });

  it('refuses a plan that is not what mode: plan handed on', async () => {
    await expect(verify([], '{"run":"rm"}')).rejects.toThrow('not what mode: plan handed on');
  });
});

function verify(commands: PlannedRun['commands'], plan?: string) {
  const run: PlannedRun = { kind: 'gates', sha: 'a'.repeat(40), timeoutSeconds: 60, commands };
  return runVerifyMode({
    inputs: {
      mode: 'verify',
      githubToken: CANARY,
      handoffToken: '',
      config: '',
      plan: plan ?? JSON.stringify([run]),
      setup: '',
      verification: '',
      dryRun: false,
      apiUrl: '',
    },
    environment: {
      owner: 'acme',
      repo: 'app',
      repositoryId: null,
      event: 'push',
      payload: {},
      apiUrl: '',
      runUrl: null,
      workflow: null,
    },
    chance: SYSTEM_CHANCE,
    time: { now: () => 0, sleep: () => Promise.resolve() },
    log: { info: () => undefined, debug: () => undefined, warning: () => undefined },
  });
}

function command(id: string, run: string, env: Readonly<Record<string, string>> = {}) {
  return {
    id,
    name: id,
    run,
    failure: 'type-error',
    env,
    shell: null,
    workingDirectory: null,
    timeoutSeconds: 30,
    needs: [],
    parallel: false,
    report: null,
    allowEmpty: true,
  };
}
