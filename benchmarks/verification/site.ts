import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../../build/bundle.js';
import { fillCommand, parseConfig } from '../../src/domain/config.ts';
import type { PlannedCommand } from '../../src/domain/verification.ts';
import { decodeResult } from '../../src/verification/handoff.ts';
import { TELL_PEAK, time, type Timed } from './timed-process.ts';

const HOME = path.resolve(import.meta.dirname, '../..');
const EXAMPLE = path.join(HOME, 'examples/plex-client');
const CONFIG = '.github/sessionwright.yml';

/** A checkout of the example, and the action as its users get it, in a folder of their own. */
export interface Site {
  /** The example's own commands, filled in for one of its modules. */
  readonly commands: readonly PlannedCommand[];
  /** `bash -c` with the lines joined by `&&`. */
  readonly bash: (lines: readonly string[]) => Promise<Timed>;
  /** `mode: verify` as a step runs it; all commands must pass. */
  readonly engine: (commands: readonly PlannedCommand[]) => Promise<Timed>;
  close(): Promise<void>;
}

/** `node` runs the action, and must be told where it is not the one that runs this. */
export async function makeSite(node: string): Promise<Site> {
  const root = await mkdtemp(path.join(tmpdir(), 'bench-verification-'));
  const checkout = path.join(root, 'checkout');
  await bundle(path.join(root, 'dist'));
  await cp(EXAMPLE, checkout, {
    recursive: true,
    filter: (file) => !file.endsWith('node_modules'),
  });
  await symlink(path.join(HOME, 'node_modules'), path.join(checkout, 'node_modules'), 'dir');
  await mkdir(path.join(root, 'temp'));
  return {
    commands: await exampleCommands(),
    bash: (lines) => time({ ...bashOf(lines), cwd: checkout, env: plainEnvironment(node) }),
    engine: (commands) => runEngine(root, node, commands),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** A command of its own that says no more than its line. */
export function plainCommand(id: string, run: string, parallel: boolean): PlannedCommand {
  return {
    id,
    name: id,
    run,
    failure: 'test-failure',
    env: {},
    shell: null,
    workingDirectory: null,
    timeoutSeconds: 3600,
    needs: [],
    parallel,
    report: null,
    allowEmpty: true,
  };
}

async function exampleCommands(): Promise<readonly PlannedCommand[]> {
  const parsed = parseConfig(await readFile(path.join(EXAMPLE, CONFIG), 'utf8'), CONFIG);
  const module = parsed.ok ? [...parsed.value.modules.values()][0] : undefined;
  if (!parsed.ok || module === undefined) throw new Error('The example has no valid config.');
  return parsed.value.verification.map((command) => ({
    ...command,
    run: fillCommand(command.run, module),
  }));
}

function bashOf(lines: readonly string[]) {
  return {
    file: 'bash',
    args: ['--noprofile', '--norc', '-eo', 'pipefail', '-c', lines.join(' && ')],
  };
}

/** Both sides find the same Node first. */
function plainEnvironment(node: string): Record<string, string | undefined> {
  const searched = `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`;
  return { PATH: searched, HOME: process.env['HOME'], NO_COLOR: '1', TERM: 'dumb' };
}

async function runEngine(
  root: string,
  node: string,
  commands: readonly PlannedCommand[],
): Promise<Timed> {
  const output = path.join(root, 'output');
  const sha = 'a'.repeat(40);
  const plan = [{ kind: 'gates', sha, timeoutSeconds: 36_000, commands }];
  await writeFile(output, '');
  await writeFile(path.join(root, 'summary'), '');
  const timed = await time({
    file: node,
    args: ['--import', TELL_PEAK, path.join(root, 'dist/index.js')],
    cwd: path.join(root, 'checkout'),
    env: {
      ...plainEnvironment(node),
      RUNNER_TEMP: path.join(root, 'temp'),
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: path.join(root, 'summary'),
      INPUT_MODE: 'verify',
      INPUT_PLAN: JSON.stringify(plan),
    },
  });
  checkPassed(await readFile(output, 'utf8'));
  await rm(path.join(root, 'temp'), { recursive: true });
  await mkdir(path.join(root, 'temp'));
  return timed;
}

/** What did not do its work would be fast. */
function checkPassed(written: string): void {
  const [, , handedOn = ''] = /^verification<<(\S+)\n([\s\S]*?)\n\1$/m.exec(written) ?? [];
  const result = decodeResult(handedOn);
  const outcomes = result.ok ? result.value.commands.map(({ outcome }) => outcome) : [];
  const passed = outcomes.filter((one) => one.kind === 'exited' && one.exitCode === 0);
  if (outcomes.length === 0 || passed.length < outcomes.length) {
    throw new Error(`Not every command passed: ${JSON.stringify(outcomes)}.`);
  }
}
