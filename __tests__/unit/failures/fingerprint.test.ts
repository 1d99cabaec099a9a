import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/domain/failure.ts';
import { fingerprint } from '../../../src/failures/fingerprint.ts';
import { isDoneWithin } from '../../support/seconds-of-work.ts';
import { onWindows, parsed, toolOutput, WINDOWS_ROOT } from './tool-output.ts';

function of(messages: readonly string[], patch: Partial<Diagnostic> = {}, evidence = ''): string {
  const diagnostics = messages.map((message) => ({
    file: 'src/a.ts',
    line: 1,
    column: 1,
    severity: 'error' as const,
    code: null,
    message,
    ...patch,
  }));
  const failure = { type: 'test-failure', source: 'test', message: 'failed', diagnostics };
  return fingerprint('plex-auth', failure, evidence);
}

describe('fingerprint', () => {
  it('is readable, short and the same everywhere', () => {
    expect(of(['expected 1 to equal 2'])).toBe('test-failure/test/0667c603485a78f6');
  });

  it('does not change with the order, the lines or a repeated message', () => {
    expect(of(['a', 'b'], { line: 1 })).toBe(of(['b', 'a', 'b'], { line: 9, column: null }));
  });

  it.each([
    ['a duration', 'timed out after 2001 ms', 'timed out after 1999ms'],
    ['a position', 'at src/a.ts:12:5', 'at src/a.ts:14:7'],
    ['a position in brackets', 'a.ts(12,5) fails', 'a.ts(1,2) fails'],
    ['a line in words', 'see line 12', 'see line 300'],
    ['an address', 'object at 0x7ffee4', 'object at 0x1a2b'],
    ['a moment', 'since 2026-01-02T03:04:05.678Z', 'since 2027-02-03T04:05:06Z'],
    [
      'a UUID',
      'id 550e8400-e29b-41d4-a716-446655440000',
      'id 123e4567-e89b-12d3-a456-426614174000',
    ],
    ['a date', 'on Sun, 22 Nov 2026 or 2026-11-22', 'on Mon, 3 May 2027 or 2027-05-03'],
    ['an American date', 'since 11/22/2026, 5:04:03 PM', 'since 1/2/2026, 11:04:03 AM'],
    [
      'a date as JavaScript prints it',
      'at Sun Nov 22 2026 17:53:13 GMT+0000 (Coordinated Universal Time)',
      'at Tue Dec 01 2026 01:02:03 GMT+0100 (Central European Standard Time)',
    ],
    ['a random id', 'key 6d1c63395f2a96ef', 'key 356bd9b5ea9cf2fc'],
    ['a commit', 'at c4ea560d8d0f2b11', 'at 2be73ab0f3c9a1d2'],
    ['milliseconds since 1970', 'stamp 1795369921558', 'stamp 1795369929999'],
    ['a port', 'connect ECONNREFUSED 127.0.0.1:46615', 'connect ECONNREFUSED 127.0.0.1:3742'],
    ['a port of this machine', 'http://localhost:46615/a', 'http://localhost:374/a'],
    ['a port in words', 'port 46615 is taken', 'port 8 is taken'],
    ['a process', 'killed pid 22242', 'killed pid 7'],
    ['a seed', 'seed: 12345', 'seed: 9'],
    ['a temporary folder', 'open /tmp/x-1/a failed', 'open /tmp/y-2/a failed'],
    ['a temporary file', "open '/tmp/x-1.json'", "open '/tmp/y-2.json'"],
    [
      'the temporary folder of another system',
      "open '/private/var/folders/ab/c1/T/x-1/token.json'",
      String.raw`open 'C:\Users\a\AppData\Local\Temp\y-2\token.json'`,
    ],
    ['the end of a message that was cut', `${'1 ms '.repeat(150)}x…`, `${'10 ms '.repeat(150)}y…`],
    ['the checkout', "missing '/home/a/src/x.ts'", "missing '/opt/b/src/x.ts'"],
    ['the attempt', 'in session/plex-auth-1', 'in session/plex-auth-2'],
  ])('does not change with %s', (_case, one, other) => {
    expect(of([one])).toBe(of([other]));
  });

  it.each([
    ['an expected value', 'expected 3 to equal 4', 'expected 5 to equal 4'],
    ['a name', 'PlexPin is missing', 'PlexToken is missing'],
    ['a value in an object', 'expected {"count":3}', 'expected {"count":4}'],
    ['what was received', 'expected 1\nReceived: 2', 'expected 1\nReceived: 3'],
    ['a file in a temporary folder', 'open /tmp/x/a.json', 'open /tmp/x/b.json'],
    ['a word that is hexadecimal', 'add the facade', 'add the decade'],
  ])('changes with %s', (_case, one, other) => {
    expect(of([one])).not.toBe(of([other]));
  });

  it('changes with the module, the type, the source, the file and the code', () => {
    const [message] = ['expected 1 to equal 2'];
    const failure = { type: 'test-failure', source: 'test', message: 'failed', diagnostics: [] };
    const all = [
      fingerprint('plex-auth', failure, message),
      fingerprint('plex-api', failure, message),
      fingerprint('plex-auth', { ...failure, type: 'lint-error' }, message),
      fingerprint('plex-auth', { ...failure, source: 'unit' }, message),
      of([message], { file: 'src/b.ts' }),
      of([message], { code: 'TS1' }),
      of([message]),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(['mocha', 'jest'])('is equal for two real runs of the same tests under %s', (tool) => {
    const [first, second] = ['first', 'second'].map((run) => {
      const output = toolOutput(`${tool}-volatile-${run}`);
      const { diagnostics } = parsed(output);
      expect(diagnostics).toHaveLength(4);
      const failure = { type: 'test-failure', source: 'test', message: '', diagnostics };
      return diagnostics.map((one) => fingerprint('a', { ...failure, diagnostics: [one] }));
    });
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(4);
  });

  it('is equal for a Windows runner and another', () => {
    const failure = { type: 'test-failure', source: 'test', message: '' };
    const [windows, other] = [
      parsed(onWindows(toolOutput('vitest-broken')), WINDOWS_ROOT),
      parsed(toolOutput('vitest-broken')),
    ].map(({ diagnostics }) => fingerprint('a', { ...failure, diagnostics }));
    expect(windows).toBe(other);
  });

  it('does not change with any number in a place that changes from run to run', () => {
    const numbers = fc.tuple(
      fc.nat({ max: 99_999_999 }),
      fc.nat({ max: 99_999 }),
      fc.nat({ max: 9999 }),
      fc.uuid(),
    );
    const told = ([line, port, ms, id]: [number, number, number, string]): string =>
      of([
        `${id} at src/a.ts:${line}:${ms} (a.ts(${line},1)) on localhost:${port} took ${ms} ms, see line ${line} of /tmp/x-${port}/a`,
      ]);
    fc.assert(fc.property(numbers, numbers, (one, other) => expect(told(one)).toBe(told(other))));
  });

  it('changes with any word that is told', () => {
    const word = fc.stringMatching(/^[g-z]{3,12}$/);
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(of([`missing ${one}`]) === of([`missing ${other}`])).toBe(one === other);
      }),
    );
  });

  it('rests on the end of the output where a tool gave no messages', () => {
    expect(of([], {}, 'boom in 3 ms')).toBe(of([], {}, 'boom in 4 ms'));
    expect(of([], {}, 'boom')).not.toBe(of([], {}, 'bang'));
  });

  it('takes any text, and gives a key of one shape', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (message, evidence) => {
        expect(of([message], {}, evidence)).toMatch(/^test-failure\/test\/[0-9a-f]{16}$/);
      }),
    );
  });

  it.each(['1', 'a', '0x', ':1', '/', '(1,', '1.', 'line 1 ', 'plex-auth-'])(
    'reads a megabyte of %s in under a second',
    (piece) => {
      const long = piece.repeat(1_000_000 / piece.length);
      expect(isDoneWithin(1, () => of([long], {}, long))).toBe(true);
    },
  );
});
