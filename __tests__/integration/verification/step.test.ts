import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bundle } from '../../../build/bundle.js';
import type { PlannedCommand } from '../../../src/domain/verification.ts';
import { decodeResult } from '../../../src/verification/handoff.ts';
import { command, SHA } from './plans.ts';

/** Written to the file that the step's environment names, as the runner reads them. */
interface Outputs {
  readonly verification: string;
  readonly logs: string;
}

interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly peakBytes: number;
}

/** Told to the fourth descriptor at the end: the most memory the process ever had. */
const TELL_PEAK = `data:text/javascript,import{readFileSync,writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1])))`;

describe('the step that verifies, as a process', () => {
  let root: string;
  let workspace: string;
  let output: string;
  let steps = 0;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'step-'));
    await bundle(join(root, 'dist'));
  }, 60_000);
  afterAll(() => rm(root, { recursive: true, force: true }));
  beforeEach(() => {
    steps += 1;
    workspace = join(root, `workspace-${steps}`);
    output = join(root, `output-${steps}`);
    mkdirSync(workspace);
    writeFileSync(output, '');
    writeFileSync(join(root, 'summary'), '');
    mkdirSync(join(root, 'temp'), { recursive: true });
  });

  function start(commands: readonly PlannedCommand[], setup = ''): ChildProcess {
    const plan = [{ kind: 'gates', sha: SHA, timeoutSeconds: 600, commands }];
    const script = join(root, 'dist/index.js');
    return spawn(process.execPath, ['--import', TELL_PEAK, script], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: root,
        RUNNER_TEMP: join(root, 'temp'),
        GITHUB_REPOSITORY: 'acme/app',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(root, 'summary'),
        INPUT_MODE: 'verify',
        INPUT_PLAN: JSON.stringify(plan),
        INPUT_SETUP: setup,
      },
    });
  }

  async function end(step: ChildProcess): Promise<Ended> {
    let stdout = '';
    let peak = '';
    step.stdout?.on('data', (bytes: Buffer) => void (stdout += bytes.toString('latin1')));
    step.stdio[3]?.on('data', (bytes: Buffer) => void (peak += bytes.toString()));
    return new Promise((resolve) => {
      step.once('close', (exitCode, signal) => {
        resolve({ exitCode, signal, stdout, peakBytes: Number(peak) * 1024 });
      });
    });
  }

  function outputs(): Outputs {
    const pairs = readFileSync(output, 'utf8').matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
    const values = new Map([...pairs].map(([, name = '', , value = '']) => [name, value]));
    return { verification: values.get('verification') ?? '', logs: values.get('logs') ?? '' };
  }

  function outcomes() {
    const decoded = decodeResult(outputs().verification);
    if (!decoded.ok) throw new Error(decoded.reason);
    return decoded.value.commands.map(({ outcome }) => outcome);
  }

  async function until(file: string): Promise<void> {
    while (!existsSync(join(workspace, file))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  function isGone(file: string): boolean {
    try {
      const pid = readFileSync(join(workspace, file), 'utf8').trim();
      return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z ');
    } catch {
      return true;
    }
  }

  /** Begins a child of its own; both go on until they are ended. */
  const endless = 'sleep 600 & echo $! > child; touch ready; wait';

  it('hands on a result and the folder of its logs', async () => {
    const step = start([command('echo good'), command('exit 3', { id: 'bad' })], 'echo ready');
    expect(await end(step)).toMatchObject({ exitCode: 0 });
    expect(outcomes()).toEqual([
      { kind: 'exited', exitCode: 0 },
      { kind: 'exited', exitCode: 3 },
    ]);
    expect(readdirSync(outputs().logs).sort()).toEqual([
      '00-setup.log',
      '01-main.log',
      '02-bad.log',
    ]);
  });

  it('goes on where a command deletes the workspace under it', async () => {
    const commands = [
      command('until [ -e started ]; do sleep 0.01; done; rm -rf "$PWD"'),
      command('touch started; while [ -e started ]; do sleep 0.01; done', { id: 'beside' }),
      command('true', { id: 'after', needs: ['main'] }),
    ];
    expect(await end(start(commands))).toMatchObject({ exitCode: 0 });
    expect(outcomes()).toEqual([
      { kind: 'exited', exitCode: 0 },
      { kind: 'exited', exitCode: 0 },
      { kind: 'not-started', reason: 'The working directory `.` does not exist.' },
    ]);
  });

  it.each<[string, NodeJS.Signals, string, string, readonly unknown[]]>([
    [
      'the set-up',
      'SIGINT',
      endless,
      'true',
      [{ kind: 'not-started', reason: 'The set-up was ended by SIGTERM.' }],
    ],
    ['a command', 'SIGINT', '', endless, [{ kind: 'signalled', signal: 'SIGTERM' }]],
    ['a command', 'SIGTERM', '', endless, [{ kind: 'signalled', signal: 'SIGTERM' }]],
  ])('that is cancelled during %s by %s ends it and leaves a result', async (...row) => {
    const [, signal, setup, script, expected] = row;
    const step = start([command(script, { timeoutSeconds: 600 })], setup);
    const ended = end(step);
    await until('ready');
    step.kill(signal);
    expect(await ended).toMatchObject({ exitCode: 0, signal: null });
    expect(outcomes()).toEqual(expected);
    expect(isGone('child')).toBe(true);
  });

  it('that is told twice, first by SIGINT and then by SIGTERM, still leaves a result', async () => {
    const stubborn = `trap 'touch told' TERM; touch ready; while :; do sleep 0.05; done`;
    const step = start([command(stubborn), command('true', { id: 'next', needs: ['main'] })]);
    const ended = end(step);
    await until('ready');
    step.kill('SIGINT');
    await until('told');
    step.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 0, signal: null });
    expect(outcomes()).toEqual([
      { kind: 'signalled', signal: 'SIGTERM' },
      { kind: 'skipped', because: 'main' },
    ]);
  });

  it('stays under a hundred megabytes whatever the output, of one command or of two', async () => {
    const megabytes = 'head -c 60000000 < <(yes 0123456789abcdef)';
    for (const commands of [
      [command(megabytes)],
      [command(megabytes, { id: 'a' }), command(megabytes, { id: 'b' })],
      [command(`head -c 60000000 < <(yes '')`)],
      [command(`head -c 60000000 /dev/zero | tr '\\0' x`)],
    ]) {
      const { exitCode, peakBytes } = await end(start(commands));
      expect(exitCode).toBe(0);
      expect(peakBytes).toBeGreaterThan(20_000_000);
      expect(peakBytes).toBeLessThan(100_000_000);
    }
  });
});
