import { describe, expect, it } from '@jest/globals';
import {
  blocked,
  commentTrigger,
  completed,
  conversationOf,
  decideOn,
  DOCUMENT_SHA,
  entryAfter,
  HEAD_SHA,
  inReview,
  MERGE_SHA,
  messagesOf,
  moduleOf,
  outcomesOf,
  pullOf,
  requested,
  running,
  SESSION_ID,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import type { PullRequest } from '../../../src/domain/world.ts';

/** The config holds another module than the one that the state tells of. */
function gone(entry: EntryPatch, pull: Partial<PullRequest> | null = {}): WorldChange {
  return {
    modules: [moduleOf('heart')],
    entries: { 'plex-auth': entry },
    pulls: new Map(pull === null ? [] : [['plex-auth', pullOf(pull)]]),
  };
}

const HELD = { id: 'CR_1', conclusion: 'ACTION_REQUIRED', annotations: 0 };

describe('a module that is not in the config any more', () => {
  it.each([
    ['in-progress', running(), 57, `orphan ${SESSION_ID}`],
    ['review', inReview(), 57, `orphan ${SESSION_ID}`],
    ['blocked', blocked(), 61, `orphan ${SESSION_ID}`],
    ['pending', requested(42), 42, 'request plex-auth'],
  ])('is reported while it is %s, and moves nothing', (status, entry, conversation, key) => {
    const decision = decideOn(gone(entry));
    expect(messagesOf(decision)).toEqual([]);
    expect(decision.needs).toEqual([]);
    expect(decision.steps).toMatchObject([
      { kind: 'report-orphan', facts: { module: 'plex-auth', status }, conversation, key },
    ]);
  });

  it.each([
    ['complete', completed()],
    ['pending, and nobody asked for it', { status: 'pending' } as const],
  ])('is none where it is %s', (_, entry) => {
    expect(decideOn(gone(entry, null)).steps).toEqual([]);
  });

  it('has the check of its open pull request say so, once', () => {
    const [first] = stepsOf(decideOn(gone(running())), 'report-orphan');
    expect(first?.held?.number).toBe(57);
    const [again] = stepsOf(decideOn(gone(running(), { check: HELD })), 'report-orphan');
    expect(again?.held).toBeNull();
    const [unopened] = stepsOf(decideOn(gone(running({ pullRequest: null }))), 'report-orphan');
    expect(unopened?.held?.number).toBe(57);
  });

  it('is given back where its pull request was closed, without a word', () => {
    const decision = decideOn(gone(inReview(), { state: 'closed', open: false }));
    expect(messagesOf(decision)).toEqual(['plex-auth: review → pending (attempt 1 closed)']);
    expect(stepsOf(decision, 'report-orphan')).toEqual([]);
  });

  it('is complete where its verified head was merged, and waits where another was', () => {
    const merged = { state: 'merged', open: false, mergeSha: MERGE_SHA } as const;
    expect(messagesOf(decideOn(gone(inReview(), merged)))).toEqual([
      'plex-auth: review → complete (attempt 1)',
    ]);
    for (const change of [
      gone(running(), merged),
      gone(inReview({ headSha: 'older' }), merged),
      gone(inReview(), { ...merged, baseBranch: 'develop' }),
    ]) {
      expect(messagesOf(decideOn(change))).toEqual([]);
      expect(decideOn(change, 'plan').needs).toEqual([]);
    }
  });

  it.each([
    ['in-progress', running(), 'plex-auth: in-progress → pending (attempt 1 cancelled)'],
    ['blocked', blocked(), 'plex-auth: blocked → pending (attempt 1 let go)'],
    ['requested', requested(42), 'plex-auth: withdrawn'],
  ])('is let go by /session cancel while it is %s', (_, entry, message) => {
    const change = {
      ...gone(entry),
      trigger: commentTrigger('/session cancel plex-auth'),
      conversations: new Map([[61, conversationOf(61)]]),
    };
    const decision = decideOn(change);
    expect(messagesOf(decision)).toEqual([message]);
    expect(outcomesOf(decision)).toMatchObject([{ done: true, answer: { kind: 'let-go' } }]);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      session: { request: null, escalation: null },
    });
    expect(stepsOf(decision, 'report-orphan')).toEqual([]);
  });

  it('has its escalation closed by the run after one that died before it could', () => {
    const entry = blocked();
    const trigger = commentTrigger('/session cancel plex-auth');
    const before = { ...gone(entry), trigger };
    const after = entryAfter(before);
    const decision = decideOn({ ...gone({ ...after, session: after.session }), trigger });
    expect(messagesOf(decision)).toEqual([]);
    expect(stepsOf(decision, 'close-issue')).toMatchObject([{ conversation: 61 }]);
    expect(outcomesOf(decision)).toMatchObject([{ done: true, answer: { kind: 'let-go' } }]);
  });

  it.each(['start', 'retry', 'verify', 'status', 'reopen'])(
    'refuses /session %s, and says what would help',
    (name) => {
      const body = `/session ${name} plex-auth`;
      const decision = decideOn({ ...gone(running()), trigger: commentTrigger(body) });
      expect(messagesOf(decision)).toEqual([]);
      expect(outcomesOf(decision)).toMatchObject([{ done: false, answer: { kind: 'orphaned' } }]);
    },
  );
});

describe('a module that is in the config again', () => {
  const back = (entry: EntryPatch, pull: Partial<PullRequest> = {}): WorldChange => ({
    entries: { 'plex-auth': entry },
    pulls: new Map([['plex-auth', pullOf({ check: HELD, ...pull })]]),
  });

  it('has its check wait and its head verified again', () => {
    const decision = decideOn(back(inReview()));
    expect(stepsOf(decision, 'queue-check')).toMatchObject([{ by: null, pull: { number: 57 } }]);
    expect(decision.needs).toMatchObject([{ kind: 'verification', sha: HEAD_SHA }]);
    expect(decideOn(back(inReview()), 'plan').steps).toEqual([]);
  });

  it('waits for its coder where the head holds nothing but the document', () => {
    const decision = decideOn(
      back(running({ headSha: DOCUMENT_SHA }), {
        files: [{ path: 'orchestration-docs/session-plex-auth-1.md', status: 'added' }],
      }),
    );
    expect(stepsOf(decision, 'queue-check')).toHaveLength(1);
    expect(decision.needs).toEqual([]);
  });

  it('is left alone where it is blocked: that check is its escalation’s', () => {
    expect(stepsOf(decideOn(back(blocked())), 'queue-check')).toEqual([]);
  });
});
