import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/domain/failure.ts';
import { fingerprint } from '../../../src/failures/fingerprint.ts';
import { secondsOfWork } from './tool-output.ts';

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
    expect(of(['expected 1 to equal 2'])).toBe('test-failure/test/a5f16fa94dc1796e');
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
    ['a temporary folder', 'open /tmp/x-1/a failed', 'open /tmp/y-2/a failed'],
    ['the checkout', "missing '/home/a/src/x.ts'", "missing '/opt/b/src/x.ts'"],
    ['the attempt', 'in session/plex-auth-1', 'in session/plex-auth-2'],
  ])('does not change with %s', (_case, one, other) => {
    expect(of([one])).toBe(of([other]));
  });

  it.each([
    ['an expected value', 'expected 3 to equal 4', 'expected 5 to equal 4'],
    ['a name', 'PlexPin is missing', 'PlexToken is missing'],
  ])('changes with %s', (_case, one, other) => {
    expect(of([one])).not.toBe(of([other]));
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
      expect(secondsOfWork(() => of([long], {}, long))).toBeLessThan(1);
    },
  );
});
