import { describe, expect, it } from '@jest/globals';
import { readStateEdit } from '../../../src/domain/state-edit.ts';

const HALT = { status: 'blocked', blockedReason: 'Unclear.', failureType: 'spec-ambiguity' };
const BASE = { core: { status: 'complete' }, auth: { status: 'pending' } };

function edit(head: unknown, base: unknown = BASE) {
  const text = (value: unknown): string | null =>
    value === null || typeof value === 'string' ? value : JSON.stringify(value);
  return readStateEdit(text(head), text(base), 'auth');
}

describe('readStateEdit', () => {
  it.each([
    ['is nothing where the file is as on the base', BASE, null],
    [
      'reads a changed entry of one’s own as a claim',
      { ...BASE, auth: HALT },
      {
        claim: { kind: 'halt', failureType: 'spec-ambiguity', reason: 'Unclear.' },
        foreign: [],
      },
    ],
    [
      'does not take an unchanged entry for a claim, and names another module’s changed one',
      { ...BASE, core: { status: 'pending' } },
      { claim: null, foreign: ['core'] },
    ],
    ['names an entry that was taken out', { auth: BASE.auth }, { claim: null, foreign: ['core'] }],
    [
      'names every entry of a file that is gone but its own',
      null,
      { claim: null, foreign: ['core'] },
    ],
    ['says nothing of what is no JSON', '{"auth": ', { claim: null, foreign: ['core'] }],
    [
      'does not count our own header as a module',
      { ...BASE, $sessionwright: { version: 9 } },
      { claim: null, foreign: [] },
    ],
  ])('%s', (_, head, expected) => {
    expect(edit(head)).toEqual(expected);
  });

  it('is a claim where the base has no such file', () => {
    expect(edit({ auth: HALT }, null)?.claim).toMatchObject({ kind: 'halt' });
  });

  it('names twenty modules at most', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`m${at}`, {}]));
    expect(edit(many, null)?.foreign).toHaveLength(20);
  });
});
