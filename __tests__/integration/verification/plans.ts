import { randomUUID } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CommandResult,
  PlannedCommand,
  PlannedRun,
  VerificationResult,
} from '../../../src/domain/verification.ts';
import type { RunOptions } from '../../../src/verification/run-options.ts';
import { runPlan } from '../../../src/verification/run-plan.ts';

export interface Ran {
  readonly result: VerificationResult;
  readonly log: string;
  /** The result of the only command, or of the one with that id. */
  readonly of: (id?: string) => CommandResult;
}

export const SHA = 'a'.repeat(40);

export function command(run: string, patch: Partial<PlannedCommand> = {}): PlannedCommand {
  return {
    id: 'main',
    name: 'Main',
    run,
    failure: 'test-failure',
    env: {},
    shell: null,
    workingDirectory: null,
    timeoutSeconds: 30,
    needs: [],
    parallel: true,
    report: null,
    allowEmpty: false,
    ...patch,
  };
}

/** A checkout that is gone after the test. */
export function makeCheckout(): { readonly path: string; readonly remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'checkout-')));
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true });
  };
  return { path, remove };
}

export async function run(
  cwd: string,
  commands: readonly PlannedCommand[],
  patch: Partial<RunOptions> & { readonly timeoutSeconds?: number } = {},
): Promise<Ran> {
  const chunks: Buffer[] = [];
  const plan: PlannedRun = {
    kind: 'verification',
    sha: SHA,
    timeoutSeconds: patch.timeoutSeconds ?? 600,
    module: 'plex-auth',
    pullRequest: 7,
    commands,
  };
  const result = await runPlan(plan, {
    cwd,
    parallelism: 2,
    env: process.env,
    write: (chunk) => {
      chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
      return Promise.resolve();
    },
    now: () => performance.now(),
    // Processes are known by it, also to the tests that run beside these.
    randomToken: randomUUID,
    parse: () => ({ diagnostics: [], testsRun: null }),
    graceMs: 200,
    ...patch,
  });
  return { result, log: Buffer.concat(chunks).toString(), of: (id = 'main') => find(result, id) };
}

function find(result: VerificationResult, id: string): CommandResult {
  const found = result.commands.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`There is no result of ${id}.`);
  return found;
}
