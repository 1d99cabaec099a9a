import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_STATE, entryOf } from '../../../src/domain/implementation-state.ts';
import type { ImplementationState } from '../../../src/domain/implementation-state.ts';
import {
  parseState,
  renderState,
  updateEntry,
  updateHeader,
} from '../../../src/domain/state-file.ts';
import { attemptOf, BASE_SHA, EARLIER, running } from '../../support/world.ts';

const FILE = 'implementation-state.json';

function read(value: unknown): ImplementationState {
  return readText(JSON.stringify(value, null, 2));
}

function readText(text: string): ImplementationState {
  const parsed = parseState(text, FILE);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join('\n'));
  return parsed.value;
}

function problemsOf(text: string): readonly string[] {
  const parsed = parseState(text, FILE);
  return parsed.ok ? [] : parsed.problems.map((problem) => problem.message);
}

/** The lines that differ between two texts, each with its sign. */
function diff(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line.trim()}`),
  ];
}

/** The design's own sample, with a module of the template's shape and keys nobody here knows. */
const SAMPLE = {
  'event-emitter': {
    status: 'complete',
    completedAt: EARLIER,
    filesModified: ['src/index.ts'],
    implementedBy: 'coding-agent',
    reviewer: { login: 'octocat' },
  },
  'plex-auth': {
    note: 'kept first',
    status: 'in-progress',
    sessionId: '550e8400-e29b-41d4-a716-446655440000',
    $session: {
      zone: 'a key of a later release',
      attempt: 2,
      maxAttempts: 3,
      branch: 'session/plex-auth-2',
      pullRequest: 57,
      baseSha: BASE_SHA,
      headSha: null,
      startedAt: EARLIER,
      mergeSha: null,
      escalation: null,
      request: null,
      failedHeads: [],
      spec: { prompt: 'p', handoff: 'h', types: { PlexToken: 't' } },
      history: [attemptOf()],
    },
    after: 'kept last',
  },
  $sessionwright: { version: 1, dashboard: 12, colour: 'purple' },
  $tool: [1, 2],
};

describe('parseState', () => {
  it('reads an entry with the template’s keys and ours', () => {
    const state = read(SAMPLE);
    expect(state.dashboard).toBe(12);
    expect(entryOf(state, 'plex-auth')).toMatchObject({
      status: 'in-progress',
      sessionId: '550e8400-e29b-41d4-a716-446655440000',
      session: { attempt: 2, pullRequest: 57, history: [{ failureType: 'missing-type' }] },
    });
  });

  it('reads an entry of the template’s that has nothing of ours', () => {
    expect(entryOf(read(SAMPLE), 'event-emitter')).toMatchObject({
      status: 'complete',
      filesModified: ['src/index.ts'],
      sessionId: null,
      session: { attempt: 0, request: null, mergeSha: null },
    });
  });

  it('takes an absent entry for pending', () => {
    expect(entryOf(read({}), 'plex-auth').status).toBe('pending');
  });

  it('reads an empty object as a state without modules', () => {
    expect(read({})).toMatchObject({ dashboard: null, gateRun: null });
  });

  it.each([
    ['an empty file', ''],
    ['a byte order mark and nothing else', '\uFEFF'],
    ['no JSON', 'status: pending'],
    ['a merge conflict', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"{}"'],
    ['a number', '0'],
  ])('refuses %s as unreadable', (_, text) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining('cannot be read')]);
  });

  it.each([
    ['is a list', []],
    ['is null', null],
    ['is a text', 'complete'],
    ['has a status nobody knows', { status: 'done' }],
    ['has a status of another type', { status: 1 }],
    ['has files that are no texts', { filesModified: [1] }],
    ['has a session that is a list', { $session: [] }],
    ['has a session that is a text', { $session: 'x' }],
    ['counts attempts below zero', { $session: { attempt: -1 } }],
    ['counts attempts in fractions', { $session: { attempt: 1.5 } }],
    ['has a pull request that is a text', { $session: { pullRequest: '57' } }],
    ['has a request without a time', { $session: { request: { source: 1, by: 'x' } } }],
    ['has a request that is a list', { $session: { request: [] } }],
    ['has a history that is an object', { $session: { history: {} } }],
    ['has an attempt with an outcome nobody knows', { $session: { history: [{ attempt: 1 }] } }],
    ['has failed heads without failures', { $session: { failedHeads: [{ sha: 'a' }] } }],
    ['has a specification that is a list', { $session: { spec: [] } }],
  ])('refuses an entry that %s, naming it', (_, entry) => {
    const problems = problemsOf(JSON.stringify({ 'plex-auth': entry }));
    expect(problems).toEqual([expect.stringContaining('"plex-auth"')]);
  });

  it.each([
    ['is a list', []],
    ['is a text', '1'],
    ['has a version that is a text', { version: '1' }],
    ['has a dashboard that is a text', { dashboard: 'twelve' }],
    ['has a gate result nobody knows', { gates: { sha: 'a', results: { types: 'maybe' } } }],
  ])('refuses a header that %s', (_, header) => {
    expect(problemsOf(JSON.stringify({ $sessionwright: header }))).toEqual([
      expect.stringContaining('"$sessionwright"'),
    ]);
  });

  it('refuses a newer version, even where every entry could be read', () => {
    expect(problemsOf(JSON.stringify({ $sessionwright: { version: 2 } }))).toEqual([
      expect.stringContaining('version 2'),
    ]);
  });

  it('tells of every bad entry at once', () => {
    expect(problemsOf(JSON.stringify({ a: 1, b: {}, c: { status: 'x' } }))).toHaveLength(2);
  });

  it('names the file, the key and a way out', () => {
    const parsed = parseState('{"a":{"$session":{"attempt":"2"}}}', FILE);
    expect(parsed).toMatchObject({ ok: false, problems: [{ file: FILE, line: null }] });
    expect(parsed.ok ? [] : parsed.problems[0]?.message).toContain('$session.attempt');
    expect(parsed.ok ? [] : parsed.problems[0]?.fix).toContain('last good commit');
  });

  it('never takes a truncated file for a whole one, wherever it is cut', () => {
    const text = renderState(read(SAMPLE)).trimEnd();
    for (let length = 0; length < text.length; length += 1) {
      expect(parseState(text.slice(0, length), FILE).ok).toBe(false);
    }
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseState(text, FILE)).not.toThrow();
      }),
    );
  });
});

describe('renderState', () => {
  it('gives back a file of two-space JSON to the byte', () => {
    const text = `${JSON.stringify(SAMPLE, null, 2)}\n`;
    expect(renderState(readText(text))).toBe(text);
  });

  it('is what parseState reads, keys that nobody knows included', () => {
    const value = fc.dictionary(
      fc.stringMatching(/^[a-z]{2,8}$/u),
      fc.record({ status: fc.constantFrom('pending', 'complete'), extra: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(value, (raw) => {
        const state = read(raw);
        expect(read(JSON.parse(renderState(state)))).toEqual(state);
        expect(JSON.parse(renderState(state))).toEqual(JSON.parse(JSON.stringify(raw)));
      }),
    );
  });

  it('starts an empty state with what it says of itself', () => {
    expect(renderState(EMPTY_STATE)).toBe(
      '{\n  "$sessionwright": {\n    "version": 1,\n    "dashboard": null\n  }\n}\n',
    );
  });
});

describe('updateEntry', () => {
  it('changes the lines of the keys that it names and no others', () => {
    const before = read(SAMPLE);
    const after = updateEntry(before, 'plex-auth', {
      status: 'review',
      session: { headSha: 'abc' },
    });
    expect(diff(renderState(before), renderState(after))).toEqual([
      '-"status": "in-progress",',
      '-"headSha": null,',
      '+"status": "review",',
      '+"headSha": "abc",',
    ]);
  });

  it('keeps the order of the keys that are there, those nobody knows included', () => {
    const state = updateEntry(read(SAMPLE), 'plex-auth', {
      status: 'review',
      session: { attempt: 3 },
    });
    const raw: unknown = JSON.parse(renderState(state));
    expect(Object.keys(state.raw)).toEqual(Object.keys(SAMPLE));
    expect(raw).toEqual({
      ...SAMPLE,
      'plex-auth': {
        ...SAMPLE['plex-auth'],
        status: 'review',
        $session: { ...SAMPLE['plex-auth'].$session, attempt: 3 },
      },
    });
    expect(JSON.stringify(raw).indexOf('"zone"')).toBeLessThan(
      JSON.stringify(raw).indexOf('"attempt":3'),
    );
  });

  it('puts new keys of the template before ours', () => {
    const asked = updateEntry(EMPTY_STATE, 'plex-auth', { status: 'pending', session: {} });
    const started = updateEntry(asked, 'plex-auth', { sessionId: 'x', blockedReason: null });
    expect(entryKeys(started, 'plex-auth')).toEqual([
      'status',
      'sessionId',
      'blockedReason',
      '$session',
    ]);
  });

  it('puts new keys of the template before ours, and leaves foreign keys after ours', () => {
    const state = updateEntry(read(SAMPLE), 'plex-auth', { blockedReason: 'Stuck.' });
    expect(entryKeys(state, 'plex-auth')).toEqual([
      'note',
      'status',
      'sessionId',
      'blockedReason',
      '$session',
      'after',
    ]);
  });

  it('gives an entry without a status the one it stands for', () => {
    const state = updateEntry(read({ a: { note: 1 } }), 'a', { session: { attempt: 1 } });
    expect(entryKeys(state, 'a')).toEqual(['note', 'status', '$session']);
    expect(JSON.parse(renderState(state))).toMatchObject({ a: { status: 'pending' } });
  });

  it('holds in memory what its text says when it is read again', () => {
    const session = { attempt: 3, branch: 'session/plex-auth-3' };
    const state = updateEntry(read(SAMPLE), 'plex-auth', running(session));
    expect(entryOf(readText(renderState(state)), 'plex-auth')).toEqual(entryOf(state, 'plex-auth'));
  });

  it('leaves the state it was given as it was', () => {
    const before = read(SAMPLE);
    const text = renderState(before);
    updateEntry(before, 'plex-auth', { status: 'complete', session: { attempt: 9 } });
    expect(renderState(before)).toBe(text);
    expect(entryOf(before, 'plex-auth').session.attempt).toBe(2);
  });

  it('adds a module after those that are there', () => {
    const state = updateEntry(read(SAMPLE), 'storage', { status: 'pending' });
    expect(Object.keys(state.raw)).toEqual([...Object.keys(SAMPLE), 'storage']);
  });

  it('changes nothing of a state by an empty patch but what the entry stands for', () => {
    const once = updateEntry(read(SAMPLE), 'plex-auth', {});
    expect(renderState(once)).toBe(renderState(read(SAMPLE)));
  });
});

describe('hostile keys', () => {
  it('keeps a `__proto__` key as data and lets it reach nothing', () => {
    const text = '{"__proto__":{"status":"complete"},"a":{"__proto__":{"polluted":1},"x":1}}';
    const state = updateEntry(readText(text), 'a', { status: 'review', session: { attempt: 1 } });
    const again = updateHeader(state, { dashboard: 3 });
    expect(Object.getPrototypeOf(again.raw)).toBe(Object.prototype);
    expect(renderState(again)).toContain('"__proto__": {\n      "polluted": 1');
    expect(entryOf(again, 'a')).toMatchObject({ status: 'review' });
    expect(entryOf(again, 'b').status).toBe('pending');
    expect('polluted' in {}).toBe(false);
  });

  it('knows no module by the name of what every object inherits', () => {
    const state = updateEntry(EMPTY_STATE, 'constructor', { status: 'blocked' });
    expect(entryOf(EMPTY_STATE, 'constructor').status).toBe('pending');
    expect(entryOf(readText(renderState(state)), 'constructor').status).toBe('blocked');
  });

  it('keeps gate results by names that every object inherits', () => {
    const gateRun = { sha: BASE_SHA, results: { constructor: 'passed' as const } };
    const state = updateHeader(EMPTY_STATE, { gateRun });
    expect(readText(renderState(state)).gateRun?.results['constructor']).toBe('passed');
  });
});

describe('updateHeader', () => {
  it('keeps keys that nobody knows and changes the one that it names', () => {
    const before = read(SAMPLE);
    const after = updateHeader(before, { dashboard: 13 });
    expect(after.dashboard).toBe(13);
    expect(diff(renderState(before), renderState(after))).toEqual([
      '-"dashboard": 12,',
      '+"dashboard": 13,',
    ]);
  });

  it('gives a state that was imported its version', () => {
    const state = updateHeader(read({ a: {} }), { dashboard: 1 });
    expect(JSON.parse(renderState(state))).toEqual({
      a: {},
      $sessionwright: { version: 1, dashboard: 1 },
    });
  });

  it('records the gate commands’ result, which a later change of the dashboard leaves', () => {
    const gateRun = { sha: BASE_SHA, results: { 'shared-types': 'passed' as const } };
    const state = updateHeader(updateHeader(EMPTY_STATE, { gateRun }), { dashboard: 1 });
    expect(readText(renderState(state))).toMatchObject({ gateRun, dashboard: 1 });
  });
});

function entryKeys(state: ImplementationState, module: string): readonly string[] {
  const raw: unknown = JSON.parse(renderState(state));
  if (typeof raw !== 'object' || raw === null || !(module in raw)) return [];
  const entry: unknown = Object.entries(raw).find(([key]) => key === module)?.[1];
  return typeof entry === 'object' && entry !== null ? Object.keys(entry) : [];
}
