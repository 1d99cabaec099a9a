import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseVerificationResult } from '../../../src/domain/verification.ts';
import { createCancellation } from '../../../src/verification/cancellation.ts';
import { command, makeCheckout, run, SHA } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;

beforeEach(() => {
  checkout = makeCheckout();
});

afterEach(() => {
  checkout.remove();
});

describe('the set-up', () => {
  it('runs before the first command and is none of the result’s', async () => {
    const { result, of, log } = await run(checkout.path, [command('cat installed')], {
      setup: 'echo yes > installed',
    });
    expect(result.commands).toHaveLength(1);
    expect(of().tail).toBe('yes');
    expect(log).toContain('Sessionwright: Set-up: passed after');
  });

  it.each([undefined, '', ' \n'])('is left out where it is %j', async (setup) => {
    const patch = setup === undefined ? {} : { setup };
    const { log } = await run(checkout.path, [command('true')], patch);
    expect(log).not.toContain('Set-up');
  });

  it.each([
    ['fails', 'echo broken >&2; exit 7', 'The set-up failed with exit code 7.'],
    ['fails within a pipe', 'false | cat', 'The set-up failed with exit code 1.'],
    ['is killed', 'kill -KILL $$', 'The set-up was ended by SIGKILL.'],
  ])('that %s keeps every command from being run', async (_case, setup, reason) => {
    const commands = [command('touch ran', { id: 'a' }), command('touch ran', { id: 'b' })];
    const { result, log } = await run(checkout.path, commands, { setup });
    expect(result.commands.map(({ outcome }) => outcome)).toEqual([
      { kind: 'not-started', reason },
      { kind: 'not-started', reason },
    ]);
    expect(log).toContain(`Sessionwright: no command is run. ${reason}`);
    expect(existsSync(join(checkout.path, 'ran'))).toBe(false);
    expect(parseVerificationResult(JSON.stringify(result))).toEqual({ ok: true, value: result });
  });

  it('that fails shows its output under the first command', async () => {
    const commands = [command('true', { id: 'a' }), command('true', { id: 'b' })];
    const { of } = await run(checkout.path, commands, { setup: 'echo no lock file; exit 1' });
    expect(of('a').tail).toBe('Set-up: echo no lock file; exit 1\nno lock file');
    expect(of('b').tail).toBe('');
  });

  it('is no safer than a command: nothing it prints is obeyed, nothing secret is in its reach', async () => {
    const env = { ...process.env, GITHUB_OUTPUT: join(checkout.path, 'output'), A_TOKEN: 'canary' };
    const setup = 'echo "::error::owned"; echo x=1 >> "${GITHUB_OUTPUT:-/dev/null}"; env';
    const { log } = await run(checkout.path, [command('true')], { setup, env });
    const lines = log.split('\n');
    const token = lines[1]?.replace('::stop-commands::', '') ?? '';
    expect(lines[0]).toMatch(/^::group::Set-up: /);
    expect(lines.indexOf('::error::owned')).toBeGreaterThan(1);
    expect(lines.indexOf('::error::owned')).toBeLessThan(lines.indexOf(`::${token}::`));
    expect(log).not.toContain('canary');
    expect(existsSync(join(checkout.path, 'output'))).toBe(false);
  });

  it('that is cancelled leaves a result', async () => {
    const cancellation = createCancellation(() => performance.now());
    const setup = 'touch ready; sleep 60';
    const running = run(checkout.path, [command('true')], { setup, cancellation });
    while (!existsSync(join(checkout.path, 'ready'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    cancellation.cancel(200);
    expect((await running).of().outcome).toEqual({
      kind: 'not-started',
      reason: 'The set-up was ended by SIGTERM.',
    });
  });
});

describe('the commit that is checked out', () => {
  function git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.example'];
    return execFileSync('git', [...identity, ...args], { cwd: checkout.path, encoding: 'utf8' });
  }

  it('must be the planned one: on another, nothing runs, not even the set-up', async () => {
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'other');
    const head = git('rev-parse', '--short=7', 'HEAD').trim();
    const { of } = await run(checkout.path, [command('touch ran')], { setup: 'touch ran' });
    expect(of().outcome).toEqual({
      kind: 'not-started',
      reason: `The checkout is at ${head}, but ${SHA.slice(0, 7)} was planned.`,
    });
    expect(existsSync(join(checkout.path, 'ran'))).toBe(false);
  });

  it('is believed where no git can tell it', async () => {
    const { of } = await run(checkout.path, [command('true')]);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
  });
});
