import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeLogFolder, openLogFile } from '../../../src/verification/log-file.ts';
import { createCancellation } from '../../../src/verification/cancellation.ts';
import { command, makeCheckout, run } from './plans.ts';

let checkout: ReturnType<typeof makeCheckout>;
let temp: ReturnType<typeof makeCheckout>;

beforeEach(() => {
  checkout = makeCheckout();
  temp = makeCheckout();
});

afterEach(() => {
  checkout.remove();
  temp.remove();
});

function folder(): string {
  const made = makeLogFolder(temp.path, checkout.path);
  if (made === null) throw new Error('There is no folder for logs.');
  return made;
}

describe('the log files of a run', () => {
  it('hold the whole output of each command, cleaned, and are what the digests are of', async () => {
    const logFolder = folder();
    const commands = [
      command(`printf '\\033[1mgood\\033[0m\\r\\n'`, { id: 'first' }),
      command('head -c 3000000 < <(yes 0123456789)', { id: 'second' }),
    ];
    const { of, log } = await run(checkout.path, commands, { logFolder, setup: 'echo ready' });
    const read = (name: string): Buffer => readFileSync(join(logFolder, name));
    expect(readdirSync(logFolder).sort()).toEqual([
      '00-setup.log',
      '01-first.log',
      '02-second.log',
    ]);
    expect(read('00-setup.log').toString()).toBe('ready\n');
    expect(read('01-first.log').toString()).toBe('good\n');
    expect(read('02-second.log')).toHaveLength(3_000_000);
    for (const [id, name] of [
      ['first', '01-first.log'],
      ['second', '02-second.log'],
    ] as const) {
      expect(of(id).logDigest).toBe(createHash('sha256').update(read(name)).digest('hex'));
    }
    expect(log).toContain(
      `Sessionwright: the whole output of each command is kept in ${logFolder}\n`,
    );
    expect(log).toMatch(/^Sessionwright: Main: passed after .* s; log: 01-first\.log$/m);
  });

  it('hold no secret', async () => {
    const logFolder = folder();
    await run(checkout.path, [command(`echo s3cr3t-canary`)], {
      logFolder,
      masks: ['s3cr3t-canary'],
    });
    expect(readFileSync(join(logFolder, '01-main.log'), 'utf8')).toBe('***\n');
  });

  it('are complete when the run is cancelled', async () => {
    const logFolder = folder();
    const cancellation = createCancellation(() => performance.now());
    const script = 'echo before; touch ready; sleep 60';
    const options = { logFolder, cancellation };
    const running = run(checkout.path, [command(script)], options);
    while (!existsSync(join(checkout.path, 'ready'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    cancellation.cancel(200);
    await running;
    expect(readFileSync(join(logFolder, '01-main.log'), 'utf8')).toBe('before\n');
  });

  it('are done without where the folder is gone', async () => {
    const { of } = await run(checkout.path, [command('echo x')], {
      logFolder: join(temp.path, 'gone'),
    });
    expect(of()).toMatchObject({ outcome: { kind: 'exited', exitCode: 0 }, tail: 'x' });
  });

  it('never follow what a command put in their place', async () => {
    const logFolder = folder();
    const victim = join(temp.path, 'victim');
    symlinkSync(victim, join(logFolder, '01-main.log'));
    await run(checkout.path, [command('echo x')], { logFolder });
    expect(existsSync(victim)).toBe(false);
  });
});

describe('makeLogFolder', () => {
  it('makes another folder each time', () => {
    expect(folder()).not.toBe(folder());
  });

  it.each<[string, () => string | undefined]>([
    ['is not told of', () => undefined],
    ['is empty', () => ''],
    ['is not there', () => join(temp.path, 'gone')],
    ['is the workspace', () => checkout.path],
    ['lies in the workspace', () => join(checkout.path, 'tmp')],
    ['leads into the workspace', () => join(temp.path, 'link')],
  ])('makes none where the runner’s own %s', (_case, place) => {
    mkdirSync(join(checkout.path, 'tmp'));
    symlinkSync(join(checkout.path, 'tmp'), join(temp.path, 'link'));
    expect(makeLogFolder(place(), checkout.path)).toBeNull();
    expect(readdirSync(join(checkout.path, 'tmp'))).toEqual([]);
  });
});

describe('openLogFile', () => {
  it('keeps as much as the disk may be asked for, and says so', async () => {
    const file = await openLogFile(temp.path, 'x.log', 10);
    for (const text of ['12345', '6789012345', 'more']) await file.write(Buffer.from(text));
    await file.close();
    expect(readFileSync(join(temp.path, 'x.log'), 'utf8')).toBe(
      '1234567890\n… the rest of the output is not kept …\n',
    );
  });

  it('keeps the order of what is written at the same time', async () => {
    const file = await openLogFile(temp.path, 'x.log');
    await Promise.all(Array.from({ length: 100 }, (_, at) => file.write(Buffer.from(`${at}\n`))));
    await file.close();
    const lines = Array.from({ length: 100 }, (_, at) => `${at}\n`);
    expect(readFileSync(join(temp.path, 'x.log'), 'utf8')).toBe(lines.join(''));
  });
});
