import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../../../build/bundle.js';
import type { Happening } from '../../support/engine-run.ts';
import type { Engine } from '../../support/engine.ts';

/** The action as it ships, built once into a folder of its own, to be run by as many processes as are wanted. */
export interface BuiltAction {
  readonly entry: string;
  remove(): Promise<void>;
}

export async function buildAction(): Promise<BuiltAction> {
  const directory = await mkdtemp(path.join(tmpdir(), 'action-'));
  const out = path.join(directory, 'dist');
  await bundle(out);
  // What is not bundled is resolved from where the bundle lies.
  const modules = path.resolve(import.meta.dirname, '../../../node_modules');
  await symlink(modules, path.join(directory, 'node_modules'), 'dir');
  return {
    entry: path.join(out, 'index.js'),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** One `mode: orchestrate` as a process of its own, over HTTP. */
export async function runProcess(
  engine: Engine,
  { entry }: BuiltAction,
  run: { readonly happening: Happening; readonly plan?: string; readonly verification?: string },
): Promise<Ended> {
  const directory = await mkdtemp(path.join(tmpdir(), 'run-'));
  const files = { event: 'event.json', output: 'output', summary: 'summary' };
  const at = (name: string): string => path.join(directory, name);
  await writeFile(at(files.event), JSON.stringify(run.happening.payload));
  await Promise.all([files.output, files.summary].map((name) => writeFile(at(name), '')));
  const minted = engine.sim.host.mintJobToken(engine.repo.fullName, PERMISSIONS);
  try {
    return await spawned(entry, {
      PATH: process.env['PATH'] ?? '',
      GITHUB_EVENT_NAME: run.happening.name,
      GITHUB_EVENT_PATH: at(files.event),
      GITHUB_OUTPUT: at(files.output),
      GITHUB_STEP_SUMMARY: at(files.summary),
      GITHUB_REPOSITORY: engine.repo.fullName,
      GITHUB_RUN_ID: '1',
      GITHUB_SERVER_URL: engine.sim.urls.server,
      GITHUB_WORKFLOW_REF: `${engine.repo.fullName}/.github/workflows/sessions.yml@refs/heads/main`,
      INPUT_MODE: 'orchestrate',
      'INPUT_GITHUB-TOKEN': minted.token,
      INPUT_CONFIG: '.github/sessionwright.yml',
      INPUT_PLAN: run.plan ?? '',
      INPUT_VERIFICATION: run.verification ?? '',
      'INPUT_GITHUB-API-URL': engine.sim.urls.api,
    });
  } finally {
    minted.revoke();
    await rm(directory, { recursive: true, force: true });
  }
}

const PERMISSIONS = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
} as const;

function spawned(entry: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
