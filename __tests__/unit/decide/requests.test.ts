import { describe, expect, it } from '@jest/globals';
import { readyModules } from '../../../src/decide/requests.ts';
import {
  attemptOf,
  blocked,
  completed,
  conversationOf,
  decideOn,
  dispatchTrigger,
  EARLIER,
  entryAfter,
  inReview,
  labelled,
  messagesOf,
  moduleOf,
  NOW,
  pullTrigger,
  pushTrigger,
  requested,
  running,
  stepsOf,
  worldOf,
  type WorldChange,
} from '../../support/world.ts';

const PAUSED = { config: { paused: true } };
const THREE = [moduleOf('a'), moduleOf('b', { dependsOn: ['a'] }), moduleOf('c')];

function answers(change: WorldChange) {
  return stepsOf(decideOn(change), 'answer').map((step) => step.answer);
}

describe('the label of a module', () => {
  const change = { ...labelled('session:plex-auth'), ...PAUSED };

  it('becomes a request of whoever put it on, and is taken off', () => {
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: requested']);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      session: { request: { source: 42, by: 'helper', at: NOW } },
    });
    expect(stepsOf(decideOn(change), 'remove-label')).toEqual([
      { kind: 'remove-label', conversation: 42, label: 'L_1' },
    ]);
  });

  it('takes an entry that nobody asked for yet to its first attempt in one commit', () => {
    const decision = decideOn(labelled('session:plex-auth'));
    expect(messagesOf(decision)).toEqual(['plex-auth: pending → in-progress (attempt 1)']);
    expect(stepsOf(decision, 'start')[0]?.source).toBe(42);
  });

  it('that is gone was handled by an earlier run', () => {
    const gone = { ...change, source: conversationOf(42) };
    expect(decideOn(gone)).toEqual({ steps: [], needs: [] });
  });

  it('on what could not be read asks for nothing', () => {
    expect(decideOn({ ...change, source: null })).toEqual({ steps: [], needs: [] });
  });

  it.each(['reader', 'stranger'])('from %s asks for nothing, and says what it takes', (login) => {
    const decision = decideOn({ ...labelled('session:plex-auth', login), ...PAUSED });
    expect(messagesOf(decision)).toEqual([]);
    expect(stepsOf(decision, 'remove-label')).toHaveLength(1);
    expect(stepsOf(decision, 'answer')).toMatchObject([
      {
        conversation: 42,
        key: 'label session:plex-auth',
        answer: { kind: 'not-permitted', login, needs: 'triage' },
      },
    ]);
  });

  it('of an unknown module is answered with the nearest ones', () => {
    const decision = decideOn({ ...labelled('session:plex-aut'), ...PAUSED });
    expect(messagesOf(decision)).toEqual([]);
    expect(stepsOf(decision, 'remove-label')).toHaveLength(1);
    expect(stepsOf(decision, 'answer')).toMatchObject([
      { answer: { kind: 'unknown-module', asked: 'plex-aut', nearest: ['plex-auth'] } },
    ]);
  });

  it.each([
    ['in-progress', running(), { pullRequest: 57 }],
    ['review', inReview(), { pullRequest: 57 }],
    ['complete', completed(), {}],
    ['blocked', blocked(), { escalation: 61 }],
  ])('of a module that is %s already is answered with where it stands', (status, entry, known) => {
    const decision = decideOn({ ...change, entries: { 'plex-auth': entry } });
    expect(messagesOf(decision)).toEqual([]);
    expect(stepsOf(decision, 'answer')).toMatchObject([
      { answer: { kind: 'already', status, ...known } },
    ]);
  });

  it('of a module that somebody else asked for is answered with who', () => {
    const entries = { 'plex-auth': requested(7) };
    expect(answers({ ...change, entries })).toContainEqual({
      kind: 'requested-before',
      module: 'plex-auth',
      by: 'coder',
    });
    expect(messagesOf(decideOn({ ...change, entries }))).toEqual([]);
  });

  it('whose request an earlier run recorded is taken off without another word', () => {
    const entries = {
      'plex-auth': {
        status: 'pending' as const,
        session: { request: { source: 42, by: 'helper', at: EARLIER } },
      },
    };
    const decision = decideOn({ ...change, entries });
    expect(stepsOf(decision, 'remove-label')).toHaveLength(1);
    expect(answers({ ...change, entries }).map(({ kind }) => kind)).toEqual(['waiting']);
    expect(messagesOf(decision)).toEqual([]);
  });

  it('whose session an earlier run began is taken off, and the start goes on', () => {
    const request = { source: 42, by: 'helper', at: EARLIER };
    const entries = { 'plex-auth': running({ pullRequest: null, headSha: null, request }) };
    const decision = decideOn({ ...change, entries });
    expect(answers({ ...change, entries })).toEqual([]);
    expect(stepsOf(decision, 'start')).toMatchObject([{ claim: null, source: 42 }]);
  });
});

describe('the label session:ready', () => {
  const change = { ...labelled('session:ready'), ...PAUSED, modules: THREE };

  it('requests every module whose dependencies are complete', () => {
    expect(messagesOf(decideOn(change))).toEqual(['a: requested', 'c: requested']);
    const done = { ...change, entries: { a: completed(), c: running() } };
    expect(messagesOf(decideOn(done))).toEqual(['b: requested']);
  });

  it('requests a module again whose last attempt was closed', () => {
    const entry = { status: 'pending' as const, session: { attempt: 1, history: [attemptOf()] } };
    expect(messagesOf(decideOn({ ...change, entries: { a: entry } }))).toContain('a: requested');
  });

  it('leaves a request that is there as it is', () => {
    expect(messagesOf(decideOn({ ...change, entries: { a: requested() } }))).toEqual([
      'c: requested',
    ]);
  });

  it('says so where nothing is ready, with what is pending', () => {
    const entries = { a: running(), c: completed() };
    expect(answers({ ...change, entries })).toContainEqual({
      kind: 'nothing-ready',
      waiting: ['b'],
    });
    expect(stepsOf(decideOn({ ...change, entries }), 'remove-label')).toHaveLength(1);
  });
});

describe('a module named by a push or a dispatch', () => {
  it('is requested by who pushed, without a conversation', () => {
    const change = { trigger: pushTrigger(['plex-auth']), ...PAUSED };
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: requested']);
    expect(entryAfter(change).session.request).toEqual({ source: null, by: 'coder', at: NOW });
    expect(messagesOf(decideOn({ ...change, trigger: dispatchTrigger('plex-auth') }))).toEqual([
      'plex-auth: requested',
    ]);
  });

  it('is requested once, however many commits name it', () => {
    const change = { trigger: pushTrigger(['c', 'a', 'c']), modules: THREE, ...PAUSED };
    expect(messagesOf(decideOn(change))).toEqual(['c: requested', 'a: requested']);
  });

  it.each<[string, WorldChange]>([
    ['pushed to another branch than the base', { trigger: pushTrigger(['plex-auth'], 'feature') }],
    ['unknown', { trigger: pushTrigger(['plex-aut']) }],
    ['requested already', { entries: { 'plex-auth': requested(null) } }],
    ['running already', { entries: { 'plex-auth': running() } }],
    ['of a dispatch that names none', { trigger: dispatchTrigger() }],
    ['of another event', { trigger: pullTrigger('closed') }],
  ])('is not requested where it is %s', (_, change) => {
    const decision = decideOn({ trigger: pushTrigger(['plex-auth']), ...PAUSED, ...change });
    expect(messagesOf(decision)).toEqual([]);
  });
});

describe('auto-start', () => {
  const auto = { config: { autoStart: true, paused: true }, modules: THREE };

  it('requests what is ready, by itself', () => {
    expect(messagesOf(decideOn(auto))).toEqual(['a: requested', 'c: requested']);
    expect(entryAfter(auto, 'a').session.request).toEqual({
      source: null,
      by: 'auto-start',
      at: NOW,
    });
  });

  it('asks for nothing where it is off', () => {
    expect(messagesOf(decideOn({ modules: THREE }))).toEqual([]);
  });

  it('never begins again by itself what somebody ended', () => {
    const ended = { status: 'pending' as const, session: { attempt: 1, history: [attemptOf()] } };
    expect(messagesOf(decideOn({ ...auto, entries: { a: ended } }))).toEqual(['c: requested']);
  });

  it('requests nothing twice that the same run was asked for', () => {
    const change = { ...auto, trigger: pushTrigger(['a']) };
    expect(messagesOf(decideOn(change))).toEqual(['a: requested', 'c: requested']);
  });
});

describe('readyModules', () => {
  it('are those that are pending, asked for by nobody and rest on what is complete', () => {
    const modules = [
      ...THREE,
      moduleOf('d', { dependsOn: ['a', 'c'] }),
      moduleOf('e'),
      moduleOf('f'),
    ];
    const world = worldOf({
      modules,
      entries: { a: completed(), c: inReview(), e: requested(), f: blocked() },
    });
    expect(readyModules(world, world.state)).toEqual(['b']);
  });
});
