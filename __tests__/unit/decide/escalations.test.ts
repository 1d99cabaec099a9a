import { describe, expect, it } from '@jest/globals';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import type { Conversation } from '../../../src/domain/world.ts';
import {
  attemptOf,
  blocked,
  conversationOf,
  decideOn,
  entryAfter,
  messagesOf,
  moduleOf,
  NOW,
  pullOf,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const COMPLETED = { by: 'coder', reason: 'completed' } as const;

function escalated(
  issue: Partial<Conversation>,
  entry: EntryPatch = blocked(),
  change: WorldChange = {},
): WorldChange {
  return {
    entries: { 'plex-auth': entry },
    conversations: new Map([[61, conversationOf(61, { ours: true, ...issue })]]),
    config: { paused: true },
    ...change,
  };
}

function comment(body: string, ours = false) {
  return { id: body, ours, author: 'coder', body };
}

describe('an escalation closed as completed', () => {
  const closed = { open: false, closed: COMPLETED };

  it('re-arms its module: pending and requested by who closed it', () => {
    const change = escalated(closed);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: blocked → pending (#61 resolved)']);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      blockedReason: null,
      blockedAt: null,
      session: { escalation: null, maxAttempts: 3, request: { source: 61, by: 'coder', at: NOW } },
    });
    expect(stepsOf(decideOn(change), 'answer')).toContainEqual({
      kind: 'answer',
      conversation: 61,
      key: 'resumed 1',
      answer: { kind: 'resumed', module: 'plex-auth', by: 'coder', nextAttempt: 2, maxAttempts: 3 },
    });
  });

  it('starts the next attempt in the same run', () => {
    const change = escalated(closed, blocked(), { config: {} });
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: blocked → pending (#61 resolved)',
      'plex-auth: pending → in-progress (attempt 2)',
    ]);
  });

  it('records the last comment of whoever closed it as the resolution, and nobody else’s', () => {
    const comments = [
      comment('First.'),
      comment(' Use PlexToken. \n'),
      comment('Ours.', true),
      { ...comment('Run this instead.'), author: 'stranger' },
    ];
    const { history } = entryAfter(escalated({ ...closed, comments })).session;
    expect(history).toEqual([
      attemptOf({ resolution: 'Use PlexToken.', resolvedBy: 'coder', escalation: 61 }),
    ]);
  });

  it('records that there was no comment', () => {
    const { history } = entryAfter(escalated(closed)).session;
    expect(history[0]?.resolution).toBe('#61 was closed as completed without a comment.');
  });

  it('explains the last attempt and no earlier one', () => {
    const past = [attemptOf(), attemptOf({ attempt: 2 })];
    const change = escalated(closed, blocked({ attempt: 2, history: past }));
    expect(entryAfter(change).session.history).toMatchObject([
      { attempt: 1, resolution: null },
      { attempt: 2, resolution: expect.any(String) },
    ]);
  });

  it('grants as many attempts again after the last one', () => {
    const change = escalated(closed, blocked({ attempt: 3, maxAttempts: 3 }), { config: {} });
    const [step] = stepsOf(decideOn(change), 'start');
    expect(step?.session).toMatchObject({ attempt: 4, maxAttempts: 6 });
  });

  it('grants none while attempts are left', () => {
    const change = escalated(closed, blocked({ attempt: 2, maxAttempts: 3 }));
    expect(entryAfter(change).session.maxAttempts).toBe(3);
  });
});

describe('an escalation that keeps its module blocked', () => {
  it.each([
    ['closed as not planned', { by: 'coder', reason: 'not-planned' }, { kind: 'not-completed' }],
    ['closed as a duplicate', { by: 'coder', reason: 'duplicate' }, { kind: 'not-completed' }],
    [
      'closed by somebody with triage only',
      { by: 'helper', reason: 'completed' },
      { kind: 'not-permitted', login: 'helper' },
    ],
    [
      'closed by somebody nobody knows',
      { by: 'stranger', reason: 'completed' },
      { kind: 'not-permitted', login: 'stranger' },
    ],
    [
      'closed by an account that is gone',
      { by: null, reason: 'completed' },
      { kind: 'not-permitted', login: 'somebody unknown' },
    ],
  ] as const)('is %s, and says so', (_, closed, why) => {
    const decision = decideOn(escalated({ open: false, closed }));
    expect(decision.steps).toMatchObject([
      {
        kind: 'answer',
        conversation: 61,
        answer: { kind: 'stays-blocked', module: 'plex-auth', why },
      },
    ]);
  });

  it.each<[string, WorldChange]>([
    ['is gone', escalated({}, blocked(), { conversations: new Map() })],
    [
      'is of another number',
      escalated({ open: false, closed: COMPLETED }, blocked({ escalation: 62 })),
    ],
  ])('is opened anew where it %s, since nothing else could clear the module', (_, change) => {
    expect(decideOn(change).steps).toMatchObject([
      { kind: 'block', claim: null, reason: { reason: 'A type is missing.', by: 'state' } },
    ]);
  });

  it('is left alone while it is open', () => {
    expect(decideOn(escalated({}))).toEqual({ steps: [], needs: [] });
  });

  it('is no matter of a module that is not blocked', () => {
    const change = escalated(
      { open: false, closed: COMPLETED },
      { ...blocked(), status: 'complete' },
    );
    expect(decideOn(change)).toEqual({ steps: [], needs: [] });
  });
});

describe('a block that an earlier run left without its escalation', () => {
  it.each([
    ['missing-type', 'planning-agent'],
    ['spec-ambiguity', 'phase-1-review'],
    [null, 'planning-agent'],
  ])('is finished: of %s, it goes to %s', (failureType, target) => {
    const entry = blocked({ escalation: null, history: [attemptOf({ failureType })] });
    const pulls = new Map([['plex-auth', pullOf()]]);
    expect(decideOn({ entries: { 'plex-auth': entry }, pulls }).steps).toMatchObject([
      {
        kind: 'block',
        claim: null,
        target,
        reason: { failureType, reason: 'A type is missing.' },
        pull: { number: 57 },
      },
    ]);
  });

  it('leaves the pull request of a session alone that had ended before', () => {
    const history = [attemptOf({ outcome: 'cancelled', issue: 'Cancelled by coder.' })];
    const pulls = new Map([['plex-auth', pullOf({ state: 'closed', open: false })]]);
    const entries = { 'plex-auth': blocked({ escalation: null, history }) };
    expect(stepsOf(decideOn({ entries, pulls }), 'block')).toMatchObject([{ pull: null }]);
  });

  it('is not opened twice for a block of this very run', () => {
    const claim = { kind: 'halt', failureType: null, reason: 'Stuck.' } as const;
    const entry = { ...blocked({ escalation: null, history: [] }), status: 'in-progress' as const };
    const pulls = new Map([['plex-auth', pullOf({ claim })]]);
    expect(stepsOf(decideOn({ entries: { 'plex-auth': entry }, pulls }), 'block')).toHaveLength(1);
  });

  it('holds up no other module', () => {
    const modules = [moduleOf('plex-auth'), moduleOf('storage')];
    const entries = {
      'plex-auth': blocked({ escalation: null }),
      storage: {
        status: 'pending' as const,
        session: { request: { source: 1, by: 'x', at: NOW } },
      },
    };
    expect(stepsOf(decideOn({ modules, entries }), 'start')).toHaveLength(1);
  });
});
