import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseVerificationResult } from '../../../src/domain/verification.ts';
import { isUnjudged } from '../../../src/failures/infrastructure.ts';
import { parseDiagnostics } from '../../../src/failures/parse-diagnostics.ts';
import type { ParseOutput } from '../../../src/verification/run-options.ts';
import { createCancellation } from '../../../src/verification/cancellation.ts';
import { command, makeCheckout, run, SHA } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;

const parseHere: ParseOutput = (output, { workingDirectory }) =>
  parseDiagnostics(output, { root: checkout.path, workingDirectory });

beforeEach(() => {
  checkout = makeCheckout();
});

afterEach(() => {
  checkout.remove();
});

describe('runPlan', () => {
  it('tells how each command ended, in the order of the plan', async () => {
    const { result, of } = await run(checkout.path, [
      command('echo good', { id: 'passes' }),
      command('echo bad >&2; exit 3', { id: 'fails' }),
    ]);
    expect(result).toMatchObject({
      version: 1,
      kind: 'verification',
      sha: SHA,
      module: 'plex-auth',
    });
    expect(of('passes')).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'good' });
    expect(of('fails')).toMatchObject({ outcome: { kind: 'exited', exitCode: 3 }, tail: 'bad' });
    expect(of('passes').logDigest).toBe(createHash('sha256').update('good\n').digest('hex'));
    expect(parseVerificationResult(JSON.stringify(result))).toEqual({ ok: true, value: result });
  });

  it.each([
    ['a failing part of a pipe', 'false | cat', 1],
    ['a failing line', 'false\necho on', 1],
    ['a command not found', 'no-such-command-here', 127],
    ['a file that is not executable', './plain', 126],
  ])('fails on %s', async (_case, script, exitCode) => {
    await run(checkout.path, [command('echo x > plain')]);
    const { of } = await run(checkout.path, [command(script)]);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode });
  });

  it('tells the signal that ended a command', async () => {
    const { of } = await run(checkout.path, [command('kill -SEGV $$')]);
    expect(of().outcome).toEqual({ kind: 'signalled', signal: 'SIGSEGV' });
  });

  it('says that a shell is not there', async () => {
    const { of } = await run(checkout.path, [command('x', { shell: 'no-such-shell' })]);
    expect(of().outcome).toEqual({
      kind: 'not-started',
      reason: 'The shell cannot be run (ENOENT).',
    });
  });

  it('hands the output to the parser and keeps a bounded number of diagnostics', async () => {
    const script = `for i in $(seq 1 150); do echo "src/a.ts($i,1): error TS1: Bad."; done; exit 1`;
    const { of } = await run(checkout.path, [command(script)], {
      parse: parseHere,
    });
    expect(of().diagnostics).toHaveLength(100);
    expect(of().diagnosticsOmitted).toBe(50);
  });

  it('runs commands side by side, each waiting for the other', async () => {
    const meet = (own: string, other: string) =>
      command(`touch ${own}; until [ -e ${other} ]; do sleep 0.01; done`, { id: own, name: own });
    const { result, log } = await run(checkout.path, [meet('a', 'b'), meet('b', 'a')]);
    expect(result.commands.map(({ outcome }) => outcome)).toEqual([
      { kind: 'exited', exitCode: 0 },
      { kind: 'exited', exitCode: 0 },
    ]);
    expect(log.match(/^::group::|^::endgroup::/gm)).toEqual([
      '::group::',
      '::endgroup::',
      '::group::',
      '::endgroup::',
    ]);
  });

  it('skips a command whose need failed', async () => {
    const { of, log } = await run(checkout.path, [
      command('exit 1', { id: 'build' }),
      command('touch ran', { id: 'test', needs: ['build'] }),
    ]);
    expect(of('test').outcome).toEqual({ kind: 'skipped', because: 'build' });
    expect(existsSync(join(checkout.path, 'ran'))).toBe(false);
    expect(log).toContain('Main: skipped, since build did not pass');
  });

  it('tells what is still running', async () => {
    const until = 'until [ -e go ]; do sleep 0.01; done';
    const { log } = await run(
      checkout.path,
      [command(until, { id: 'a', name: 'Waiting' }), command('sleep 0.3; touch go', { id: 'b' })],
      { progressMs: 50 },
    );
    expect(log).toMatch(/^Sessionwright: still running: Waiting \(0\.\d s\), Main \(0\.\d s\)$/m);
  });
});

describe('runPlan and the working directory', () => {
  it('runs in a folder of the checkout', async () => {
    mkdirSync(join(checkout.path, 'packages'));
    const { of } = await run(checkout.path, [command('pwd', { workingDirectory: 'packages' })]);
    expect(of().tail).toBe(join(checkout.path, 'packages'));
  });

  it.each([
    ['..', 'lies outside the checkout'],
    ['/', 'lies outside the checkout'],
    ['link', 'lies outside the checkout'],
    ['nowhere', 'does not exist'],
    ['file', 'is no folder'],
  ])('refuses to run in %s', async (workingDirectory, reason) => {
    symlinkSync('/', join(checkout.path, 'link'));
    await run(checkout.path, [command('touch file')]);
    const { of } = await run(checkout.path, [command('true', { workingDirectory })]);
    expect(of().outcome).toEqual({
      kind: 'not-started',
      reason: `The working directory \`${workingDirectory}\` ${reason}.`,
    });
  });

  it('survives a command that deletes it', async () => {
    const { of } = await run(checkout.path, [
      command('rm -rf "$PWD"; echo gone', { id: 'a' }),
      command('true', { id: 'b', needs: ['a'] }),
    ]);
    expect(of('a')).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'gone' });
    expect(of('b').outcome).toMatchObject({ kind: 'not-started' });
  });
});

describe('runPlan and the environment', () => {
  it('keeps secrets and the files of the runner from a command', async () => {
    const env = {
      ...process.env,
      GITHUB_OUTPUT: join(checkout.path, 'output'),
      GITHUB_ENV: join(checkout.path, 'env'),
      GITHUB_TOKEN: 'canary-1',
      'INPUT_GITHUB-TOKEN': 'canary-2',
      ACTIONS_RUNTIME_TOKEN: 'canary-3',
    };
    const script = 'echo "${GITHUB_OUTPUT-absent}"; echo x=1 >> "${GITHUB_OUTPUT:-/dev/null}"; env';
    const { of } = await run(checkout.path, [command(script, { env: { OWN: 'yes' } })], { env });
    expect(of().tail.startsWith('absent\n')).toBe(true);
    expect(of().tail).toContain('OWN=yes');
    expect(of().tail).not.toMatch(/canary|GITHUB_|ACTIONS_|INPUT_/);
    expect(existsSync(join(checkout.path, 'output'))).toBe(false);
  });

  it('gives a command nothing to read', async () => {
    const { of } = await run(checkout.path, [command('cat; echo done')]);
    expect(of().tail).toBe('done');
  });
});

describe('runPlan and what a command prints', () => {
  const hostile = [
    'echo "::error::owned"',
    'echo "::set-output name=a::b"',
    'echo "::add-mask::x"',
    'echo "::endgroup::"',
    'for n in 1 2 3 4 5 6; do echo "::token-$n::"; printf "\\r::token-$n::\\r\\n"; done',
    'for n in 1 2 3 4 5 6; do printf "::token\\033[0m-$n::\\n"; done',
    'printf "::warning::no end of line"',
  ].join('; ');

  it.each([
    ['alone', 1],
    ['side by side', 2],
  ])('has no workflow command of a command run %s obeyed', async (_case, count) => {
    const ids = Array.from({ length: count }, (_, index) => `c${index}`);
    let tokens = 0;
    // As if the command could guess them.
    const randomToken = (): string => `token-${(tokens += 1)}`;
    const { log } = await run(
      checkout.path,
      ids.map((id) => command(hostile, { id })),
      { randomToken },
    );
    const obeyed: string[] = [];
    let stop: string | null = null;
    for (const line of log.split('\n')) {
      const name = /^\s*::([^: ]+)[^:]*::(.*)$/.exec(line);
      if (name === null) continue;
      if (stop === null) obeyed.push(name[1] ?? '');
      if (stop === null && name[1] === 'stop-commands') stop = name[2] ?? null;
      else if (name[1] === stop) stop = null;
    }
    expect(stop).toBeNull();
    expect(obeyed).toEqual(ids.flatMap(() => ['group', 'stop-commands', 'endgroup']));
    expect(log).toContain('::error::owned');
  });

  it('keeps a name that looks like a command from being one', async () => {
    const { log } = await run(checkout.path, [command('true', { name: 'x\n::error::y' })]);
    expect(log).not.toMatch(/^::error::/m);
  });

  it('masks secrets in the log, the tail and the diagnostics', async () => {
    const script = `printf 'src/a.ts:1:1: hunter\\033[31m2-can'; printf 'ary\\n'; exit 1`;
    const { result, log } = await run(checkout.path, [command(script)], {
      masks: ['hunter2-canary'],
      parse: parseHere,
    });
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(result.commands[0]?.diagnostics).toMatchObject([{ message: '***' }]);
    expect(log.split('\n').slice(2).join('\n')).not.toContain('hunter2');
  });

  it.each([
    ['binary', 'head -c 200000 /dev/zero; printf "\\001\\002end"', 'end'],
    ['bytes that are no UTF-8', 'printf "\\377\\376end"', '\ufffd\ufffdend'],
    ['no end of line', 'printf end', 'end'],
    ['nothing', 'true', ''],
  ])('copes with %s', async (_case, script, tail) => {
    const { of, log } = await run(checkout.path, [command(script)]);
    expect(of()).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail });
    const token = /^::stop-commands::(.*)$/m.exec(log)?.[1] ?? '';
    expect(log.split('\n')).toContain(`::${token}::`);
  });

  it('keeps little of twenty megabytes, and hashes them all', async () => {
    const script = `head -c 20000000 < <(yes 0123456789abcdef); echo; echo the end`;
    let parsed = 0;
    const { of, log } = await run(checkout.path, [command(script)], {
      parse: (output) => {
        parsed = output.length;
        return { diagnostics: [], testsRun: null };
      },
    });
    expect(of().tail.endsWith('the end')).toBe(true);
    expect(of().tail.length).toBeLessThanOrEqual(8000);
    expect(parsed).toBeLessThan(5 * 1024 * 1024);
    expect(log.length).toBeLessThan(9 * 1024 * 1024);
    expect(log).toContain('the rest of the output is not shown here');
    const whole = `${'0123456789abcdef\n'.repeat(1_176_471).slice(0, 20_000_000)}\nthe end\n`;
    expect(of().logDigest).toBe(createHash('sha256').update(whole).digest('hex'));
  });
});

describe('runPlan and its limits', () => {
  const stubborn = `
    trap '' TERM
    ( trap '' TERM; echo $BASHPID > child; while :; do sleep 0.05; done ) &
    until [ -s child ]; do sleep 0.01; done
    touch ready
    while :; do sleep 0.05; done`;

  function childIsGone(): boolean {
    const pid = Number(readFileSync(join(checkout.path, 'child'), 'utf8'));
    try {
      const state = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return state.includes(' Z ');
    } catch {
      return true;
    }
  }

  it('ends the whole tree at the time limit, though it ignores TERM', async () => {
    const { of } = await run(checkout.path, [command(stubborn, { timeoutSeconds: 0.5 })]);
    expect(of().outcome).toEqual({ kind: 'timed-out', afterSeconds: 0.5 });
    expect(childIsGone()).toBe(true);
  });

  it('ends the whole tree when the run is cancelled, and begins nothing more', async () => {
    const cancellation = createCancellation(() => performance.now());
    const commands = [command(stubborn, { id: 'a' }), command('touch ran', { id: 'b' })];
    const running = run(checkout.path, commands, { cancellation, parallelism: 1 });
    while (!existsSync(join(checkout.path, 'ready'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    cancellation.cancel(200);
    const { of } = await running;
    expect(of('a').outcome).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
    expect(of('b').outcome).toEqual({ kind: 'not-started', reason: 'The run was cancelled.' });
    expect(childIsGone()).toBe(true);
    expect(existsSync(join(checkout.path, 'ran'))).toBe(false);
  });

  it('reports a time-out though the command then ends well', async () => {
    const script = `trap 'exit 0' TERM; while :; do sleep 0.02; done`;
    const { of } = await run(checkout.path, [command(script, { timeoutSeconds: 0.3 })]);
    expect(of().outcome).toMatchObject({ kind: 'timed-out' });
  });

  it('ends what a command leaves in the background, and does not wait for it', async () => {
    const script = `( trap '' TERM; echo $BASHPID > child; sleep 60 ) & until [ -s child ]; do sleep 0.01; done`;
    const { of } = await run(checkout.path, [command(script)]);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(childIsGone()).toBe(true);
  });
});

describe('what could not be judged', () => {
  const ONCE = 'if [ -e there ]; then exit 0; fi; touch there; exit 127';

  it('is run again, with its set-up, until it is', async () => {
    const { of, log } = await run(checkout.path, [command(ONCE)], {
      setup: 'echo prepared',
      isToRunAgain: isUnjudged,
    });
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(log.split('prepared').length - 1).toBe(4);
    expect(log).toContain('Nothing but infrastructure failed. All is run again (1 of 2).');
  });

  it('is run again twice at most, and each run has its own log', async () => {
    const logFolder = mkdtempSync(join(tmpdir(), 'logs-'));
    const { of } = await run(checkout.path, [command('echo once >> runs; nothing-of-that-name')], {
      logFolder,
      isToRunAgain: isUnjudged,
    });
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 127 });
    expect(readFileSync(join(checkout.path, 'runs'), 'utf8')).toBe('once\n'.repeat(3));
    expect(readdirSync(logFolder).sort()).toEqual([
      '01-main.2.log',
      '01-main.3.log',
      '01-main.log',
    ]);
    rmSync(logFolder, { recursive: true });
  });

  it('is run once where it was judged, was cancelled, or has no time left', async () => {
    const cancellation = createCancellation(() => performance.now());
    cancellation.cancel(0);
    const patches = [{ timeoutSeconds: 0 }, { cancellation }, { isToRunAgain: () => false }];
    for (const patch of patches) {
      const { log } = await run(checkout.path, [command('exit 127')], {
        isToRunAgain: () => true,
        ...patch,
      });
      expect(log).not.toContain('run again');
    }
  });
});
