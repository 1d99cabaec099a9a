import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCancellation } from '../../../src/verification/cancellation.ts';
import { command, makeCheckout, run } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;

beforeEach(() => {
  checkout = makeCheckout();
});

afterEach(() => {
  checkout.remove();
});

const FOREVER = 'while :; do sleep 0.05; done';

/** A daemon that ignores TERM, away from the command's process group. */
function stubbornDaemon(file: string): string {
  return `
    setsid bash -c 'trap "" TERM; echo $$ > ${file}; ${FOREVER}' &
    until [ -s ${file} ]; do sleep 0.01; done`;
}

/** A command that ignores TERM, as do its child and its daemon. */
function stubborn(name: string): string {
  return `
    trap '' TERM
    ( trap '' TERM; echo $BASHPID > ${name}-child; ${FOREVER} ) &
    ${stubbornDaemon(`${name}-daemon`)}
    until [ -s ${name}-child ]; do sleep 0.01; done
    echo $$ > ${name}-ready
    ${FOREVER}`;
}

function isGone(file: string): boolean {
  const pid = Number(readFileSync(join(checkout.path, file), 'utf8'));
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z ');
  } catch {
    return true;
  }
}

describe('a run that is cancelled', () => {
  it('has one moment at which all is killed: commands, their daemons and the set-up’s', async () => {
    // An hour passes once everything was told to end: who counted looks instead would wait for hours.
    const graceMs = 3_600_000;
    let passed = 0;
    const now = (): number => performance.now() + passed;
    const cancellation = createCancellation(now);
    const running = run(
      checkout.path,
      [command(stubborn('a'), { id: 'a' }), command(stubborn('b'), { id: 'b' })],
      { setup: stubbornDaemon('setup'), cancellation, graceMs, now },
    );
    while (!['a-ready', 'b-ready'].every((file) => existsSync(join(checkout.path, file)))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    cancellation.cancel(graceMs);
    passed = graceMs;
    const { of } = await running;
    for (const id of ['a', 'b']) {
      expect(of(id).outcome).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
    }
    const files = ['a-ready', 'a-child', 'a-daemon', 'b-ready', 'b-child', 'b-daemon', 'setup'];
    expect(files.filter((file) => !isGone(file))).toEqual([]);
  });
});

describe('a daemon that hides and prints now and then', () => {
  it('is not listened to for ever', async () => {
    const script = `
      env -i PATH="$PATH" setsid bash -c 'echo $$ > stray; while :; do echo x; sleep 0.1; done' &
      until [ -s stray ]; do sleep 0.01; done`;
    const { of } = await run(checkout.path, [command(script)]);
    const pid = Number(readFileSync(join(checkout.path, 'stray'), 'utf8'));
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
  });
});
