import { describe, expect, it } from '@jest/globals';
import {
  attemptOf,
  conversationOf,
  decideOn,
  DOCUMENT_SHA,
  HEAD_SHA,
  pullOf,
  requested,
  running,
  stateAfter,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

/** A second attempt that is due; the first one's head was judged at `DOCUMENT_SHA`. */
function due(change: WorldChange = {}, session: object = {}): WorldChange {
  const before = { ...running().session, ...requested().session, history: [attemptOf()] };
  return {
    config: { retry: 'continue' },
    entries: { 'plex-auth': { ...requested(), session: { ...before, ...session } } },
    conversations: new Map([[57, conversationOf(57, { headSha: HEAD_SHA })]]),
    ...change,
  };
}

function begun(change: WorldChange): unknown {
  return stepsOf(decideOn(change), 'start')[0]?.continues;
}

describe('with retry: continue, an attempt', () => {
  it('begins at the last one’s head, also where that was never judged', () => {
    expect(begun(due())).toBe(HEAD_SHA);
    const state = stateAfter(due(), decideOn(due()));
    expect(state.entries.get('plex-auth')?.session.continues).toEqual({
      attempt: 2,
      from: HEAD_SHA,
    });
  });

  it.each<[string, string | null, WorldChange]>([
    [
      'at the head that was judged, where the pull request is not to be seen',
      DOCUMENT_SHA,
      due({ conversations: new Map() }),
    ],
    [
      'at the head of the session that ended in this very run',
      'newest',
      due({
        pulls: new Map([
          ['plex-auth', pullOf({ headSha: 'newest', open: false, state: 'closed' })],
        ]),
      }),
    ],
    ['at the base, where the config says fresh', null, due({ config: { retry: 'fresh' } })],
    ['at the base, where it is the first', null, due({}, { history: [] })],
    [
      'at the base, where the last one was merged',
      null,
      due({}, { history: [attemptOf({ outcome: 'merged' })] }),
    ],
    [
      'at the base, where its work is there although it was never verified',
      null,
      due({}, { mergeSha: 'm' }),
    ],
    [
      'at the base, where the last one had no pull request',
      null,
      due({}, { history: [attemptOf({ pullRequest: null })] }),
    ],
  ])('begins %s', (_, from, change) => {
    expect(begun(change)).toBe(from);
  });

  it('begins at the base where one of its number had begun elsewhere and was taken back', () => {
    const taken = { continues: { attempt: 2, from: 'old' } };
    const change = due({ config: { retry: 'fresh' } }, taken);
    expect(begun(change)).toBeNull();
    const { entries } = stateAfter(change, decideOn(change));
    expect(entries.get('plex-auth')?.session.continues).toBeNull();
  });

  it('that is resumed goes on from where it was claimed to begin, whatever the config says by now', () => {
    const session = {
      attempt: 2,
      pullRequest: null,
      headSha: null,
      continues: { attempt: 2, from: 'old' },
    };
    const entries = { 'plex-auth': running(session) };
    expect(begun({ entries })).toBe('old');
    const older = running({ ...session, continues: { attempt: 1, from: 'old' } });
    expect(begun({ entries: { 'plex-auth': older } })).toBeNull();
  });
});

describe('what an earlier attempt claimed', () => {
  const claim = { kind: 'halt', failureType: null, reason: 'Unclear.' } as const;
  const session = { attempt: 2, headSha: DOCUMENT_SHA, continues: { attempt: 2, from: 'old' } };
  const pulls = (headSha: string) => new Map([['plex-auth', pullOf({ claim, headSha })]]);
  const entries = { 'plex-auth': running(session) };

  it('halts no session that continues it, until somebody pushes', () => {
    expect(stepsOf(decideOn({ entries, pulls: pulls(DOCUMENT_SHA) }), 'block')).toEqual([]);
    expect(stepsOf(decideOn({ entries, pulls: pulls(HEAD_SHA) }), 'block')).toHaveLength(1);
  });
});
