import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_LIMIT_CHARACTERS, parseClaim } from '../../../src/domain/claim.ts';
import type { Claim } from '../../../src/domain/escalation.ts';

function claimOf(entry: unknown): Claim | null {
  return parseClaim(JSON.stringify({ 'plex-auth': entry }), 'plex-auth');
}

describe('a claim of HALT', () => {
  it('holds its type and its reason', () => {
    const entry = {
      status: 'blocked',
      blockedReason: ' A type is missing.\n',
      blockedAt: '2026-01-12T09:30:00Z',
      failureType: 'missing-type',
    };
    expect(claimOf(entry)).toEqual({
      kind: 'halt',
      failureType: 'missing-type',
      reason: 'A type is missing.',
    });
  });

  it.each([{}, { failureType: null }])('needs no type: %j', (change) => {
    expect(claimOf({ status: 'blocked', blockedReason: 'Stuck.', ...change })).toEqual({
      kind: 'halt',
      failureType: null,
      reason: 'Stuck.',
    });
  });

  it.each([{}, { blockedReason: null }, { blockedReason: '' }, { blockedReason: ' \n' }])(
    'is one without a reason too: %j',
    (change) => {
      expect(claimOf({ status: 'blocked', ...change })).toEqual({
        kind: 'halt',
        failureType: null,
        reason: 'The coder gave no reason.',
      });
    },
  );

  it.each(['<description>', '[description]', ' <Description> '])(
    'gives no reason where the document’s entry was not filled in: %j',
    (blockedReason) => {
      const failureType = '[missing-type, spec-ambiguity or impossible-assertion]';
      expect(claimOf({ status: 'blocked', blockedReason, failureType })).toEqual({
        kind: 'halt',
        failureType: null,
        reason: 'The coder gave no reason.',
      });
    },
  );

  it.each([
    ['[Prompt 3 does not define it]', '[Prompt 3 does not define it]'],
    ['<description> is a placeholder', '<description> is a placeholder'],
  ])('gives a reason in brackets all the same: %j', (blockedReason, reason) => {
    expect(claimOf({ status: 'blocked', blockedReason })).toMatchObject({ reason });
  });

  it('stands among keys that nobody knows and entries of others', () => {
    const text = JSON.stringify({
      storage: { status: 'complete' },
      'plex-auth': { status: 'blocked', mood: 'sad' },
    });
    expect(parseClaim(text, 'plex-auth')?.kind).toBe('halt');
  });
});

describe('a claim of done', () => {
  it.each(['complete', 'review'])('has the status %s', (status) => {
    expect(claimOf({ status })).toEqual({ kind: 'done' });
  });
});

describe('no claim', () => {
  it.each(['pending', 'in-progress', 'Blocked', 'done', ''])('has the status %j', (status) => {
    expect(claimOf({ status })).toBeNull();
  });

  it.each([
    ['is of another module', '{"storage":{"status":"blocked"}}'],
    ['is of a module whose name only begins so', '{"plex-auth-2":{"status":"blocked"}}'],
    ['is inherited', '{"__proto__":{"plex-auth":{"status":"blocked"}}}'],
    ['has no status', '{"plex-auth":{"blockedReason":"x"}}'],
    ['has a status that is no text', '{"plex-auth":{"status":["blocked"]}}'],
    ['has a reason that is no text', '{"plex-auth":{"status":"blocked","blockedReason":{}}}'],
    ['is a list', '[{"plex-auth":{"status":"blocked"}}]'],
    ['is null', 'null'],
    ['is a text', '"blocked"'],
    ['is cut off', '{"plex-auth":{"status":"blo'],
    ['is empty', ''],
  ])('%s', (_, text) => {
    expect(parseClaim(text, 'plex-auth')).toBeNull();
  });

  it('is longer than what is read', () => {
    const fits = JSON.stringify({ 'plex-auth': { status: 'blocked' } });
    expect(parseClaim(fits.padEnd(CLAIM_LIMIT_CHARACTERS), 'plex-auth')).not.toBeNull();
    expect(parseClaim(fits.padEnd(CLAIM_LIMIT_CHARACTERS + 1), 'plex-auth')).toBeNull();
  });

  it.each(['constructor', 'toString', '__proto__'])('comes of a module named %s', (module) => {
    expect(parseClaim('{}', module)).toBeNull();
  });

  it('makes it throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(() => parseClaim(text, 'plex-auth')).not.toThrow();
      }),
    );
  });
});
