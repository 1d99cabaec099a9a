import { describe, expect, it } from '@jest/globals';
import { EMPTY_STATE } from '../../../src/domain/implementation-state.ts';
import {
  parseState,
  renderState,
  salvageState,
  updateEntry,
  updateHeader,
} from '../../../src/domain/state-file.ts';
import { attemptOf, running } from '../../support/world.ts';

const FILE = 'implementation-state.json';

const WHOLE = renderState(
  updateHeader(
    updateEntry(
      updateEntry(EMPTY_STATE, 'core', {
        ...running({ attempt: 2, branch: 'session/core-2', history: [attemptOf({ attempt: 1 })] }),
        filesModified: ['src/größe.ts'],
      }),
      'auth',
      { status: 'pending' },
    ),
    { dashboard: 3 },
  ),
);

/** What a person is told of a text that cannot be read whole; empty where it can. */
function told(text: string): string {
  const parsed = parseState(text, FILE);
  if (parsed.ok) return '';
  return parsed.problems.map(({ message, fix }) => `${message} ${fix}`).join('\n');
}

const RAW = JSON.parse(WHOLE) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The file with an entry's session changed by hand. */
function edited(session: Readonly<Record<string, unknown>>, entry = {}): string {
  const { core } = RAW;
  const own = core?.['$session'] as Readonly<Record<string, unknown>>;
  return JSON.stringify({ ...RAW, core: { ...core, ...entry, $session: { ...own, ...session } } });
}

describe('a state file that is damaged', () => {
  it('is refused wherever its bytes are cut, with word of how to mend it', () => {
    const bytes = Buffer.from(WHOLE);
    // The last byte is the newline that ends the file.
    for (let length = 0; length < bytes.length - 1; length += 1) {
      const text = bytes.subarray(0, length).toString('utf8');
      expect({ length, told: told(text) }).toEqual({
        length,
        told: expect.stringMatching(/Nothing was written\..*mode: repair/su),
      });
    }
  });

  it('is read whole or refused, never thrown at, whichever byte is garbled', () => {
    const bytes = Buffer.from(WHOLE);
    for (let at = 0; at < bytes.length; at += 1) {
      const garbled = Buffer.from(bytes);
      garbled[at] = (garbled[at] ?? 0) ^ 0x15;
      const text = told(garbled.toString('utf8'));
      if (text !== '') expect(text).toContain('Nothing was written.');
    }
  });

  it.each([
    ['a branch of another attempt', edited({ branch: 'session/core-1' })],
    ['a count of attempts that was put back', edited({ attempt: 0, branch: null })],
    ['no session id where it runs', edited({}, { sessionId: null })],
    ['no base where it runs', edited({ baseSha: null })],
    ['no pull request where it is in review', edited({ pullRequest: null }, { status: 'review' })],
    ['a status of another word', edited({}, { status: 'done' })],
  ])('is refused where an entry was edited by hand to %s, naming it', (_, text) => {
    expect(told(text)).toMatch(/The entry "core".*mode: repair/su);
  });

  it('is read with keys that nobody knows, at any depth', () => {
    expect(told(edited({ later: { a: 1 } }, { note: 'kept' }))).toBe('');
  });
});

describe('salvageState', () => {
  it('keeps the entries that can be read and names those that cannot', () => {
    const text = JSON.stringify({ ...RAW, auth: { status: 7 }, note: { kept: true } });
    const salvaged = salvageState(text, FILE);
    expect(salvaged).toMatchObject({ ok: true, value: { broken: ['auth'] } });
    if (!salvaged.ok) return;
    expect([...salvaged.value.state.entries.keys()]).toEqual(['core', 'note']);
    expect(salvaged.value.state.dashboard).toBe(3);
  });

  it('has nothing of a text that is no JSON', () => {
    expect(salvageState(WHOLE.slice(0, 50), FILE)).toMatchObject({
      ok: true,
      value: { state: EMPTY_STATE },
    });
  });

  it('leaves a newer version alone', () => {
    const text = JSON.stringify({ ...RAW, $sessionwright: { version: 2 } });
    expect(salvageState(text, FILE)).toMatchObject({ ok: false });
  });
});
