import { describe, expect, it } from '@jest/globals';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import type { Trigger } from '../../../src/domain/trigger.ts';
import type { Conversation } from '../../../src/domain/world.ts';
import {
  attemptOf,
  blocked,
  completed,
  conversationOf,
  decideOn,
  entryAfter,
  HEAD_SHA,
  inReview,
  messagesOf,
  NOW,
  pullOf,
  requested,
  running,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const RESOLVED = attemptOf({ resolution: 'Use PlexToken.', resolvedBy: 'coder', escalation: 61 });
const SECOND = { attempt: 2, pullRequest: 60, history: [RESOLVED] };

function reopened(
  entry: EntryPatch,
  issue: Partial<Conversation> = {},
  trigger: Trigger = { kind: 'schedule' },
): WorldChange {
  const by = { reopened: { by: 'coder' }, ...issue };
  return {
    entries: { 'plex-auth': entry },
    pulls: new Map([['plex-auth', pullOf({ number: 60 })]]),
    conversations: new Map([[61, conversationOf(61, by)]]),
    config: { paused: true },
    trigger,
  };
}

const OPENED: Trigger = {
  kind: 'issue',
  action: 'reopened',
  number: 61,
  sender: { login: 'coder', bot: false },
};

describe('a resolved escalation that somebody opened again', () => {
  it.each([
    ['in-progress', running(SECOND)],
    ['review', inReview(SECOND)],
  ])('blocks its module again and stops the session: %s', (status, entry) => {
    for (const trigger of [OPENED, { kind: 'schedule' } as const]) {
      const change = reopened(entry, {}, trigger);
      const decision = decideOn(change);
      expect(messagesOf(decision)).toEqual([`plex-auth: ${status} → blocked (#61 reopened)`]);
      expect(stepsOf(decision, 'publish')).toMatchObject([
        { outcome: { kind: 'stopped' }, escalation: 61, judgement: null, pull: { number: 60 } },
      ]);
      expect(stepsOf(decision, 'answer')).toMatchObject([
        { conversation: 61, answer: { kind: 'blocked-again', by: 'coder' } },
      ]);
      expect(entryAfter(change)).toMatchObject({
        status: 'blocked',
        blockedReason: 'Escalation #61 was reopened by coder.',
        blockedAt: NOW,
        completedAt: null,
        session: {
          escalation: 61,
          request: null,
          headSha: HEAD_SHA,
          history: [
            { attempt: 1, escalation: 61 },
            { attempt: 2, outcome: 'halted', failureType: 'missing-type', escalation: null },
          ],
        },
      });
    }
  });

  it('blocks a module that waits, whose attempt is told already', () => {
    const waiting = {
      ...requested(),
      session: { ...requested().session, attempt: 1, history: [RESOLVED] },
    };
    const change = reopened(waiting);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: pending → blocked (#61 reopened)']);
    expect(entryAfter(change).session).toMatchObject({ request: null, history: [{ attempt: 1 }] });
  });

  it('is cleared as any escalation is, and blocks nothing once it is closed', () => {
    const closed = {
      open: false,
      closed: { by: 'coder', reason: 'completed' },
      reopened: null,
    } as const;
    const entry = blocked({
      ...SECOND,
      escalation: 61,
      history: [RESOLVED, attemptOf({ attempt: 2 })],
    });
    expect(messagesOf(decideOn(reopened(entry, closed)))).toEqual([
      'plex-auth: blocked → pending (#61 resolved)',
    ]);
    expect(decideOn(reopened(running(SECOND), closed)).steps).toEqual([]);
  });

  it.each(['helper', 'stranger'])('by %s blocks nothing, and is told why', (by) => {
    const decision = decideOn(reopened(running(SECOND), { reopened: { by } }));
    expect(messagesOf(decision)).toEqual([]);
    expect(stepsOf(decision, 'answer')).toMatchObject([
      { conversation: 61, answer: { kind: 'not-permitted', login: by, needs: 'write' } },
    ]);
  });

  it.each([
    ['complete', { ...completed(), session: { attempt: 2, history: [RESOLVED] } }, null],
    ['blocked', blocked({ ...SECOND, escalation: 70 }), 70],
  ] as const)(
    'of a module that is %s moves nothing, and says so once',
    (status, entry, escalation) => {
      const change = reopened(entry, {}, OPENED);
      const conversations = new Map([
        ...(change.conversations ?? []),
        [70, conversationOf(70)] as const,
      ]);
      const decision = decideOn({ ...change, conversations });
      expect(messagesOf(decision)).toEqual([]);
      expect(stepsOf(decision, 'answer')).toMatchObject([
        { conversation: 61, answer: { kind: 'not-blocked-again', status, escalation } },
      ]);
      const swept = { ...change, conversations, trigger: { kind: 'schedule' as const } };
      expect(stepsOf(decideOn(swept), 'answer')).toEqual([]);
    },
  );

  it('that is the one the module is blocked by is no news', () => {
    expect(stepsOf(decideOn(reopened(blocked())), 'answer')).toEqual([]);
    expect(messagesOf(decideOn(reopened(blocked())))).toEqual([]);
  });
});

describe('a resolved escalation that was never closed', () => {
  it('was left by a run that was cut off: it is closed now', () => {
    for (const entry of [running(SECOND), { ...requested(), session: { history: [RESOLVED] } }]) {
      expect(stepsOf(decideOn(reopened(entry, { reopened: null })), 'close-issue')).toEqual([
        { kind: 'close-issue', conversation: 61 },
      ]);
    }
  });

  it('of an attempt before the last one is nobody’s to close', () => {
    const history = [RESOLVED, attemptOf({ attempt: 2 })];
    const change = reopened(running({ ...SECOND, attempt: 3, history }), { reopened: null });
    expect(stepsOf(decideOn(change), 'close-issue')).toEqual([]);
  });
});
