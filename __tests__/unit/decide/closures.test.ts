import { describe, expect, it } from '@jest/globals';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import type { PullRequest } from '../../../src/domain/world.ts';
import {
  attemptOf,
  blocked,
  commentTrigger,
  conversationOf,
  decideOn,
  dispatchTrigger,
  DOCUMENT_SHA,
  EARLIER,
  entryAfter,
  HEAD_SHA,
  inReview,
  judgementOf,
  failureOf,
  MERGE_SHA,
  messagesOf,
  NOW,
  pullOf,
  pullTrigger,
  pushTrigger,
  running,
  SESSION_ID,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

function ended(
  state: 'merged' | 'closed',
  entry: EntryPatch,
  change: WorldChange = {},
  pull: Partial<PullRequest> = {},
): WorldChange {
  const mergeSha = state === 'merged' ? MERGE_SHA : null;
  return {
    entries: { 'plex-auth': entry },
    pulls: new Map([['plex-auth', pullOf({ state, open: false, mergeSha, ...pull })]]),
    trigger: pullTrigger('closed'),
    ...change,
  };
}

describe('a merged pull request', () => {
  it('completes its module at the head that was verified', () => {
    const change = ended('merged', inReview());
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: review → complete (attempt 1)']);
    expect(entryAfter(change)).toMatchObject({
      status: 'complete',
      completedAt: EARLIER,
      filesModified: ['src/index.ts'],
      session: {
        mergeSha: MERGE_SHA,
        history: [{ attempt: 1, outcome: 'merged', endedAt: NOW, pullRequest: 57 }],
      },
    });
  });

  it('is verified first, in the phase that can, where its head was not', () => {
    for (const entry of [running(), inReview({ headSha: 'older' })]) {
      const decision = decideOn(ended('merged', entry), 'plan');
      expect(decision.needs).toMatchObject([
        { kind: 'verification', sha: HEAD_SHA, module: 'plex-auth', pullRequest: 57 },
      ]);
      expect(messagesOf(decision)).toEqual([]);
    }
  });

  it.each<[string, WorldChange]>([
    ['its own event', {}],
    ['the sweep', { trigger: { kind: 'schedule' } }],
    ['the run that was started for it', { trigger: dispatchTrigger(null, 57) }],
  ])('blocks the module where %s brought no verification', (_, change) => {
    const world = ended('merged', running(), change);
    expect(stepsOf(decideOn(world), 'block')).toMatchObject([
      {
        target: 'planning-agent',
        reason: { failureType: 'protocol-violation', by: 'merge' },
        pull: { number: 57 },
      },
    ]);
    expect(stepsOf(decideOn(world), 'block')[0]?.reason.reason).toContain('never verified');
    expect(messagesOf(decideOn(world))).toEqual(['plex-auth: in-progress → blocked (attempt 1)']);
  });

  it('blocks nothing in a run that came for something else: its own run verifies it', () => {
    const world = ended('merged', running(), { trigger: commentTrigger('/session help') });
    expect(messagesOf(decideOn(world))).toEqual([]);
  });

  it('blocks where infrastructure kept its head from being verified', () => {
    const judgement = judgementOf([failureOf('infrastructure')]);
    const world = ended('merged', running(), { judgement });
    expect(stepsOf(decideOn(world), 'block')).toHaveLength(1);
  });

  it('is not verified again where its head is known to be red, and the reason says so', () => {
    const red = running({ headSha: HEAD_SHA, failedHeads: [{ sha: HEAD_SHA, failures: ['x'] }] });
    expect(decideOn(ended('merged', red), 'plan').needs).toEqual([]);
    const [step] = stepsOf(decideOn(ended('merged', red)), 'block');
    expect(step?.reason.reason).toContain('although its head failed verification');
  });

  it('is not verified where it holds nothing but the document', () => {
    const change = ended('merged', running(), {}, { headSha: DOCUMENT_SHA });
    expect(decideOn(change, 'plan').needs).toEqual([]);
    expect(stepsOf(decideOn(change), 'block')[0]?.reason.reason).toContain('never verified');
  });

  it('completes unverified where the config accepts that', () => {
    const change = ended('merged', running(), { config: { onUnverifiedMerge: 'accept' } });
    expect(decideOn(change, 'plan').needs).toEqual([]);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: in-progress → complete (attempt 1)']);
    expect(entryAfter(change)).toMatchObject({ status: 'complete', completedAt: NOW });
  });

  it('makes what depends on it ready in the same run', () => {
    const entry = entryAfter(ended('merged', inReview()));
    expect(entry.session.request).toBeNull();
  });
});

describe('a merged pull request of a blocked session', () => {
  it('is noted on the escalation and moves nothing', () => {
    for (const trigger of [pullTrigger('closed'), { kind: 'schedule' } as const]) {
      expect(decideOn(ended('merged', blocked(), { trigger }))).toEqual({
        steps: [
          {
            kind: 'answer',
            conversation: 61,
            key: 'merged 57',
            answer: {
              kind: 'merged-while-blocked',
              module: 'plex-auth',
              pullRequest: 57,
              mergeSha: MERGE_SHA,
            },
          },
        ],
        needs: [],
      });
    }
  });
});

describe('a closed pull request', () => {
  it.each([
    ['in-progress', running()],
    ['review', inReview()],
  ])(
    'gives a module that is %s back: pending, not requested, told on the spot',
    (status, entry) => {
      const change = ended('closed', entry);
      expect(messagesOf(decideOn(change))).toEqual([
        `plex-auth: ${status} → pending (attempt 1 closed)`,
      ]);
      expect(entryAfter(change)).toMatchObject({
        status: 'pending',
        completedAt: null,
        session: { attempt: 1, request: null, history: [{ outcome: 'closed', endedAt: NOW }] },
      });
      expect(stepsOf(decideOn(change), 'answer')).toEqual([
        {
          kind: 'answer',
          conversation: 57,
          key: `closed ${SESSION_ID}`,
          answer: { kind: 'closed-by-hand', module: 'plex-auth', attempt: 1, isLast: false },
        },
      ]);
    },
  );

  it('takes back a request that is still on record', () => {
    const request = { source: 42, by: 'coder', at: EARLIER };
    expect(entryAfter(ended('closed', running({ request }))).session.request).toBeNull();
  });

  it.each([
    ['was closed without being merged', 1],
    ['lost its branch, which was deleted', 0],
  ])('that %s is told once more by a sweep: %i times', (how, times) => {
    const history = [attemptOf({ outcome: 'closed', issue: `Pull request #57 ${how}.` })];
    const session = { attempt: 1, pullRequest: 57, history };
    const change = {
      entries: { 'plex-auth': { status: 'pending' as const, sessionId: SESSION_ID, session } },
      conversations: new Map([[57, conversationOf(57, { open: false })]]),
    };
    expect(stepsOf(decideOn(change), 'answer')).toHaveLength(times);
    const pushed = decideOn({ ...change, trigger: pushTrigger() });
    expect(stepsOf(pushed, 'answer')).toEqual([]);
  });

  it('starts nothing by itself, not even with auto-start', () => {
    const change = ended('closed', running(), { config: { autoStart: true } });
    expect(stepsOf(decideOn(change), 'start')).toEqual([]);
  });
});

describe('a session whose pull request or branch is gone', () => {
  const lost = { entries: { 'plex-auth': running() }, gone: new Set(['plex-auth']) };

  it.each([running(), inReview()])('is given back by the sweep', (entry) => {
    const change = { ...lost, entries: { 'plex-auth': entry } };
    expect(messagesOf(decideOn(change))).toEqual([
      expect.stringMatching(/^plex-auth: \S+ → pending \(attempt 1 closed\)$/u),
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      session: {
        request: null,
        history: [{ outcome: 'closed', issue: 'Pull request #57 is not there any more.' }],
      },
    });
  });

  it('is left to the sweep by other runs, and is none where nothing says that it is gone', () => {
    expect(messagesOf(decideOn({ ...lost, trigger: pushTrigger() }))).toEqual([]);
    expect(messagesOf(decideOn({ ...lost, gone: new Set() }))).toEqual([]);
    expect(messagesOf(decideOn({ ...lost, entries: { 'plex-auth': blocked() } }))).toEqual([]);
  });

  it('is given back where its branch was deleted, and a pull request that is still open is closed', () => {
    const pulls = new Map([['plex-auth', pullOf({ headBranchGone: true })]]);
    const change = { entries: { 'plex-auth': running() }, pulls };
    const decision = decideOn(change);
    expect(messagesOf(decision)).toEqual(['plex-auth: in-progress → pending (attempt 1 closed)']);
    expect(stepsOf(decision, 'close-pull-request')).toMatchObject([{ conversation: 57 }]);
    expect(stepsOf(decision, 'answer')).toEqual([]);
    expect(messagesOf(decideOn({ ...change, trigger: pushTrigger() }))).toEqual([]);
  });

  it('stays complete or merged where its branch was deleted after the merge', () => {
    const change = ended('merged', inReview(), {}, { headBranchGone: true });
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: review → complete (attempt 1)']);
  });
});

describe('a pull request that changes nothing', () => {
  it.each<[string, WorldChange]>([
    ['is open', ended('closed', running({ headSha: HEAD_SHA }), {}, { state: 'open', open: true })],
    ['is another than the session’s', ended('closed', running({ pullRequest: 99 }))],
    ['is of a module that is complete', ended('merged', { status: 'complete' })],
    ['is of a blocked module and closed', ended('closed', blocked())],
    ['is of a module that is pending again', ended('closed', { status: 'pending' })],
  ])('%s', (_, change) => {
    expect(decideOn(change)).toEqual({ steps: [], needs: [] });
  });
});
