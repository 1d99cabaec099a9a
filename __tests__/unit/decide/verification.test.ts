import { describe, expect, it } from '@jest/globals';
import type { FailedHead } from '../../../src/domain/implementation-state.ts';
import type { PullRequest } from '../../../src/domain/world.ts';
import {
  attemptOf,
  decideOn,
  DOCUMENT_SHA,
  entryAfter,
  failureOf,
  HEAD_SHA,
  inReview,
  judgementOf,
  messagesOf,
  MERGE_SHA,
  NOW,
  pullOf,
  pullTrigger,
  running,
  stateAfter,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const TYPE_ERROR = failureOf('type-error');
const OTHER = failureOf('test-failure');
const INFRASTRUCTURE = failureOf('infrastructure');

function head(sha: string, failures: readonly string[] = [TYPE_ERROR.fingerprint]): FailedHead {
  return { sha, failures };
}

function judged(change: WorldChange = {}, pull: Partial<PullRequest> = {}): WorldChange {
  return {
    entries: { 'plex-auth': running() },
    pulls: new Map([['plex-auth', pullOf(pull)]]),
    trigger: pullTrigger(),
    judgement: judgementOf([TYPE_ERROR]),
    ...change,
  };
}

function outcomes(change: WorldChange): readonly string[] {
  return stepsOf(decideOn(change), 'publish').map((step) => step.outcome.kind);
}

describe('a green head', () => {
  const green = judged({ judgement: judgementOf() });

  it('moves a running session to review and records head, files and time', () => {
    expect(messagesOf(decideOn(green))).toEqual(['plex-auth: in-progress → review (attempt 1)']);
    expect(entryAfter(green)).toMatchObject({
      status: 'review',
      completedAt: NOW,
      implementedBy: 'coding-agent',
      filesModified: ['orchestration-docs/session-plex-auth-1.md', 'src/index.ts'],
      session: { headSha: HEAD_SHA, failedHeads: [], history: [] },
    });
    expect(outcomes(green)).toEqual(['green']);
  });

  it('counts no removed file among those modified', () => {
    const files = [
      { path: 'src/old.ts', status: 'removed' as const },
      { path: 'src/new.ts', status: 'renamed' as const },
    ];
    const change = judged({ judgement: judgementOf() }, { files });
    expect(entryAfter(change).filesModified).toEqual(['src/new.ts']);
  });

  it('changes but the SHA of a session in review', () => {
    const change = judged({
      judgement: judgementOf(),
      entries: { 'plex-auth': inReview({ headSha: 'older' }) },
    });
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: review (attempt 1), head a11ce00']);
    expect(entryAfter(change)).toMatchObject({ status: 'review', session: { headSha: HEAD_SHA } });
  });

  it('keeps the count of failed heads, which is that of the whole session', () => {
    const entries = { 'plex-auth': running({ failedHeads: [head('1')] }) };
    const change = judged({ judgement: judgementOf(), entries });
    expect(entryAfter(change).session.failedHeads).toMatchObject([{ sha: '1' }]);
  });
});

describe('a red head', () => {
  it('is recorded with its failures and told with what is used of the limit', () => {
    const change = judged({ judgement: judgementOf([OTHER, TYPE_ERROR, TYPE_ERROR]) });
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: in-progress (attempt 1), head a11ce00 failed',
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'in-progress',
      session: {
        headSha: HEAD_SHA,
        failedHeads: [head(HEAD_SHA, ['test-failure-1', 'type-error-1'])],
      },
    });
    expect(stepsOf(decideOn(change), 'publish')).toMatchObject([
      { outcome: { kind: 'red', used: 1, limit: 5 } },
    ]);
  });

  it('is counted for what the code got wrong, whatever infrastructure did beside it', () => {
    const judgement = judgementOf([INFRASTRUCTURE, TYPE_ERROR]);
    const change = judged({ judgement });
    expect(outcomes(change)).toEqual(['red']);
    expect(decideOn(change).needs).toEqual([]);
    expect(entryAfter(change).session.failedHeads).toEqual([head(HEAD_SHA)]);
    const last = judged({ judgement, config: { selfFixLimit: 1 } });
    expect(entryAfter(last).session.history).toMatchObject([
      { failureType: 'type-error', issue: expect.not.stringContaining('infrastructure') },
    ]);
  });

  it('takes a session in review back to in-progress', () => {
    const change = judged({ entries: { 'plex-auth': inReview({ headSha: 'older' }) } });
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: review → in-progress (attempt 1)']);
    expect(entryAfter(change)).toMatchObject({ status: 'in-progress', completedAt: null });
  });

  it('is counted once, however often its result comes', () => {
    const counted = running({ headSha: HEAD_SHA, failedHeads: [head(HEAD_SHA)] });
    expect(decideOn(judged({ entries: { 'plex-auth': counted } }))).toEqual({
      steps: [],
      needs: [],
    });
  });
});

describe('a result that moves nothing', () => {
  const untouched: readonly (readonly [string, WorldChange])[] = [
    ['is of a head that a push has replaced', judged({}, { headSha: 'newer' })],
    ['is of a head that was judged before', judged({ entries: { 'plex-auth': inReview() } })],
    ['is of a module that nobody runs', judged({ entries: {} })],
    [
      'is of a session whose blocking is not done',
      judged({ entries: { 'plex-auth': { ...running({}, 'blocked') } } }),
    ],
    [
      'is of a module the config does not have',
      judged({ judgement: judgementOf([], { module: 'x' }) }),
    ],
    ['is of another pull request than the session’s', judged({}, { number: 58 })],
    [
      'is of a session whose start is not done',
      judged({ entries: { 'plex-auth': running({ pullRequest: null }) } }),
    ],
  ];

  it.each(untouched)('%s', (_, change) => {
    expect(stepsOf(decideOn(change), 'publish')).toEqual([]);
    expect(messagesOf(decideOn(change))).not.toContainEqual(expect.stringContaining('review'));
  });

  it('is that of a head whose pull request somebody closed: the closing counts', () => {
    const change = judged({ config: { selfFixLimit: 1 } }, { state: 'closed', open: false });
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: in-progress → pending (attempt 1 closed)',
    ]);
    expect(entryAfter(change).session.request).toBeNull();
  });

  it('is nothing but infrastructure: told and run again, not counted', () => {
    const change = judged({ judgement: judgementOf([INFRASTRUCTURE, INFRASTRUCTURE]) });
    expect(outcomes(change)).toEqual(['infrastructure']);
    expect(entryAfter(change)).toMatchObject({
      status: 'in-progress',
      session: { failedHeads: [] },
    });
    expect(decideOn(change).needs).toHaveLength(1);
  });

  it('is a failure of a type that the config says to retry', () => {
    const flaky = {
      id: 'registry-down',
      title: 'Registry down',
      indicator: 'ECONNRESET',
      instruction: 'Run again',
      action: 'retry' as const,
      target: null,
      exitCodes: [],
      commands: [],
      matches: [],
    };
    const judgement = judgementOf([failureOf('registry-down')]);
    const change = judged({ judgement, config: { failures: [flaky] } });
    expect(outcomes(change)).toEqual(['infrastructure']);
    expect(entryAfter(change).session.failedHeads).toEqual([]);
  });
});

describe('the same failures on three verified heads in a row', () => {
  const twice = [head('1'), head('2')];

  it('block the session, addressed to the planning agent', () => {
    const change = judged({
      entries: { 'plex-auth': running({ headSha: '2', failedHeads: twice }) },
    });
    expect(stepsOf(decideOn(change), 'block')).toMatchObject([
      { target: 'planning-agent', reason: { by: 'repetition' }, pull: { number: 57 } },
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'blocked',
      blockedAt: NOW,
      session: { headSha: HEAD_SHA, history: [{ attempt: 1, outcome: 'failed' }] },
    });
  });

  it.each<[string, readonly FailedHead[]]>([
    ['twice is not three times', [head('2')]],
    ['other failures lie between', [head('1'), head('2', ['else'])]],
    ['a part of them is another set', [head('1'), head('2', [TYPE_ERROR.fingerprint, 'else'])]],
  ])('do not block where %s', (_, failedHeads) => {
    const entries = { 'plex-auth': running({ headSha: '2', failedHeads }) };
    expect(outcomes(judged({ entries }))).toEqual(['red']);
  });

  it('do not block where a green head lies between', () => {
    let change = judged({ entries: { 'plex-auth': running() } });
    const verify = (
      sha: string,
      failures: Parameters<typeof judgementOf>[0],
    ): readonly string[] => {
      change = {
        ...change,
        judgement: judgementOf(failures, { sha }),
        pulls: new Map([['plex-auth', pullOf({ headSha: sha })]]),
      };
      const decision = decideOn(change);
      const state = stateAfter(change, decision);
      const { entries: _, ...rest } = change;
      change = { ...rest, state };
      return stepsOf(decision, 'publish').map((step) => step.outcome.kind);
    };
    expect(verify('1', [TYPE_ERROR])).toEqual(['red']);
    expect(verify('2', [])).toEqual(['green']);
    expect(verify('3', [TYPE_ERROR])).toEqual(['red']);
    expect(verify('4', [TYPE_ERROR])).toEqual(['red']);
    expect(verify('5', [TYPE_ERROR])).toEqual([]);
  });
});

describe('the self-fix limit', () => {
  const config = { selfFixLimit: 2 };
  const failedHeads = [head('1', ['else'])];
  const session = { headSha: '1', failedHeads };

  it('ends the attempt and asks for the next where attempts are left', () => {
    const change = judged({ config, entries: { 'plex-auth': running(session) } });
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: in-progress → pending (attempt 1 failed)',
      'plex-auth: pending → in-progress (attempt 2)',
    ]);
    expect(outcomes(change)).toEqual(['red']);
    expect(entryAfter(change).session.history).toMatchObject([
      { attempt: 1, outcome: 'failed', failureType: 'type-error', pullRequest: 57, endedAt: NOW },
    ]);
  });

  it('leaves the last attempt to be begun before it blocks', () => {
    const change = judged({
      config,
      entries: { 'plex-auth': running({ ...session, attempt: 2 }) },
    });
    expect(stepsOf(decideOn(change), 'start')[0]?.session.attempt).toBe(3);
  });

  it('has the next attempt supersede the pull request that it ends', () => {
    const change = judged({ config, entries: { 'plex-auth': running(session) } });
    expect(stepsOf(decideOn(change), 'start')[0]?.supersedes).toBe(57);
  });

  it('leaves nothing of the review behind where the next attempt has to wait', () => {
    const review = inReview({ ...session, headSha: 'older' });
    const change = judged({
      config: { ...config, paused: true },
      entries: { 'plex-auth': review },
    });
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      completedAt: null,
      session: { request: { source: 57, by: 'self-fix-limit', at: NOW }, headSha: HEAD_SHA },
    });
  });

  it('blocks and escalates on the last attempt', () => {
    const entries = { 'plex-auth': running({ ...session, attempt: 3 }) };
    const change = judged({ config, entries });
    expect(stepsOf(decideOn(change), 'block')).toMatchObject([
      { target: 'planning-agent', reason: { by: 'self-fix-limit', failureType: 'type-error' } },
    ]);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: in-progress → blocked (attempt 3)']);
    expect(stepsOf(decideOn(change), 'start')).toEqual([]);
  });

  it('is reached by the head that makes it full, and by none before', () => {
    const entries = { 'plex-auth': running({ headSha: '1', failedHeads }) };
    expect(outcomes(judged({ config: { selfFixLimit: 3 }, entries }))).toEqual(['red']);
  });
});

describe('a HALT that the classifier finds', () => {
  it.each([
    ['missing-type', 'planning-agent'],
    ['spec-ambiguity', 'phase-1-review'],
    ['impossible-assertion', 'phase-1-review'],
  ])('of %s blocks at once and goes to %s', (type, target) => {
    const change = judged({ judgement: judgementOf([TYPE_ERROR, failureOf(type)]) });
    expect(stepsOf(decideOn(change), 'block')).toMatchObject([
      { target, reason: { failureType: type, by: 'classifier' }, judgement: { sha: HEAD_SHA } },
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'blocked',
      blockedReason: `There is a ${type}.`,
      session: { escalation: null, history: [{ outcome: 'halted', failureType: type }] },
    });
  });

  it('goes where the config sends a type of its own', () => {
    const licence = {
      id: 'licence',
      title: 'Licence',
      indicator: 'A licence',
      instruction: 'HALT',
      action: 'halt' as const,
      target: 'lawyers',
      exitCodes: [],
      commands: [],
      matches: [],
    };
    const judgement = judgementOf([failureOf('licence')]);
    const [step] = stepsOf(
      decideOn(judged({ judgement, config: { failures: [licence] } })),
      'block',
    );
    expect(step?.target).toBe('lawyers');
  });

  it('takes the review’s time back', () => {
    const change = judged({
      entries: { 'plex-auth': inReview({ headSha: 'older' }) },
      judgement: judgementOf([failureOf('missing-type')]),
    });
    expect(entryAfter(change)).toMatchObject({ status: 'blocked', completedAt: null });
  });

  it('does not wait for what infrastructure kept from being judged', () => {
    const judgement = judgementOf([INFRASTRUCTURE, failureOf('missing-type')]);
    expect(stepsOf(decideOn(judged({ judgement })), 'block')).toMatchObject([
      { target: 'planning-agent', reason: { failureType: 'missing-type' } },
    ]);
  });
});

describe('a head that was merged before its verification', () => {
  const merged = { state: 'merged', open: false, mergeSha: MERGE_SHA } as const;

  it('passes through review to complete in one run where it is green', () => {
    const change = judged({ judgement: judgementOf() }, merged);
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: in-progress → review (attempt 1)',
      'plex-auth: review → complete (attempt 1)',
    ]);
  });

  it('blocks the module where it is red, and says why', () => {
    const change = judged({}, merged);
    const [step] = stepsOf(decideOn(change), 'block');
    expect(step?.reason.reason).toContain('merged although its head failed verification');
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: in-progress → blocked (attempt 1)']);
  });

  it('completes although it is red where the config accepts that, and tells of the red', () => {
    const change = judged({ config: { onUnverifiedMerge: 'accept', selfFixLimit: 1 } }, merged);
    expect(outcomes(change)).toEqual(['accepted']);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: in-progress → complete (attempt 1)']);
    expect(entryAfter(change).session.history).toMatchObject([
      attemptOf({ outcome: 'merged', failureType: null, issue: null, endedAt: NOW }),
    ]);
  });
});

describe('the document’s own commit', () => {
  it('is never judged: the start recorded it', () => {
    const change = judged(
      { judgement: judgementOf([TYPE_ERROR], { sha: DOCUMENT_SHA }) },
      { headSha: DOCUMENT_SHA },
    );
    expect(decideOn(change)).toEqual({ steps: [], needs: [] });
  });
});
