import { describe, expect, it } from '@jest/globals';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import {
  attemptOf,
  blocked,
  completed,
  conversationOf,
  decideOn,
  pullOf,
  pullTrigger,
  requested,
  running,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const HISTORY = { history: [attemptOf({ outcome: 'cancelled' })] };

/** The first attempt's pull request stands open. */
function opened(entry: EntryPatch, change: WorldChange = {}): WorldChange {
  return {
    entries: { 'plex-auth': entry },
    conversations: new Map([57, 61].map((number) => [number, conversationOf(number)])),
    trigger: pullTrigger('reopened'),
    ...change,
  };
}

describe('an old pull request that was opened again', () => {
  it.each<[string, EntryPatch, unknown]>([
    [
      'of a module whose next attempt runs points to that',
      running({ attempt: 2, pullRequest: 60, ...HISTORY }),
      { status: 'in-progress', current: 60 },
    ],
    [
      'of a module that is pending offers a retry',
      { status: 'pending', session: { attempt: 1, pullRequest: 57, ...HISTORY } },
      { status: 'pending', current: null },
    ],
    [
      'of a module that is blocked since points to its session',
      blocked({ attempt: 2, pullRequest: 60, ...HISTORY }),
      { status: 'blocked', current: 60 },
    ],
    [
      'of a module that is complete says so',
      { ...completed(), session: { attempt: 2, pullRequest: 60, ...HISTORY } },
      { status: 'complete', current: null },
    ],
  ])('%s, and is closed', (_, entry, answer) => {
    expect(stepsOf(decideOn(opened(entry)), 'close-pull-request')).toMatchObject([
      {
        conversation: 57,
        pointer: {
          answer: { kind: 'stale-pull-request', module: 'plex-auth', ...(answer as object) },
        },
      },
    ]);
  });

  it.each<[string, EntryPatch, WorldChange]>([
    [
      'is closed',
      { status: 'pending', session: { pullRequest: 57 } },
      { conversations: new Map([[57, conversationOf(57, { open: false })]]), pulls: new Map() },
    ],
    ['is the one of the session that runs', running(), {}],
    ['is the one of the session that is blocked', blocked(), {}],
    ['is of no session', { status: 'pending' }, {}],
    [
      'waits for its next attempt, which closes it',
      { ...requested(), session: { ...requested().session, pullRequest: 57, ...HISTORY } },
      { config: { paused: true } },
    ],
    [
      'is closed by the attempt that starts in this run',
      {
        ...requested(),
        session: { ...requested().session, attempt: 1, pullRequest: 57, ...HISTORY },
      },
      {},
    ],
  ])('is left alone where it %s', (_, entry, change) => {
    const pulls = new Map([['plex-auth', pullOf()]]);
    expect(stepsOf(decideOn(opened(entry, { pulls, ...change })), 'close-pull-request')).toEqual(
      [],
    );
  });

  it('is closed by the sweep too, where its event was lost', () => {
    const entry = {
      status: 'pending',
      session: { attempt: 1, pullRequest: 57, ...HISTORY },
    } as const;
    const change = opened(entry, { trigger: { kind: 'schedule' } });
    expect(stepsOf(decideOn(change), 'close-pull-request')).toHaveLength(1);
  });
});
