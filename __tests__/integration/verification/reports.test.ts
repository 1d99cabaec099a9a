import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { command, makeCheckout, run } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;
let outside: ReturnType<typeof makeCheckout>;

beforeEach(() => {
  checkout = makeCheckout();
  outside = makeCheckout();
});

afterEach(() => {
  checkout.remove();
  outside.remove();
});

/** What the parser is given for a command that should have written `out/report.xml`. */
async function reported(script: string, masks: readonly string[] = []) {
  let report: string | null = null;
  mkdirSync(join(checkout.path, 'out'), { recursive: true });
  const { log, of } = await run(checkout.path, [command(script, { report: 'out/report.xml' })], {
    masks,
    parse: (_output, _command, given) => {
      report = given;
      const message = given?.replaceAll('<b/>', '') ?? '';
      const diagnostic = { file: null, line: null, column: null, code: null } as const;
      return { diagnostics: [{ ...diagnostic, severity: 'error', message }], testsRun: null };
    },
  });
  return { report, log, of };
}

describe('a report', () => {
  it('that the command writes is read', async () => {
    const { report, log } = await reported('echo "<testsuite/>" > out/report.xml; exit 1');
    expect(report).toBe('<testsuite/>\n');
    expect(log).not.toContain('The report');
  });

  it('that was there and is written anew is read, even with the same words', async () => {
    mkdirSync(join(checkout.path, 'out'));
    writeFileSync(join(checkout.path, 'out/report.xml'), 'same\n');
    expect((await reported('echo same > out/report.xml')).report).toBe('same\n');
  });

  it('that is replaced by another file is read', async () => {
    mkdirSync(join(checkout.path, 'out'));
    writeFileSync(join(checkout.path, 'out/report.xml'), 'old');
    const script = 'echo new > out/other; mv out/other out/report.xml';
    expect((await reported(script)).report).toBe('new\n');
  });

  it('may be a link to a file of the checkout', async () => {
    const script = 'echo linked > out/run-1.xml; ln -s run-1.xml out/report.xml';
    expect((await reported(script)).report).toBe('linked\n');
  });

  it('of a command that is cut short is read as far as it goes', async () => {
    const script = 'echo half > out/report.xml; sleep 60';
    const commands = [command(script, { report: 'out/report.xml', timeoutSeconds: 1 })];
    let report: string | null = null;
    mkdirSync(join(checkout.path, 'out'));
    await run(checkout.path, commands, {
      parse: (_output, _command, given) => {
        report = given;
        return { diagnostics: [], testsRun: null };
      },
    });
    expect(report).toBe('half\n');
  });

  it.each<[string, string, (path: string) => void, string]>([
    ['that is not written', 'true', () => undefined, 'was not written.'],
    [
      'that was committed, and is not written by the run,',
      'true',
      (path) => writeFileSync(path, 'all is well'),
      'was not written by this run.',
    ],
    ['that is a folder', 'mkdir out/report.xml', () => undefined, 'is no file.'],
    ['that is a named pipe', 'mkfifo out/report.xml', () => undefined, 'is no file.'],
    [
      'that is larger than four megabytes',
      'head -c 4194305 /dev/zero > out/report.xml',
      () => undefined,
      'is larger than the 4 MiB that are read.',
    ],
    ['that is a link to nowhere', 'ln -s gone out/report.xml', () => undefined, 'was not written.'],
  ])('%s is not believed, and the output is read', async (_case, script, prepare, reason) => {
    mkdirSync(join(checkout.path, 'out'));
    prepare(join(checkout.path, 'out/report.xml'));
    const { report, log } = await reported(script);
    expect(report).toBeNull();
    expect(log).toContain(
      `Sessionwright: Main: The report \`out/report.xml\` ${reason} The output is read instead.`,
    );
  });

  it.each(['a file', 'a folder'])(
    'that leads out of the checkout by %s is not read',
    async (by) => {
      const script =
        by === 'a file'
          ? `echo x > '${outside.path}/report.xml'; ln -s '${outside.path}/report.xml' out/report.xml`
          : `rm -r out; echo x > '${outside.path}/report.xml'; ln -s '${outside.path}' out`;
      const { report, log } = await reported(script);
      expect(report).toBeNull();
      expect(log).toContain('lies outside the checkout.');
    },
  );

  it('is masked before it is parsed, and what was parsed once more', async () => {
    const script = `printf 'plain s3cr3t-canary, spelt s3cr3t&#45;canary, split s3cr3t<b/>-canary' > out/report.xml`;
    const { report, of } = await reported(script, ['s3cr3t-canary']);
    expect(report).toBe('plain ***, spelt ***, split s3cr3t<b/>-canary');
    expect(of().diagnostics).toMatchObject([{ message: 'plain ***, spelt ***, split ***' }]);
  });

  it('goes through a folder that is a link within the checkout', async () => {
    mkdirSync(join(checkout.path, 'real'));
    symlinkSync('real', join(checkout.path, 'out'));
    expect((await reported('echo x > real/report.xml')).report).toBe('x\n');
  });
});
