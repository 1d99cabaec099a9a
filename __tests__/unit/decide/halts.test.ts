import { describe, expect, it } from '@jest/globals';
import { parseClaim } from '../../../src/domain/claim.ts';
import type { EntryPatch } from '../../../src/domain/implementation-state.ts';
import {
  commentTrigger,
  decideOn,
  entryAfter,
  failureOf,
  HEAD_SHA,
  inReview,
  judgementOf,
  messagesOf,
  NOW,
  outcomesOf,
  pullOf,
  running,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

function claimed(claim: unknown, entry: EntryPatch = running()): WorldChange {
  const text = typeof claim === 'string' ? claim : JSON.stringify({ 'plex-auth': claim });
  return {
    entries: { 'plex-auth': entry },
    pulls: new Map([['plex-auth', pullOf({ claim: parseClaim(text, 'plex-auth') })]]),
  };
}

const HALT = {
  status: 'blocked',
  blockedReason: 'PlexPin is undefined.',
  failureType: 'missing-type',
};

describe('a coder that claims HALT', () => {
  it('blocks the module, and its words become the evidence', () => {
    const change = claimed(HALT);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: in-progress → blocked (attempt 1)']);
    expect(stepsOf(decideOn(change), 'block')).toMatchObject([
      {
        target: 'planning-agent',
        reason: { failureType: 'missing-type', reason: 'PlexPin is undefined.', by: 'claim' },
        pull: { number: 57 },
      },
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'blocked',
      blockedReason: 'PlexPin is undefined.',
      blockedAt: NOW,
      session: {
        escalation: null,
        headSha: HEAD_SHA,
        history: [{ attempt: 1, outcome: 'halted', failureType: 'missing-type' }],
      },
    });
  });

  it.each([
    ['of a type for the specification goes to its review', 'spec-ambiguity', 'phase-1-review'],
    [
      'of a type that a coder fixes itself goes to the planning agent',
      'type-error',
      'planning-agent',
    ],
    ['of a type that nobody knows goes to the planning agent', 'mystery', 'planning-agent'],
    ['of no type goes to the planning agent', null, 'planning-agent'],
  ])('%s', (_, failureType, target) => {
    const [step] = stepsOf(decideOn(claimed({ ...HALT, failureType })), 'block');
    expect(step?.target).toBe(target);
  });

  it('blocks a session in review too and takes the review’s time back', () => {
    const change = claimed(HALT, inReview());
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: review → blocked (attempt 1)']);
    expect(entryAfter(change).completedAt).toBeNull();
  });

  it('outdoes a verification of the same head', () => {
    const change = { ...claimed(HALT), judgement: judgementOf([failureOf('type-error')]) };
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: in-progress → blocked (attempt 1)']);
    expect(stepsOf(decideOn(change), 'publish')).toEqual([]);
  });

  it('blocks once: the next run finds the module blocked', () => {
    const entry = running({ escalation: 61, headSha: HEAD_SHA }, 'blocked');
    expect(decideOn(claimed(HALT, entry))).toEqual({ steps: [], needs: [] });
  });
});

describe('a claim that blocks nothing', () => {
  it.each([
    ['says that the module is done', { status: 'complete' }],
    ['says that the module runs', { status: 'in-progress' }],
    ['is of another module', JSON.stringify({ storage: HALT })],
    ['is no JSON', '{ "plex-auth": '],
    ['is empty', ''],
  ])('%s', (_, claim) => {
    expect(messagesOf(decideOn(claimed(claim)))).toEqual([]);
  });

  it.each(['closed', 'merged'] as const)('stands on a pull request that is %s', (state) => {
    const claim = parseClaim(JSON.stringify({ 'plex-auth': HALT }), 'plex-auth');
    const pull = pullOf({ state, claim });
    const change = { ...claimed(HALT), pulls: new Map([['plex-auth', pull]]) };
    expect(stepsOf(decideOn(change), 'block').map((step) => step.reason.by)).not.toContain('claim');
  });

  it('stands on a pull request of a module that is not running', () => {
    expect(decideOn(claimed(HALT, { status: 'complete' }))).toEqual({ steps: [], needs: [] });
  });
});

describe('/session halt', () => {
  const halting = (body: string, change: WorldChange = {}, login = 'coder'): WorldChange => ({
    entries: { 'plex-auth': running() },
    pulls: new Map([['plex-auth', pullOf()]]),
    trigger: commentTrigger(body, login, 57),
    ...change,
  });
  const HALT_COMMAND = '/session halt spec-ambiguity Two readings of “token”.';

  it('blocks the session of the pull request, with type, reason and who said so', () => {
    const change = halting(HALT_COMMAND);
    expect(stepsOf(decideOn(change), 'block')).toMatchObject([
      {
        target: 'phase-1-review',
        reason: {
          failureType: 'spec-ambiguity',
          reason: 'Two readings of “token”.',
          by: { login: 'coder' },
        },
      },
    ]);
    expect(stepsOf(decideOn(change), 'respond')).toMatchObject([
      {
        conversation: 57,
        comment: 'IC_9001',
        key: 'comment 9001',
        outcomes: [{ done: true, answer: { kind: 'halted', module: 'plex-auth' } }],
      },
    ]);
    expect(entryAfter(change).status).toBe('blocked');
  });

  it('names its module elsewhere', () => {
    const trigger = commentTrigger('/session halt plex-auth spec-ambiguity Two readings.');
    expect(messagesOf(decideOn(halting('', { trigger })))).toEqual([
      'plex-auth: in-progress → blocked (attempt 1)',
    ]);
  });

  it.each([
    ['its own module before the type', '/session halt plex-auth spec-ambiguity Because.'],
    ['a reason that begins with a module', '/session halt spec-ambiguity plex-auth is unclear.'],
  ])('may hold %s', (_, body) => {
    expect(entryAfter(halting(body)).session.history[0]?.failureType).toBe('spec-ambiguity');
  });

  it.each([
    ['there is no type', '/session halt', 'unknown-type', []],
    ['the type is unknown', '/session halt because it is wrong', 'unknown-type', []],
    ['the type is misspelt', '/session halt mising-type X.', 'unknown-type', ['missing-type']],
    ['there is no reason', '/session halt spec-ambiguity', 'no-reason', ['spec-ambiguity']],
  ])('is refused where %s', (_, body, why, nearest) => {
    const decision = decideOn(halting(body));
    expect(messagesOf(decision)).toEqual([]);
    expect(outcomesOf(decision)).toMatchObject([
      { done: false, answer: { kind: 'halt-refused', why, nearest } },
    ]);
  });

  it.each(['reader', 'helper', 'stranger'])('is refused to %s, who may not write', (login) => {
    const decision = decideOn(halting(HALT_COMMAND, {}, login));
    expect(messagesOf(decision)).toEqual([]);
    expect(outcomesOf(decision)).toMatchObject([
      { answer: { kind: 'not-permitted', login, needs: 'write' } },
    ]);
  });

  it.each<[string, WorldChange]>([
    ['the conversation is no session’s', { trigger: commentTrigger(HALT_COMMAND) }],
    ['the session is over', { entries: { 'plex-auth': { status: 'complete' } } }],
  ])('is refused where %s', (_, change) => {
    const decision = decideOn(halting(HALT_COMMAND, change));
    expect(outcomesOf(decision)).toMatchObject([
      { answer: { kind: 'halt-refused', why: 'no-session' } },
    ]);
  });

  it('is answered as before where its run was cut off, and blocks nothing twice', () => {
    const first = halting(HALT_COMMAND);
    const entries = { 'plex-auth': { ...entryAfter(first), status: 'blocked' as const } };
    const again = decideOn(halting(HALT_COMMAND, { entries }));
    expect(outcomesOf(again)).toEqual(outcomesOf(decideOn(first)));
    expect(messagesOf(again)).toEqual([]);
  });

  it('tells of every type the config knows', () => {
    expect(outcomesOf(decideOn(halting('/session halt')))).toMatchObject([
      { answer: { types: expect.arrayContaining(['missing-type']) } },
    ]);
  });
});
