import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../../src/decide/decide.ts';
import { endOf } from '../../../src/decide/move.ts';
import { applyTransition, type Step } from '../../../src/decide/situation.ts';
import { entryOf, type EntryPatch } from '../../../src/domain/implementation-state.ts';
import {
  attemptOf,
  BASE_SHA,
  blocked,
  commandResult,
  commentTrigger,
  completed,
  conversationOf,
  decideOn,
  dispatchTrigger,
  EARLIER,
  failureOf,
  HEAD_SHA,
  inReview,
  judgementOf,
  labelled,
  MERGE_SHA,
  messagesOf,
  moduleOf,
  outcomesOf,
  pullOf,
  pullTrigger,
  pushTrigger,
  requested,
  resultOf,
  running,
  stateAfter,
  stepsOf,
  transitionsOf,
  worldOf,
  type WorldChange,
} from '../../support/world.ts';

const GATES = {
  config: { gates: [{ id: 'types', name: 'Types', run: 'npx tsc', timeoutSeconds: 60 }] },
  gateResult: resultOf({
    kind: 'gates',
    sha: BASE_SHA,
    module: null,
    commands: [commandResult({ id: 'types' })],
  }),
};
/** Every command, about what there is and what there is not. */
const COMMANDS = [
  '/session help',
  '/session bogus',
  ...['start', 'retry', 'verify', 'status', 'ack-spec', 'cancel'].flatMap((name) =>
    ['', ' a', ' b', ' of-a', ' nobody'].map((module) => `/session ${name}${module}`),
  ),
  ...['', ' a', ' of-a'].flatMap((module) => [
    `/session halt${module} missing-type X.`,
    `/session reopen${module} X.`,
    `/session complete${module} X.`,
  ]),
];

const CHAIN = [moduleOf('a'), moduleOf('b'), moduleOf('of-a', { dependsOn: ['a'] })];

function kinds(steps: readonly Step[]): readonly string[] {
  return steps.map((step) => step.kind);
}

/** What each commit changes: entries by their module, else the kind of change. */
function changesOf(change: WorldChange): readonly (readonly string[])[] {
  return transitionsOf(decideOn(change)).map((transition) =>
    transition.changes.map((one) => (one.kind === 'entry' ? one.module : one.kind)),
  );
}

describe('what one commit can tell', () => {
  it('is a request and the start that it leads to', () => {
    const change = labelled('session:plex-auth');
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: pending → in-progress (attempt 1)']);
    expect(changesOf(change)).toEqual([['plex-auth', 'plex-auth']]);
    expect(entryOf(stateAfter(change, decideOn(change)), 'plex-auth')).toMatchObject({
      status: 'in-progress',
      session: { request: { source: 42, by: 'helper' } },
    });
  });

  it('is the gate commands’ result and the first start that it leads to', () => {
    const modules = [moduleOf('a'), moduleOf('b')];
    const change = { ...GATES, modules, entries: { a: requested(), b: requested() } };
    expect(changesOf(change)).toEqual([['gate-run', 'a'], ['b']]);
    expect(stateAfter(change, decideOn(change)).gateRun?.results).toEqual({ types: 'passed' });
  });

  it('is the gate commands’ result with the request and its start', () => {
    expect(changesOf({ ...GATES, trigger: pushTrigger(['plex-auth']) })).toEqual([
      ['gate-run', 'plex-auth', 'plex-auth'],
    ]);
  });

  it('is never a request that starts nothing in this run', () => {
    const change = { ...labelled('session:plex-auth'), config: { paused: true } };
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: requested']);
  });

  it('is never a result where nothing starts', () => {
    expect(messagesOf(decideOn(GATES))).toEqual(['gates: 1 passed on ba5e000']);
  });
});

describe('a request whose start is not the first', () => {
  const change = { modules: CHAIN, trigger: pushTrigger(['b', 'a']) };

  it('costs no commit of its own', () => {
    expect(messagesOf(decideOn(change))).toEqual([
      'a: pending → in-progress (attempt 1)',
      'b: pending → in-progress (attempt 1)',
    ]);
  });

  it('is on record before anything of an earlier start can fail', () => {
    const [first] = transitionsOf(decideOn(change));
    const patches = first?.changes.map((one) =>
      one.kind === 'entry' ? [one.module, one.patch] : [],
    );
    expect(patches).toEqual([
      ['b', expect.objectContaining({ session: { request: expect.anything() } })],
      ['a', expect.objectContaining({ session: { request: expect.anything() } })],
      ['a', expect.objectContaining({ status: 'in-progress' })],
    ]);
  });

  it('joins the first start together with the gate commands’ result', () => {
    expect(changesOf({ ...GATES, ...change })).toEqual([['gate-run', 'b', 'a', 'a'], ['b']]);
  });

  it('is a commit of its own where the capacity is used up before it', () => {
    expect(messagesOf(decideOn({ ...change, config: { parallelSessions: 1 } }))).toEqual([
      'b: requested',
      'a: pending → in-progress (attempt 1)',
    ]);
  });

  it('is recorded before an unfinished start goes on, which may fail', () => {
    const entries = { b: running({ pullRequest: null }) };
    const decision = decideOn({ modules: CHAIN, entries, trigger: pushTrigger(['a']) });
    expect(kinds(decision.steps)).toEqual(['record', 'start', 'start']);
    expect(messagesOf(decision)).toEqual(['a: requested', 'a: pending → in-progress (attempt 1)']);
  });

  it('is recorded before a block, which may fail', () => {
    const entries = { b: blocked({ escalation: null }) };
    const decision = decideOn({ modules: CHAIN, entries, trigger: pushTrigger(['a']) });
    expect(kinds(decision.steps)).toEqual(['record', 'block', 'start']);
  });

  it('is recorded before a verification is told, which may fail', () => {
    const decision = decideOn({
      modules: [moduleOf('plex-auth'), moduleOf('b')],
      entries: { 'plex-auth': running() },
      pulls: new Map([['plex-auth', pullOf()]]),
      judgement: judgementOf(),
      trigger: pushTrigger(['b']),
    });
    expect(kinds(decision.steps)).toEqual(['record', 'publish', 'start']);
  });
});

describe('every other step', () => {
  it('keeps its place: what a merge completes comes before what it lets start', () => {
    const change: WorldChange = {
      ...GATES,
      modules: CHAIN,
      entries: { a: inReview(), 'of-a': requested() },
      pulls: new Map([['a', pullOf({ state: 'merged', open: false, mergeSha: MERGE_SHA })]]),
      trigger: pullTrigger('closed'),
    };
    expect(messagesOf(decideOn(change))).toEqual([
      'a: review → complete (attempt 1)',
      'of-a: pending → in-progress (attempt 1)',
    ]);
    expect(changesOf(change)).toEqual([['a'], ['gate-run', 'of-a']]);
  });

  it('keeps its place: an attempt ends before the next one begins', () => {
    const change: WorldChange = {
      entries: { 'plex-auth': running() },
      pulls: new Map([['plex-auth', pullOf()]]),
      config: { selfFixLimit: 1 },
      judgement: judgementOf([failureOf('type-error')]),
    };
    expect(kinds(decideOn(change).steps)).toEqual(['publish', 'start']);
  });
});

describe('any decision', () => {
  const entry = fc.constantFrom<EntryPatch>(
    {},
    requested(),
    running(),
    running({ pullRequest: null, headSha: null }),
    inReview(),
    completed(),
    blocked(),
    blocked({ escalation: null }),
    { status: 'pending', session: { attempt: 3, maxAttempts: 3, history: [attemptOf()] } },
    { status: 'pending', session: { ...requested().session, attempt: 3, maxAttempts: 3 } },
  );
  const comment = fc
    .record({
      lines: fc.array(fc.constantFrom(...COMMANDS), { minLength: 1, maxLength: 4 }),
      login: fc.constantFrom('coder', 'admin', 'reader'),
      number: fc.constantFrom(42, 57, 61),
    })
    .map(({ lines, login, number }) => commentTrigger(lines.join('\n'), login, number));
  const change = fc.record({
    modules: fc.constant(CHAIN),
    entries: fc.record({ a: entry, b: entry, 'of-a': entry }),
    config: fc.record({
      autoStart: fc.boolean(),
      paused: fc.boolean(),
      parallelSessions: fc.integer({ min: 1, max: 3 }),
      onUnverifiedMerge: fc.constantFrom('accept' as const, 'escalate' as const),
    }),
    trigger: fc.oneof(
      fc.constantFrom(
        pushTrigger(['a', 'b', 'nobody']),
        pullTrigger('closed'),
        pullTrigger('reopened'),
        labelled('session:ready').trigger,
        dispatchTrigger('of-a'),
        dispatchTrigger(null, 57),
        { kind: 'schedule' as const },
      ),
      comment,
    ),
    source: fc.constantFrom(null, labelled('session:ready').source),
    pulls: fc.constantFrom(
      new Map(),
      ...(['open', 'closed', 'merged'] as const).map(
        (state) => new Map([['a', pullOf({ state })]]),
      ),
    ),
    conversations: fc.constantFrom(
      new Map(),
      new Map([
        [61, conversationOf(61, { open: false, closed: { by: 'coder', reason: 'completed' } })],
      ]),
      new Map([42, 57, 61].map((number) => [number, conversationOf(number)])),
      new Map([[61, conversationOf(61, { reopened: { by: 'coder' } })]]),
    ),
    judgement: fc.constantFrom(
      null,
      judgementOf([], { module: 'a' }),
      judgementOf([failureOf('type-error')], { module: 'a' }),
      judgementOf([failureOf('missing-type')], { module: 'a' }),
    ),
  });

  it('starts each module once, and only within capacity, pause and gates', () => {
    fc.assert(
      fc.property(change, (world) => {
        const decision = decideOn(world);
        const state = stateAfter(world, decision);
        const begun = stepsOf(decision, 'start').filter((step) => step.claim !== null);
        const ids = stepsOf(decision, 'start').map((step) => step.module.id);
        expect(new Set(ids).size).toBe(ids.length);
        if (world.config.paused) expect(begun).toEqual([]);
        for (const { verdicts, session } of begun) {
          expect(verdicts?.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
          expect(session.attempt).toBeLessThanOrEqual(session.maxAttempts);
        }
        if (begun.length > 0) {
          const active = [...state.entries.values()].filter(
            ({ status }) => status === 'in-progress',
          );
          expect(active.length).toBeLessThanOrEqual(world.config.parallelSessions);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('moves modules along the edges of the table and no other way', () => {
    fc.assert(
      fc.property(change, (world) => {
        let { state } = worldOf(world);
        for (const transition of transitionsOf(decideOn(world))) {
          const after = applyTransition(state, transition);
          for (const { id } of CHAIN) {
            const [from, to] = [entryOf(state, id).status, entryOf(after, id).status];
            if (from === to) continue;
            expect(transition.edge).toBeDefined();
            expect(endOf(transition.edge ?? 'request', from)).toBe(to);
          }
          state = after;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('does nothing twice that a comment asks for, though its event comes again unanswered', () => {
    fc.assert(
      fc.property(change, comment, (one, trigger) => {
        const config = { ...one.config, autoStart: false };
        const world = { ...one, trigger, config, judgement: null };
        const first = decideOn(world);
        // What was refused may be in order by now; what was done is done.
        fc.pre(outcomesOf(first).every(({ done }) => done));
        const { entries: _, ...rest } = world;
        const again = { ...rest, state: stateAfter(world, first) };
        const obeyed = (of: WorldChange): readonly unknown[] =>
          CHAIN.map(({ id }) => entryOf(stateAfter(of, decideOn(of)), id).session.commands);
        expect(obeyed(again)).toEqual(obeyed(world));
      }),
      { numRuns: 300 },
    );
  });

  it('never counts attempts down and never forgets one', () => {
    fc.assert(
      fc.property(change, (world) => {
        const before = worldOf(world).state;
        const after = stateAfter(world, decideOn(world));
        for (const { id } of CHAIN) {
          const [old, now] = [entryOf(before, id).session, entryOf(after, id).session];
          expect(now.attempt).toBeGreaterThanOrEqual(old.attempt);
          expect(now.history.length).toBeGreaterThanOrEqual(old.history.length);
          const attempts = now.history.map(({ attempt }) => attempt);
          expect(new Set(attempts).size).toBe(attempts.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same for the same world', () => {
    fc.assert(
      fc.property(change, (world) => {
        expect(decideOn(world)).toEqual(decideOn(world));
      }),
    );
  });

  it('once done, leaves nothing to commit to a run that is woken by nothing', () => {
    fc.assert(
      fc.property(change, (world) => {
        const { entries: _, ...rest } = world;
        const calm = { judgement: null, trigger: { kind: 'schedule' as const } };
        const conversations = new Map();
        let state = stateAfter(world, decideOn(world));
        for (let run = 0; run < 3; run += 1) {
          const next = { ...rest, ...calm, conversations, state };
          state = stateAfter(next, decideOn(next));
        }
        const last = { ...rest, ...calm, conversations, state };
        expect(messagesOf(decideOn(last))).toEqual([]);
      }),
    );
  });

  it('leaves the world it was given as it was', () => {
    const world = worldOf({ entries: { 'plex-auth': requested(1, EARLIER) } });
    const before = JSON.stringify(world.state.raw);
    decide(world, { phase: 'orchestrate', newSessionId: () => HEAD_SHA });
    expect(JSON.stringify(world.state.raw)).toBe(before);
  });
});
