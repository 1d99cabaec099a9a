import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseDiagnostics } from '../../../src/failures/parse-diagnostics.ts';
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

  it('are masked in what was decoded from JSON on the output, also where a message is cut', async () => {
    const spelt = String.raw`s3cr3t\u002dcanary-value`;
    const script = `cat <<'END'\n{"message":"${'x'.repeat(990)} ${spelt}"}\nEND`;
    const { result } = await run(checkout.path, [command(script)], {
      masks: [SECRET],
      parse: (output) => {
        const { message } = JSON.parse(output) as { message: string };
        const place = { file: null, line: null, column: null, code: null } as const;
        const diagnostic = {
          ...place,
          severity: 'error',
          message: message.slice(0, 1000),
        } as const;
        return { diagnostics: [diagnostic], testsRun: null };
      },
    });
    expect(result.commands[0]?.diagnostics[0]?.message.endsWith('x ***')).toBe(true);
    expect(JSON.stringify({ ...result.commands[0], run: '' })).not.toMatch(/canary|s3cr3t/);
  });
});

describe('secrets that colours split within JSON', () => {
  const SECRET = 's3cr3t-canary-value';
  const COLOUR = String.raw`\u001b[31m`;

  it.each([
    ['whole', 'short', `s3cr3t-${COLOUR}canary-value`],
    ['cut within the secret', 'x'.repeat(985), `s3cr3t-${COLOUR}canary-value`],
    ['cut within a colour', 'x'.repeat(985), `s3cr3t-${COLOUR.repeat(9)}canary-value`],
    ['cut where an error is', 'x', `s3cr3t-${COLOUR.repeat(5000)}canary-value`],
  ])('are masked in a message that is %s', async (_case, before, spelt) => {
    const test = { fullName: 'a', title: 'a', ancestorTitles: [], status: 'failed' };
    const suite = { name: 'a.test.js', status: 'failed', message: '' };
    const failed = { ...test, failureMessages: [`${before} SPELT`] };
    const report = { numFailedTestSuites: 1, numTotalTests: 1, testResults: [suite] };
    const json = JSON.stringify({
      ...report,
      testResults: [{ ...suite, assertionResults: [failed] }],
    }).replace('SPELT', spelt);
    writeFileSync(join(checkout.path, 'out.json'), `${json}\n`);
    const { of } = await run(checkout.path, [command('cat out.json; exit 1')], {
      masks: [SECRET],
      parse: (output) => parseDiagnostics(output, { root: checkout.path, workingDirectory: null }),
    });
    const [found] = of().diagnostics;
    expect(found?.message).toMatch(/\*\*\*…?$/);
    expect(JSON.stringify(of().diagnostics)).not.toMatch(/canary|s3cr/);
  });
});

describe('JSON that a command prints', () => {
  const print = (bytes: number): string =>
    `printf '{\\n  "stats": {\\n'; head -c ${bytes} < <(yes '    "a": 1,'); printf '    "z": 1\\n  }\\n}\\n'`;

  async function heard(script: string) {
    let text = '';
    const { of, log } = await run(checkout.path, [command(script)], {
      parse: (output) => {
        text = output;
        return { diagnostics: [], testsRun: null };
      },
    });
    return { text, tail: of().tail, log };
  }

  it('reaches the parsers whole, past what is read of lines', async () => {
    const { text } = await heard(`echo before; ${print(3_600_000)}; seq 6000`);
    expect(JSON.parse(text.slice(text.indexOf('\n{\n') + 1))).toEqual({ stats: { a: 1, z: 1 } });
  });

  it('is said to be cut where it is larger, with what helps', async () => {
    const { tail, log } = await heard(print(6_000_000));
    const hint = 'The JSON it printed was cut at 4 MiB and cannot be read.';
    expect(tail).toContain(hint);
    expect(log).toContain(`Sessionwright: Main: ${hint}`);
    expect(log).toContain('name that as `report`.');
  });
});
