import { describe, expect, it } from '@jest/globals';
import { createJobLog } from '../../../src/verification/job-log.ts';

function logged() {
  const chunks: Buffer[] = [];
  const log = createJobLog((chunk) => {
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
    return Promise.resolve();
  });
  return { log, text: () => Buffer.concat(chunks).toString() };
}

describe('createJobLog', () => {
  it('begins a line of ours on a line of its own, within a command’s output too', async () => {
    const { log, text } = logged();
    const group = log.openLive('Tests: npm test', 'token');
    await group.write(Buffer.from('half a line'));
    log.say('still running: Tests (10 s)');
    await group.write(Buffer.from(', the rest'));
    await group.end('Tests: passed');
    expect(text().split('\n')).toEqual([
      '::group::Tests: npm test',
      '::stop-commands::token',
      'half a line',
      'Sessionwright: still running: Tests (10 s)',
      ', the rest',
      '::token::',
      '::endgroup::',
      'Sessionwright: Tests: passed',
      '',
    ]);
  });

  it('shows the first eight megabytes of a command’s output and says so, once', async () => {
    const { log, text } = logged();
    const group = log.openLive('Tests', 'token');
    const megabyte = Buffer.from(`${'x'.repeat(1024 * 1024 - 1)}\n`);
    for (let count = 0; count < 12; count += 1) await group.write(megabyte);
    await group.end('Tests: passed');
    expect(text().match(/x{1048575}\n/g)).toHaveLength(8);
    expect(text().match(/the rest of the output is not shown here/g)).toHaveLength(1);
  });

  it('escapes a title as a workflow command’s data', () => {
    const { log, text } = logged();
    log.openLive('50%: a\r\n::error::b', 'token');
    expect(text().split('\n', 1)).toEqual(['::group::50%25: a%0D%0A::error::b']);
  });

  it('settles when the log has taken what was printed', async () => {
    const taken: (() => void)[] = [];
    const log = createJobLog(() => new Promise((resolve) => taken.push(resolve)));
    let settled = false;
    const printed = log.printWhole('Tests', 'token', 'output\n', 'Tests: passed').then(() => {
      settled = true;
    });
    await Promise.resolve();
    expect(settled).toBe(false);
    for (const take of taken) take();
    await printed;
    expect(settled).toBe(true);
  });
});
