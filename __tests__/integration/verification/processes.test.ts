import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isSoon } from '../../../src/verification/grace.ts';
import { command, makeCheckout, run } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;

beforeEach(() => {
  checkout = makeCheckout();
});

afterEach(() => {
  checkout.remove();
});

function pidIn(file: string): number {
  return Number(readFileSync(join(checkout.path, file), 'utf8'));
}

/** What was killed has no environment any more a moment before it is out of the list; it would sleep for a minute. */
function isGone(pid: number): Promise<boolean> {
  const end = Date.now() + 5000;
  return isSoon(() => isOver(pid), { isOver: () => Date.now() > end });
}

function isOver(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z ');
  } catch {
    return true;
  }
}

/** Begins a session of its own, away from the command's process group, and holds the output open. */
function daemon(file: string, prefix = ''): string {
  return `
    ${prefix} setsid bash -c 'echo $$ > ${file}; exec sleep 60' &
    until [ -s ${file} ]; do sleep 0.01; done`;
}

describe('a process that leaves the command’s group', () => {
  it('is ended with the command', async () => {
    const { of } = await run(checkout.path, [command(`${daemon('stray')}\necho over`)]);
    expect(of()).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'over' });
    expect(await isGone(pidIn('stray'))).toBe(true);
  });

  it('is ended though it ignores TERM and begins others', async () => {
    const script = `
      setsid bash -c 'trap "" TERM; echo $$ > stray; while :; do sleep 0.05; done' &
      until [ -s stray ]; do sleep 0.01; done`;
    const { of } = await run(checkout.path, [command(script)]);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await isGone(pidIn('stray'))).toBe(true);
  });

  it('is ended where the command is cut short', async () => {
    const { of } = await run(checkout.path, [
      command(`${daemon('stray')}\nsleep 60`, { timeoutSeconds: 0.5 }),
    ]);
    expect(of().outcome).toEqual({ kind: 'timed-out', afterSeconds: 0.5 });
    expect(await isGone(pidIn('stray'))).toBe(true);
  });

  it('leaves those of other commands alone', async () => {
    const { of } = await run(checkout.path, [
      command('until [ -e go ]; do sleep 0.01; done; echo still here', { id: 'a' }),
      command(`${daemon('stray')}\ntouch go`, { id: 'b' }),
    ]);
    expect(of('a')).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'still here' });
  });

  it('is not waited for where it hides, though it holds the output open', async () => {
    const hidden = daemon('stray', 'env -i PATH="$PATH"');
    const { of } = await run(checkout.path, [command(`${hidden}\necho over`)]);
    expect(process.kill(pidIn('stray'), 'SIGKILL')).toBe(true);
    expect(of()).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'over' });
  });

  it('is not listened to for ever where it hides and prints', async () => {
    const script = `
      env -i PATH="$PATH" setsid bash -c 'echo $$ > stray; exec yes' &
      until [ -s stray ]; do sleep 0.01; done`;
    const { of } = await run(checkout.path, [command(script)]);
    expect(process.kill(pidIn('stray'), 'SIGKILL')).toBe(true);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
  });
});

describe('what the set-up begins', () => {
  it('stays for the commands where it is a daemon, and is ended with the run', async () => {
    const { of } = await run(checkout.path, [command('kill -0 "$(cat stray)"; echo served')], {
      setup: daemon('stray'),
    });
    expect(of()).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'served' });
    expect(await isGone(pidIn('stray'))).toBe(true);
  });

  it('is ended with the set-up where it is a mere background process', async () => {
    const setup = '( echo $BASHPID > child; sleep 60 ) & until [ -s child ]; do sleep 0.01; done';
    // What was killed may stay a zombie where nobody collects it.
    const gone = 'stat=/proc/$(cat child)/stat; [ ! -e "$stat" ] || grep -q " Z " "$stat"';
    const { of } = await run(checkout.path, [command(gone)], { setup });
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
  });
});

describe('the time for the whole run', () => {
  it('cuts a command short that has more of its own, and begins none after it', async () => {
    const commands = [
      command('sleep 60', { id: 'a', timeoutSeconds: 600 }),
      command('touch ran', { id: 'b' }),
    ];
    const { of, log } = await run(checkout.path, commands, { timeoutSeconds: 1, parallelism: 1 });
    expect(of('a').outcome).toEqual({ kind: 'timed-out', afterSeconds: 1 });
    expect(of('b').outcome).toEqual({
      kind: 'not-started',
      reason: 'The time for the whole run is used up.',
    });
    expect(log).toContain('Main: not started. The time for the whole run is used up.');
    expect(existsSync(join(checkout.path, 'ran'))).toBe(false);
  });

  it('covers the set-up', async () => {
    const { of } = await run(checkout.path, [command('touch ran')], {
      setup: 'sleep 60',
      timeoutSeconds: 1,
    });
    expect(of().outcome).toEqual({ kind: 'not-started', reason: 'The set-up took over 1 s.' });
  });
});
