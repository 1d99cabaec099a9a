import { describe, expect, it } from '@jest/globals';
import type { GateRun } from '../../../src/domain/gate.ts';
import { EMPTY_STATE, entryOf } from '../../../src/domain/implementation-state.ts';
import { updateEntry, updateHeader } from '../../../src/domain/state-file.ts';
import {
  attemptOf,
  BASE_SHA,
  blocked,
  commandResult,
  completed,
  conversationOf,
  decideOn,
  dispatchTrigger,
  DOCUMENT_SHA,
  EARLIER,
  entryAfter,
  inReview,
  MERGE_SHA,
  messagesOf,
  moduleOf,
  NOW,
  pullOf,
  pushTrigger,
  requested,
  resultOf,
  running,
  SESSION_ID,
  SPEC,
  specPackOf,
  stepsOf,
  transitionsOf,
  type WorldChange,
} from '../../support/world.ts';

const GATE = { id: 'types', name: 'Types compile', run: 'npx tsc', timeoutSeconds: 60 };

function started(change: WorldChange): readonly string[] {
  return stepsOf(decideOn(change), 'start').map((step) => step.module.id);
}

function waiting(change: WorldChange) {
  return stepsOf(decideOn(change), 'answer').flatMap(({ answer, conversation }) =>
    answer.kind === 'waiting' ? [{ ...answer, conversation }] : [],
  );
}

function requestedWith(gateRun: GateRun, change: WorldChange = {}): WorldChange {
  const state = updateHeader(updateEntry(EMPTY_STATE, 'plex-auth', requested()), { gateRun });
  return { config: { gates: [GATE] }, state, ...change };
}

describe('a request whose gates passed', () => {
  const change = { entries: { 'plex-auth': requested() } };

  it('starts the first attempt, its claim holding all that the session is known by', () => {
    const [step] = stepsOf(decideOn(change), 'start');
    expect(step?.session).toEqual({
      module: 'plex-auth',
      attempt: 1,
      maxAttempts: 3,
      sessionId: 'session-1',
      startedAt: NOW,
      baseSha: BASE_SHA,
    });
    expect(step?.source).toBe(42);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: pending → in-progress (attempt 1)']);
    expect(entryAfter(change)).toMatchObject({
      status: 'in-progress',
      sessionId: 'session-1',
      session: {
        attempt: 1,
        maxAttempts: 3,
        branch: 'session/plex-auth-1',
        pullRequest: null,
        baseSha: BASE_SHA,
        startedAt: NOW,
        spec: SPEC,
      },
    });
  });

  it('keeps the request until the start is done, so that a run that takes over can answer it', () => {
    expect(entryAfter(change).session.request?.source).toBe(42);
  });

  it('starts the next attempt with nothing left of the last one but its history', () => {
    const last = {
      ...requested().session,
      ...running({ failedHeads: [{ sha: 'x', failures: [] }] }).session,
    };
    const again = {
      entries: {
        'plex-auth': {
          status: 'pending' as const,
          completedAt: EARLIER,
          blockedReason: 'Stuck.',
          filesModified: ['src/index.ts'],
          session: { ...last, mergeSha: 'x', history: [attemptOf()] },
        },
      },
    };
    expect(entryAfter(again)).toMatchObject({
      status: 'in-progress',
      completedAt: null,
      blockedReason: null,
      filesModified: [],
      session: {
        attempt: 2,
        branch: 'session/plex-auth-2',
        pullRequest: null,
        headSha: null,
        mergeSha: null,
        failedHeads: [],
        history: [attemptOf()],
      },
    });
  });

  it('counts more attempts where the config allows more by now', () => {
    const entry = {
      status: 'pending' as const,
      session: { ...requested().session, attempt: 3, maxAttempts: 3 },
    };
    const [step] = stepsOf(
      decideOn({ config: { attempts: 5 }, entries: { 'plex-auth': entry } }),
      'start',
    );
    expect(step?.session).toMatchObject({ attempt: 4, maxAttempts: 5 });
  });

  it('tells the next attempt what changed in its specification since the last', () => {
    const history = [attemptOf({ spec: { ...SPEC, prompt: 'older' } })];
    const entry = { ...requested(), session: { ...requested().session, attempt: 1, history } };
    const [step] = stepsOf(decideOn({ entries: { 'plex-auth': entry } }), 'start');
    expect(step?.specChanges).toEqual([
      { part: 'prompt', name: 'Implementation Prompt', change: 'changed' },
    ]);
  });

  it.each([
    ['open', 57],
    ['closed', null],
  ])('supersedes the last attempt’s pull request only where it is open: %s', (state, expected) => {
    const entry = {
      ...requested(),
      session: { ...requested().session, attempt: 1, history: [attemptOf()] },
    };
    const conversations = new Map([[57, conversationOf(57, { open: state === 'open' })]]);
    const [step] = stepsOf(decideOn({ entries: { 'plex-auth': entry }, conversations }), 'start');
    expect(step?.supersedes).toBe(expected);
  });
});

describe('a start that an earlier run left half done', () => {
  const entry = running({
    pullRequest: null,
    headSha: null,
    request: { source: 42, by: 'coder', at: EARLIER },
  });

  it('goes on under the same id, without a second claim', () => {
    const decision = decideOn({ entries: { 'plex-auth': entry } });
    expect(stepsOf(decision, 'start')).toMatchObject([
      {
        claim: null,
        source: 42,
        session: { sessionId: SESSION_ID, attempt: 1, startedAt: EARLIER },
      },
    ]);
    expect(transitionsOf(decision)).toEqual([]);
  });

  it('goes on although starts are paused, since it has begun', () => {
    expect(started({ config: { paused: true }, entries: { 'plex-auth': entry } })).toEqual([
      'plex-auth',
    ]);
  });

  const request = { source: 42, by: 'coder', at: EARLIER };
  const moved = running({ pullRequest: null, baseSha: 'old', request });

  it('moves to the new base where there is no document yet, so that none tells of two commits', () => {
    const change = { entries: { 'plex-auth': moved } };
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: moved to the new base']);
    expect(entryAfter(change)).toMatchObject({
      status: 'in-progress',
      sessionId: SESSION_ID,
      session: { attempt: 1, baseSha: BASE_SHA, startedAt: NOW, spec: SPEC, request },
    });
    const [step] = stepsOf(decideOn(change), 'start');
    expect(step?.session).toMatchObject({ baseSha: BASE_SHA, startedAt: NOW });
  });

  it('goes on from the base it was claimed at once its document is there, and judges no gate anew', () => {
    const change = { entries: { 'plex-auth': moved }, begun: new Set(['plex-auth']) };
    const [step, ...more] = stepsOf(decideOn(change), 'start');
    expect(step).toMatchObject({ claim: null, verdicts: null, session: { baseSha: 'old' } });
    expect(more).toEqual([]);
    expect(transitionsOf(decideOn(change))).toEqual([]);
    const specPack = specPackOf([]);
    expect(started({ ...change, specPack })).toEqual(['plex-auth']);
  });

  it.each([
    ['of another base', moved],
    ['of this base, by a state that says otherwise by now', entry],
  ])('waits, visibly, for a gate that does not hold: %s', (_, claimed) => {
    const specPack = specPackOf([]);
    const change = { entries: { 'plex-auth': claimed }, specPack };
    expect(started(change)).toEqual([]);
    expect(waiting(change)).toMatchObject([
      { conversation: 42, unmet: [{ gate: 'handoff' }, { gate: 'prompt' }] },
    ]);
    expect(transitionsOf(decideOn(change))).toEqual([]);
  });

  it('asks for the gate commands where they did not run on the base as it is', () => {
    const change = { config: { gates: [GATE] }, entries: { 'plex-auth': moved } };
    expect(decideOn(change, 'plan').needs).toMatchObject([{ kind: 'gates', sha: BASE_SHA }]);
  });

  it('goes on first and takes its place before others start', () => {
    const modules = [moduleOf('storage'), moduleOf('plex-auth')];
    const entries = { storage: requested(), 'plex-auth': entry };
    expect(started({ modules, entries })).toEqual(['plex-auth', 'storage']);
    expect(started({ modules, entries, config: { parallelSessions: 1 } })).toEqual(['plex-auth']);
  });

  it('that waits for its prompt does not stop the others', () => {
    const modules = [moduleOf('storage', { prompt: 2 }), moduleOf('plex-auth', { prompt: 9 })];
    const entries = { storage: requested(), 'plex-auth': entry };
    const specPack = specPackOf(modules.slice(0, 1));
    expect(started({ modules, entries, specPack })).toEqual(['storage']);
  });

  it('is left alone once its pull request is recorded', () => {
    expect(decideOn({ entries: { 'plex-auth': running() } })).toEqual({ steps: [], needs: [] });
  });
});

describe('capacity', () => {
  const modules = [moduleOf('a'), moduleOf('b'), moduleOf('c')];
  const all = { a: requested(1), b: requested(2), c: requested(3) };

  it('starts no more than may run at once and tells the rest their place', () => {
    const change = { modules, entries: all, config: { parallelSessions: 2 } };
    expect(started(change)).toEqual(['a', 'b']);
    expect(waiting(change)).toMatchObject([
      { module: 'c', conversation: 3, unmet: [], queue: { place: 1, running: 2, limit: 2 } },
    ]);
  });

  it('starts no more than one run may start', () => {
    expect(started({ modules, entries: all, config: { maxStartsPerRun: 1 } })).toEqual(['a']);
  });

  it('counts sessions that run, and not those in review', () => {
    const entries = { a: running(), b: requested(), c: inReview() };
    const config = { parallelSessions: 1 };
    expect(started({ modules, entries, config })).toEqual([]);
    expect(started({ modules, entries: { ...entries, a: inReview() }, config })).toEqual(['b']);
  });

  it('starts nothing while paused, and says that it is', () => {
    const change = { entries: { 'plex-auth': requested() }, config: { paused: true } };
    expect(started(change)).toEqual([]);
    expect(waiting(change)).toMatchObject([{ paused: true, unmet: [], queue: { place: 1 } }]);
  });

  it('gives a place among those that could start, not among all that wait', () => {
    const blockedByGate = [moduleOf('a', { dependsOn: ['d'] }), moduleOf('b'), moduleOf('d')];
    const entries = { a: requested(1), b: requested(2), d: running() };
    const config = { parallelSessions: 1 };
    const told = waiting({ modules: blockedByGate, entries, config });
    expect(told.map(({ module, queue }) => [module, queue?.place ?? null])).toEqual([
      ['a', null],
      ['b', 1],
    ]);
  });
});

describe('the order of requests', () => {
  it('is that of the longest chain which a module unblocks', () => {
    const modules = [
      moduleOf('alone'),
      moduleOf('root'),
      moduleOf('middle', { dependsOn: ['root'] }),
      moduleOf('leaf', { dependsOn: ['middle'] }),
      moduleOf('other'),
      moduleOf('child', { dependsOn: ['other'] }),
    ];
    const entries = { alone: requested(), other: requested(), root: requested() };
    expect(started({ modules, entries })).toEqual(['root', 'other', 'alone']);
  });

  it('is that of age between chains of equal length', () => {
    const modules = [moduleOf('a'), moduleOf('b'), moduleOf('c')];
    const entries = {
      a: requested(1, '2026-01-03T00:00:00.000Z'),
      b: requested(2, '2026-01-01T00:00:00.000Z'),
      c: requested(3, '2026-01-02T00:00:00.000Z'),
    };
    expect(started({ modules, entries })).toEqual(['b', 'c', 'a']);
  });

  it('is that of the config between requests of one moment', () => {
    const modules = [moduleOf('b'), moduleOf('a')];
    expect(started({ modules, entries: { a: requested(), b: requested() } })).toEqual(['b', 'a']);
  });
});

describe('a request that cannot start', () => {
  it('waits on its conversation, with each unmet gate and what clears it', () => {
    const modules = [moduleOf('plex-auth', { dependsOn: ['storage'] }), moduleOf('storage')];
    const told = waiting({ modules, entries: { 'plex-auth': requested() } });
    expect(told).toMatchObject([
      {
        conversation: 42,
        queue: null,
        unmet: [{ gate: 'dependency:storage', reason: '`storage` is pending' }],
      },
    ]);
    expect(told[0]?.unmet[0]?.clears).not.toBe('');
  });

  it('waits without a word where there is no conversation', () => {
    const modules = [moduleOf('plex-auth', { dependsOn: ['storage'] }), moduleOf('storage')];
    expect(decideOn({ modules, entries: { 'plex-auth': requested(null) } }).steps).toEqual([]);
  });

  it('starts by itself in the run that completes what it waited for', () => {
    const modules = [moduleOf('storage'), moduleOf('plex-auth', { dependsOn: ['storage'] })];
    const change = {
      modules,
      entries: { storage: inReview(), 'plex-auth': requested() },
      pulls: new Map([['storage', pullOf({ state: 'merged', open: false, mergeSha: MERGE_SHA })]]),
    };
    expect(messagesOf(decideOn(change))).toEqual([
      'storage: review → complete (attempt 1)',
      'plex-auth: pending → in-progress (attempt 1)',
    ]);
  });

  it('is no request any more once its module runs, is done or is blocked', () => {
    for (const entry of [running(), inReview(), completed(), blocked()]) {
      const session = { ...entry.session, request: { source: 42, by: 'coder', at: EARLIER } };
      const change = { entries: { 'plex-auth': { ...entry, session } } };
      expect(started(change)).toEqual([]);
    }
  });
});

describe('gate commands', () => {
  const change: WorldChange = { config: { gates: [GATE] }, entries: { 'plex-auth': requested() } };

  it('are asked for on the base’s tip where everything else is met, silently', () => {
    const decision = decideOn(change, 'plan');
    expect(decision.needs).toMatchObject([
      { kind: 'gates', sha: BASE_SHA, commands: [{ id: 'types', run: 'npx tsc' }] },
    ]);
    expect(decision.steps).toEqual([]);
  });

  it('are asked for once, however many requests wait for them', () => {
    const modules = [moduleOf('a'), moduleOf('b')];
    const entries = { a: requested(), b: requested() };
    expect(decideOn({ ...change, modules, entries }, 'plan').needs).toHaveLength(1);
  });

  it('are not asked for where another gate fails anyway', () => {
    const modules = [moduleOf('plex-auth', { dependsOn: ['storage'] }), moduleOf('storage')];
    expect(decideOn({ ...change, modules }, 'plan').needs).toEqual([]);
  });

  it('are not asked for by the push of a merge, whose pull request event does', () => {
    const pulls = new Map([['plex-auth', pullOf({ state: 'merged', mergeSha: BASE_SHA })]]);
    expect(decideOn({ ...change, pulls, trigger: pushTrigger() }, 'plan').needs).toEqual([]);
    expect(decideOn({ ...change, pulls }, 'plan').needs).toHaveLength(1);
  });

  it('are not run again on a base commit that has their result', () => {
    const passed = requestedWith({ sha: BASE_SHA, results: { types: 'passed' } });
    expect(decideOn(passed, 'plan').needs).toEqual([]);
    expect(started(passed)).toEqual(['plex-auth']);
  });

  it('are run again on a base that moved', () => {
    const moved = requestedWith({ sha: 'older', results: { types: 'passed' } });
    expect(decideOn(moved, 'plan').needs).toHaveLength(1);
    expect(started(moved)).toEqual([]);
  });

  it('that failed make the request wait, visibly, and are not run again', () => {
    const failed = requestedWith({ sha: BASE_SHA, results: { types: 'failed' } });
    expect(decideOn(failed, 'plan').needs).toEqual([]);
    expect(waiting(failed)).toMatchObject([
      { unmet: [{ gate: 'command:types', verdict: 'failed' }] },
    ]);
  });

  it('that could not be run make the request wait, visibly, and are run again', () => {
    const stuck = requestedWith({ sha: BASE_SHA, results: { types: 'infrastructure' } });
    expect(decideOn(stuck, 'plan').needs).toHaveLength(1);
    expect(waiting(stuck)).toMatchObject([
      { unmet: [{ gate: 'command:types', verdict: 'unknown' }] },
    ]);
  });

  it('whose run handed nothing on make the request wait, visibly', () => {
    expect(waiting({ ...change, trigger: dispatchTrigger() })).toMatchObject([
      { unmet: [{ gate: 'command:types', verdict: 'unknown' }] },
    ]);
  });
});

describe('the gate commands’ result', () => {
  const gateResult = resultOf({
    kind: 'gates',
    sha: BASE_SHA,
    module: null,
    commands: [commandResult({ id: 'types' })],
  });
  const blank: WorldChange = { config: { gates: [GATE] }, gateResult };

  it('is recorded and shown, once for each base commit', () => {
    const decision = decideOn(blank);
    expect(messagesOf(decision)).toEqual(['gates: 1 passed on ba5e000']);
    expect(stepsOf(decision, 'publish-gates')).toHaveLength(1);
    const recorded = requestedWith({ sha: BASE_SHA, results: { types: 'passed' } }, { gateResult });
    expect(messagesOf(decideOn(recorded))).toEqual([
      'plex-auth: pending → in-progress (attempt 1)',
    ]);
  });

  it('of another commit is not recorded', () => {
    expect(decideOn({ ...blank, gateResult: { ...gateResult, sha: DOCUMENT_SHA } }).steps).toEqual(
      [],
    );
  });

  it.each([
    ['an exit with 1', { kind: 'exited', exitCode: 1 }, 'failed'],
    ['an exit with 0', { kind: 'exited', exitCode: 0 }, 'passed'],
    ['a command that is not there', { kind: 'exited', exitCode: 127 }, 'infrastructure'],
    ['a command that may not be run', { kind: 'exited', exitCode: 126 }, 'infrastructure'],
    ['a time-out', { kind: 'timed-out', afterSeconds: 60 }, 'infrastructure'],
    ['a signal', { kind: 'signalled', signal: 'SIGKILL' }, 'infrastructure'],
    ['a command that never started', { kind: 'not-started', reason: 'x' }, 'infrastructure'],
  ] as const)('takes %s for what it is', (_, outcome, expected) => {
    const commands = [commandResult({ id: 'types', outcome })];
    const decision = decideOn({ ...blank, gateResult: { ...gateResult, commands } });
    expect(stepsOf(decision, 'publish-gates')[0]?.gateRun.results).toEqual({ types: expected });
  });

  it('replaces one that came to nothing', () => {
    const stuck = requestedWith(
      { sha: BASE_SHA, results: { types: 'infrastructure' } },
      { gateResult },
    );
    expect(started(stuck)).toEqual(['plex-auth']);
    expect(messagesOf(decideOn(stuck))).toHaveLength(1);
  });

  it('that came to nothing once more is no change', () => {
    const commands = [
      commandResult({ id: 'types', outcome: { kind: 'not-started', reason: 'x' } }),
    ];
    const stuck = requestedWith(
      { sha: BASE_SHA, results: { types: 'infrastructure' } },
      { gateResult: { ...gateResult, commands } },
    );
    expect(messagesOf(decideOn(stuck))).toEqual([]);
  });

  it('never takes back a verdict that was reached on the same commit', () => {
    const commands = [
      commandResult({ id: 'types', outcome: { kind: 'not-started', reason: 'x' } }),
    ];
    const half = requestedWith(
      { sha: BASE_SHA, results: { types: 'passed', lint: 'infrastructure' } },
      { gateResult: { ...gateResult, commands } },
    );
    expect(started(half)).toEqual(['plex-auth']);
  });
});

describe('a module whose attempts are all spent', () => {
  const session = {
    ...requested().session,
    attempt: 3,
    maxAttempts: 3,
    history: [1, 2, 3].map((attempt) => attemptOf({ attempt, outcome: 'closed' })),
  };
  const change = { entries: { 'plex-auth': { status: 'pending' as const, session } } };

  it('is blocked and escalated to the planning agent when it is asked for again', () => {
    const decision = decideOn(change);
    expect(stepsOf(decision, 'start')).toEqual([]);
    expect(stepsOf(decision, 'block')).toMatchObject([
      { target: 'planning-agent', reason: { by: 'attempts', failureType: null }, pull: null },
    ]);
    expect(messagesOf(decision)).toEqual(['plex-auth: pending → blocked (attempt 3)']);
  });

  it('keeps its history as it is and its request no longer', () => {
    const entry = entryAfter(change);
    expect(entry.session.history).toEqual(session.history);
    expect(entry.session.request).toBeNull();
    expect(entry).toMatchObject({ status: 'blocked', blockedAt: NOW });
  });

  it('is blocked in the order of the queue, and the next request is served', () => {
    const modules = [moduleOf('plex-auth'), moduleOf('storage')];
    const entries = { ...change.entries, storage: requested() };
    expect(started({ modules, entries })).toEqual(['storage']);
    expect(entryOf(EMPTY_STATE, 'storage').status).toBe('pending');
  });

  it('tells who asked that it is blocked', () => {
    expect(stepsOf(decideOn(change), 'answer')).toMatchObject([
      { conversation: 42, answer: { kind: 'exhausted', module: 'plex-auth', attempts: 3 } },
    ]);
  });
});
