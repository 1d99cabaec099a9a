import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { command, makeCheckout, run } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;

beforeEach(() => {
  checkout = makeCheckout();
});

afterEach(() => {
  checkout.remove();
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('a command that prints', () => {
  it('a hundred megabytes without a line feed is hashed whole and kept from both ends', async () => {
    const script = `printf start; head -c 100000000 /dev/zero | tr '\\0' x; printf end`;
    const { of, log } = await run(checkout.path, [command(script)]);
    const digest = createHash('sha256').update('start');
    for (let count = 0; count < 100; count += 1) digest.update('x'.repeat(1_000_000));
    expect(of().logDigest).toBe(digest.update('end').digest('hex'));
    expect(of().tail.endsWith('xend')).toBe(true);
    expect(log).toContain('the rest of the output is not shown here');
  });

  it('colours, links and carriage returns everywhere is read as plain lines', async () => {
    const script = `
      for i in $(seq 500); do
        printf '\\033[3%dmline \\033]8;;http://x\\007%d\\033]8;;\\033\\\\ \\033[0K\\r\\n' $((i % 8)) $i
      done`;
    const { of, log } = await run(checkout.path, [command(script)]);
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index + 1} `);
    expect(of().logDigest).toBe(sha256(`${lines.join('\n')}\n`));
    // The title is the script itself.
    expect(log.slice(log.indexOf('\n::stop-commands'))).not.toContain('\u001b');
  });

  it('ten thousand short lines to either output loses, mixes and reorders none', async () => {
    const logs = makeCheckout();
    const script = `
      for i in $(seq 10000); do echo "out $i"; echo "err $i" >&2; done`;
    await run(checkout.path, [command(script)], { logFolder: logs.path });
    const lines = readFileSync(join(logs.path, '01-main.log'), 'utf8').trimEnd().split('\n');
    logs.remove();
    for (const output of ['out', 'err']) {
      const own = lines.filter((line) => line.startsWith(output));
      expect(own).toEqual(Array.from({ length: 10_000 }, (_, at) => `${output} ${at + 1}`));
    }
    expect(lines).toHaveLength(20_000);
  });

  it('to what it opens as /dev/stdout and /dev/stderr is heard', async () => {
    const script = 'echo one > /dev/stderr; echo two >> /dev/stdout; echo three | tee /dev/stderr';
    const { of } = await run(checkout.path, [command(script)]);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(of().tail.split('\n').sort()).toEqual(['one', 'three', 'three', 'two']);
  });

  it.each([
    ['after its outputs are closed', 'exec >&- 2>&-; exit 3', 3],
    ['while its input is closed', 'exec <&-; read -r line || exit 4', 4],
    ['nothing, and ends at once', 'exit 5', 5],
  ])('%s ends as it says', async (_case, script, exitCode) => {
    const { of } = await run(checkout.path, [command(script)]);
    expect(of().outcome).toEqual({ kind: 'exited', exitCode });
  });

  it('faster than the log takes it is slowed down, not stored', async () => {
    let pending = 0;
    let most = 0;
    const { of } = await run(
      checkout.path,
      [command(`head -c 6000000 /dev/zero | tr '\\0' x; echo over`)],
      {
        write: async (chunk) => {
          pending += chunk.length;
          most = Math.max(most, pending);
          await new Promise((resolve) => setImmediate(resolve));
          pending -= chunk.length;
        },
      },
    );
    expect(of().tail.endsWith('over')).toBe(true);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(256 * 1024);
  });
});

describe('secrets that a command prints', () => {
  const SECRET = 's3cr3t-canary-value';

  it.each([
    ['across two writes', `printf 's3cr3t-ca'; sleep 0.05; printf 'nary-value\\n'`],
    ['with colours inside', `printf 's3cr3t-\\033[1mcanary\\033[0m-value\\n'`],
    ['where the output is cut', `printf '%08000d' 0; echo s3cr3t-canary-value; printf '%07990d' 0`],
    ['on a line that is passed on in pieces', `printf '%065530d' 0; printf s3cr3t-canary-value`],
    ['to the other output', `echo s3cr3t-canary-value >&2; exit 1`],
  ])('are masked %s', async (_case, script) => {
    const { result, log } = await run(checkout.path, [command(script)], { masks: [SECRET] });
    const printed = log.slice(log.indexOf('::stop-commands'));
    expect(printed).toContain('***');
    for (const text of [JSON.stringify({ ...result.commands[0], run: '' }), printed]) {
      expect(text).not.toMatch(/canary|s3cr3t/);
    }
  });
});
