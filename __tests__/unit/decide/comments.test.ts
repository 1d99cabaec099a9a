import { describe, expect, it } from '@jest/globals';
import { COMMANDS_PER_COMMENT } from '../../../src/decide/comments.ts';
import type { CommandName } from '../../../src/domain/commands.ts';
import type { EntryPatch, Status } from '../../../src/domain/implementation-state.ts';
import type { Trigger } from '../../../src/domain/trigger.ts';
import {
  attemptOf,
  BASE_SHA,
  blocked,
  commentTrigger,
  completed,
  conversationOf,
  decideOn,
  DOCUMENT_SHA,
  EARLIER,
  entryAfter,
  HEAD_SHA,
  inReview,
  labelled,
  MERGE_SHA,
  messagesOf,
  moduleOf,
  NOW,
  outcomesOf,
  pullOf,
  requested,
  running,
  SESSION_ID,
  SPEC,
  stateAfter,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const PULLS = new Map([['plex-auth', pullOf()]]);
const ENTRIES: Readonly<Record<Status, EntryPatch>> = {
  pending: {},
  'in-progress': running(),
  review: inReview(),
  complete: { ...completed(), session: { ...completed().session, pullRequest: 57 } },
  blocked: blocked(),
};

/** A comment on the session's pull request, in a world in which nothing starts by itself. */
function on(entry: EntryPatch, body: string, change: WorldChange = {}): WorldChange {
  const place = [42, 57, 61].map((number) => [number, conversationOf(number)] as const);
  return {
    entries: { 'plex-auth': entry },
    pulls: PULLS,
    conversations: new Map(place),
    trigger: commentTrigger(body, 'coder', 57),
    config: { paused: true },
    ...change,
  };
}

/** The same comment again, in the world that the first run left. */
function again(change: WorldChange, extra: WorldChange = {}): WorldChange {
  const { entries: _, ...rest } = change;
  return { ...rest, state: stateAfter(change, decideOn(change)), ...extra };
}

function answersOf(change: WorldChange) {
  return outcomesOf(decideOn(change)).map((outcome) => outcome.answer);
}

describe('a comment', () => {
  it('is answered once and in one place, its commands in their order', () => {
    const body = '/session status\n/session cancel\n/session start plex-auth\n/session bogus';
    const decision = decideOn(on(running(), body));
    expect(messagesOf(decision)).toEqual([
      'plex-auth: in-progress → pending (attempt 1 cancelled)',
      'plex-auth: requested',
    ]);
    expect(stepsOf(decision, 'respond')).toMatchObject([
      {
        conversation: 57,
        comment: 'IC_9001',
        key: 'comment 9001',
        outcomes: [
          { asked: '/session status', done: true, answer: { status: 'in-progress' } },
          { asked: '/session cancel', done: true, answer: { kind: 'cancelled' } },
          { asked: '/session start plex-auth', done: true, answer: { kind: 'requested' } },
          { asked: '/session bogus', done: false, answer: { kind: 'unknown-command' } },
        ],
      },
    ]);
  });

  it('that bears a reaction of ours was obeyed', () => {
    const comment = { id: 'IC_9001', answered: true };
    expect(decideOn(on(running(), '/session cancel', { comment })).steps).toEqual([]);
  });

  it('that was deleted asks for nothing', () => {
    expect(decideOn(on(running(), '/session cancel', { comment: null })).steps).toEqual([]);
  });

  it('without a command is left alone', () => {
    expect(decideOn(on(running(), 'Nice work!')).steps).toEqual([]);
    expect(decideOn(on(running(), '> /session cancel')).steps).toEqual([]);
  });

  it('with too many commands has the first ones obeyed, and is told so', () => {
    const lines = Array.from({ length: COMMANDS_PER_COMMENT + 5 }, () => '/session status');
    const outcomes = outcomesOf(decideOn(on(running(), lines.join('\n'))));
    expect(outcomes).toHaveLength(COMMANDS_PER_COMMENT + 1);
    expect(outcomes.at(-1)).toMatchObject({
      done: false,
      answer: { kind: 'too-many-commands', limit: COMMANDS_PER_COMMENT },
    });
  });

  it.each(['/session help', '/session'])('of %s is answered to everybody', (body) => {
    const trigger = commentTrigger(body, 'stranger', 42);
    expect(answersOf(on({}, '', { trigger }))).toMatchObject([
      { kind: 'help', known: expect.arrayContaining(['/session retry <module>']) },
    ]);
    expect(answersOf(on(running(), body))).toMatchObject([
      { known: expect.arrayContaining(['/session retry']) },
    ]);
  });

  it('of a misspelt command is told the nearest right form', () => {
    expect(answersOf(on(running(), '/session retyr'))).toMatchObject([
      { kind: 'unknown-command', asked: 'retyr', nearest: ['/session retry'] },
    ]);
  });
});

describe('who may', () => {
  const ROLES: Readonly<Record<string, string>> = {
    stranger: 'none',
    reader: 'read',
    helper: 'triage',
    coder: 'write',
    admin: 'admin',
  };
  const NEEDS: Readonly<Record<Exclude<CommandName, 'help'>, readonly string[]>> = {
    start: ['coder', 'admin'],
    retry: ['coder', 'admin'],
    halt: ['coder', 'admin'],
    verify: ['coder', 'admin'],
    status: ['coder', 'admin'],
    'ack-spec': ['coder', 'admin'],
    cancel: ['coder', 'admin'],
    reopen: ['coder', 'admin'],
    complete: ['admin'],
  };

  it.each(
    Object.entries(NEEDS).flatMap(([name, allowed]) =>
      Object.entries(ROLES).map(
        ([login, role]) => [name, role, login, allowed.includes(login)] as const,
      ),
    ),
  )('give /session %s with the role %s', (name, _, login, isAllowed) => {
    const trigger = commentTrigger(`/session ${name}`, login, 57);
    const decision = decideOn(on(running(), '', { trigger }));
    const kinds = outcomesOf(decision).map(({ answer }) => answer.kind);
    expect(kinds.includes('not-permitted')).toBe(!isAllowed);
    if (!isAllowed) expect(decision).toMatchObject({ steps: [{ kind: 'respond' }], needs: [] });
  });

  it('is told what it takes', () => {
    const trigger = commentTrigger('/session complete Built.', 'coder', 42);
    expect(answersOf(on({}, '', { trigger }))).toEqual([
      { kind: 'not-permitted', login: 'coder', needs: 'admin', what: 'declare a module complete' },
    ]);
  });
});

describe('the module of a command', () => {
  const modules = [moduleOf('plex-auth'), moduleOf('storage')];
  const inPlace = (number: number, body: string, entry: EntryPatch = running()) =>
    answersOf(on(entry, '', { modules, trigger: commentTrigger(body, 'coder', number) }));

  it.each([
    ['a session’s pull request', 57, running()],
    ['the escalation of a blocked module', 61, blocked()],
    [
      'an escalation that was resolved',
      61,
      { status: 'pending', session: { attempt: 1, history: [attemptOf({ escalation: 61 })] } },
    ],
    [
      'the pull request of an attempt that is over',
      57,
      { status: 'pending', session: { attempt: 1, history: [attemptOf()] } },
    ],
    ['a merged pull request', 57, ENTRIES.complete],
  ] as const)('goes without saying on %s', (_, number, entry) => {
    expect(inPlace(number, '/session status', entry)).toMatchObject([
      { kind: 'status', module: 'plex-auth' },
    ]);
  });

  it('is named elsewhere', () => {
    expect(inPlace(42, '/session status plex-auth')).toMatchObject([{ module: 'plex-auth' }]);
    expect(inPlace(57, '/session status storage')).toMatchObject([{ module: 'storage' }]);
  });

  it.each(['start', 'retry', 'verify', 'status', 'ack-spec', 'cancel'])(
    'is asked for where /session %s lacks it',
    (name) => {
      expect(inPlace(42, `/session ${name}`)).toEqual([
        { kind: 'no-module', form: `/session ${name} <module>` },
      ]);
    },
  );

  it('that is unknown is answered with the nearest ones', () => {
    for (const number of [42, 57]) {
      expect(inPlace(number, '/session retry plex-oauth')).toEqual([
        { kind: 'unknown-module', asked: 'plex-oauth', nearest: ['plex-auth'] },
      ]);
    }
    expect(inPlace(42, '/session reopen plex-oauth Wrong.')).toMatchObject([
      { kind: 'unknown-module', asked: 'plex-oauth' },
    ]);
  });

  it('is never taken from a reason where it goes without saying', () => {
    const entries = { 'plex-auth': ENTRIES.complete, storage: completed() };
    const change = on({}, '/session reopen storage broke it.', { modules, entries });
    expect(entryAfter(change, 'storage').status).toBe('complete');
    expect(entryAfter(change).session.ruling?.reason).toBe('storage broke it.');
  });

  it.each(['retry', 'halt missing-type X.', 'verify', 'ack-spec', 'cancel'])(
    'has another session than the one whose old pull request holds /session %s',
    (words) => {
      const entry = running({ attempt: 2, pullRequest: 60, history: [attemptOf()] });
      const change = on(entry, `/session ${words}`, {
        pulls: new Map([['plex-auth', pullOf({ number: 60 })]]),
      });
      expect(messagesOf(decideOn(change))).toEqual([]);
      expect(answersOf(change)).toMatchObject([
        { kind: 'old-session', module: 'plex-auth', current: 60 },
      ]);
    },
  );
});

describe('/session start', () => {
  const start = (
    entry: EntryPatch,
    trigger: Trigger = commentTrigger('/session start plex-auth'),
  ) => on(entry, '', { trigger, conversations: new Map([[42, conversationOf(42)]]) });

  it('becomes a request of who wrote it, and is served where it was written', () => {
    const change = start({});
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: requested']);
    expect(entryAfter(change).session.request).toEqual({ source: 42, by: 'coder', at: NOW });
    expect(stepsOf(decideOn(change), 'answer')).toMatchObject([
      { conversation: 42, key: 'request plex-auth', answer: { kind: 'waiting', paused: true } },
    ]);
  });

  it.each([
    ['in progress', running(), { kind: 'already', status: 'in-progress', pullRequest: 57 }],
    ['in review', inReview(), { kind: 'already', status: 'review' }],
    ['blocked', blocked(), { kind: 'already', status: 'blocked', escalation: 61 }],
    ['complete', completed(), { kind: 'already', status: 'complete' }],
    ['requested', requested(), { kind: 'requested-before', by: 'coder' }],
  ])('of a module that is %s is refused', (_, entry, answer) => {
    expect(messagesOf(decideOn(start(entry)))).toEqual([]);
    expect(outcomesOf(decideOn(start(entry)))).toMatchObject([{ done: false, answer }]);
  });

  it('whose run was cut off is answered as before, while the session runs and after it', () => {
    const change = { ...start({}), config: {} };
    const first = decideOn(change);
    expect(messagesOf(first)).toEqual(['plex-auth: pending → in-progress (attempt 1)']);
    const next = again(change);
    expect(outcomesOf(decideOn(next))).toEqual(outcomesOf(first));
    expect(messagesOf(decideOn(next))).toEqual([]);
  });
});

describe('/session retry', () => {
  it.each([
    ['in-progress', running()],
    ['review', inReview()],
  ])('ends the attempt of a module that is %s and asks for the next one', (status, entry) => {
    const change = on(entry, 'The mock was wrong.\n/session retry');
    expect(messagesOf(decideOn(change))).toEqual([
      `plex-auth: ${status} → pending (attempt 1 retried)`,
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      completedAt: null,
      session: {
        attempt: 1,
        maxAttempts: 3,
        request: { source: 57, by: 'coder', at: NOW },
        history: [
          {
            attempt: 1,
            outcome: 'retried',
            issue: 'Stopped for a retry by coder.',
            resolution: 'The mock was wrong.',
            resolvedBy: 'coder',
            endedAt: NOW,
          },
        ],
      },
    });
    expect(answersOf(change)).toEqual([
      { kind: 'retried', module: 'plex-auth', attempt: 1, maxAttempts: 3 },
    ]);
  });

  it('starts the next attempt in the same run, in place of the old pull request', () => {
    const decision = decideOn(on(running(), '/session retry', { config: {} }));
    expect(messagesOf(decision)).toEqual([
      'plex-auth: in-progress → pending (attempt 1 retried)',
      'plex-auth: pending → in-progress (attempt 2)',
    ]);
    expect(stepsOf(decision, 'start')).toMatchObject([{ supersedes: 57, source: 57 }]);
    expect(stepsOf(decision, 'close-pull-request')).toEqual([]);
  });

  it('after the last attempt is refused, and told what grants more', () => {
    const change = on(running({ attempt: 3, maxAttempts: 3 }), '/session retry');
    expect(messagesOf(decideOn(change))).toEqual([]);
    expect(answersOf(change)).toEqual([
      { kind: 'last-attempt', module: 'plex-auth', attempt: 3, grants: 3 },
    ]);
  });

  it('of a blocked module resolves its escalation, closes it, and says so on it', () => {
    const change = on(blocked(), 'Use PlexToken.\n\n/session retry');
    const decision = decideOn(change);
    expect(messagesOf(decision)).toEqual([
      'plex-auth: blocked → pending (#61 resolved by /session retry)',
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      blockedReason: null,
      session: {
        escalation: null,
        request: { source: 57, by: 'coder' },
        history: [{ resolution: 'Use PlexToken.', resolvedBy: 'coder', escalation: 61 }],
      },
    });
    expect(stepsOf(decision, 'close-issue')).toEqual([{ kind: 'close-issue', conversation: 61 }]);
    expect(stepsOf(decision, 'answer')).toMatchObject([
      { conversation: 61, key: 'resumed 1', answer: { kind: 'resumed', nextAttempt: 2 } },
      { conversation: 57, answer: { kind: 'waiting' } },
    ]);
    expect(answersOf(change)).toEqual([
      { kind: 'rearmed', module: 'plex-auth', escalation: 61, nextAttempt: 2, maxAttempts: 3 },
    ]);
  });

  it('on the escalation itself is answered there once', () => {
    const trigger = commentTrigger('/session retry', 'coder', 61);
    const decision = decideOn(on(blocked(), '', { trigger }));
    expect(stepsOf(decision, 'answer')).toMatchObject([{ answer: { kind: 'waiting' } }]);
    expect(stepsOf(decision, 'close-issue')).toHaveLength(1);
  });

  it('of a blocked module takes the last words on the escalation for the resolution', () => {
    const comments = [{ id: 'C', ours: false, author: 'coder', body: 'Read the appendix.' }];
    const conversations = new Map([[61, conversationOf(61, { comments })]]);
    const { history } = entryAfter(on(blocked(), '/session retry', { conversations })).session;
    expect(history[0]?.resolution).toBe('Read the appendix.');
  });

  it('of a blocked module grants as many attempts again after the last one', () => {
    const change = on(blocked({ attempt: 3, maxAttempts: 3 }), '/session retry');
    expect(entryAfter(change).session.maxAttempts).toBe(6);
  });

  it('of a blocked module is refused while its escalation is being opened', () => {
    const change = on(blocked({ escalation: null }), '/session retry');
    expect(answersOf(change)).toMatchObject([{ kind: 'refused', status: 'blocked' }]);
  });

  it('of a module whose attempt was ended asks for the next one', () => {
    const ended = { status: 'pending', session: { attempt: 1, history: [attemptOf()] } } as const;
    const change = on(ended, '/session retry');
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: requested']);
    expect(answersOf(change)).toEqual([{ kind: 'requested', module: 'plex-auth' }]);
  });

  it.each([
    ['was not tried yet', {}, { kind: 'refused', status: 'pending' }],
    ['is complete', ENTRIES.complete, { kind: 'refused', status: 'complete' }],
    [
      'is requested',
      { status: 'pending', session: { ...requested().session, attempt: 1 } },
      { kind: 'requested-before' },
    ],
  ] as const)('of a module that %s is refused', (_, entry, answer) => {
    expect(outcomesOf(decideOn(on(entry, '/session retry plex-auth')))).toMatchObject([
      { done: false, answer },
    ]);
  });

  it.each([
    ['running', running()],
    ['blocked', blocked()],
  ])('whose run was cut off is answered as before: %s', (_, entry) => {
    const change = on(entry, '/session retry', { config: {} });
    const next = again(change);
    expect(outcomesOf(decideOn(next))).toEqual(outcomesOf(decideOn(change)));
    expect(messagesOf(decideOn(next))).toEqual([]);
  });
});

describe('/session cancel', () => {
  it.each([
    ['in-progress', running()],
    ['review', inReview()],
  ])('ends the attempt of a module that is %s and closes its pull request', (status, entry) => {
    const change = on(entry, 'Not now.\n/session cancel');
    const decision = decideOn(change);
    expect(messagesOf(decision)).toEqual([`plex-auth: ${status} → pending (attempt 1 cancelled)`]);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      completedAt: null,
      session: {
        request: null,
        history: [{ outcome: 'cancelled', issue: 'Cancelled by coder. Not now.' }],
      },
    });
    expect(stepsOf(decision, 'close-pull-request')).toEqual([
      { kind: 'close-pull-request', conversation: 57, pointer: null },
    ]);
    expect(answersOf(change)).toEqual([
      { kind: 'cancelled', module: 'plex-auth', attempt: 1, isLast: false },
    ]);
  });

  it('from elsewhere leaves a pointer on the pull request', () => {
    const trigger = commentTrigger('/session cancel plex-auth');
    expect(stepsOf(decideOn(on(running(), '', { trigger })), 'close-pull-request')).toMatchObject([
      {
        conversation: 57,
        pointer: { answer: { kind: 'stale-pull-request', status: 'pending', current: null } },
      },
    ]);
  });

  it('withdraws a request that waits, and says so where it was made', () => {
    const change = on(requested(42), '/session cancel plex-auth');
    const decision = decideOn(change);
    expect(messagesOf(decision)).toEqual(['plex-auth: withdrawn']);
    expect(entryAfter(change).session.request).toBeNull();
    expect(stepsOf(decision, 'answer')).toEqual([
      {
        kind: 'answer',
        conversation: 42,
        key: 'request plex-auth',
        answer: { kind: 'withdrawn', module: 'plex-auth' },
        first: true,
      },
    ]);
  });

  it.each(['pending', 'blocked', 'complete'] as const)(
    'of a module that is %s is refused',
    (status) => {
      expect(answersOf(on(ENTRIES[status], '/session cancel plex-auth'))).toMatchObject([
        { kind: 'refused', command: 'cancel', status },
      ]);
    },
  );

  it('of a session that was merged meanwhile is refused', () => {
    const pulls = new Map([
      ['plex-auth', pullOf({ state: 'merged', open: false, mergeSha: MERGE_SHA })],
    ]);
    for (const name of ['cancel', 'retry', 'halt missing-type X.']) {
      const change = on(inReview(), `/session ${name}`, { pulls });
      expect(answersOf(change)).toEqual([
        { kind: 'merged-already', module: 'plex-auth', pullRequest: 57 },
      ]);
      expect(entryAfter(change).status).toBe('complete');
    }
  });

  it.each([
    ['a session', running()],
    ['a request', requested(42)],
  ])('whose run was cut off is answered as before: %s', (_, entry) => {
    const change = on(entry, '/session cancel plex-auth');
    const next = again(change);
    expect(outcomesOf(decideOn(next))).toEqual(outcomesOf(decideOn(change)));
    expect(messagesOf(decideOn(next))).toEqual([]);
  });
});

describe('/session verify', () => {
  it.each([
    ['in-progress', running()],
    ['review', inReview()],
    ['blocked', blocked()],
  ])('has the head of a module that is %s verified, and changes no state', (_, entry) => {
    const change = on(entry, '/session verify');
    const decision = decideOn(change);
    expect(messagesOf(decision)).toEqual([]);
    expect(decision.needs).toMatchObject([
      { kind: 'verification', sha: HEAD_SHA, module: 'plex-auth', pullRequest: 57 },
    ]);
    expect(stepsOf(decision, 'queue-check')).toMatchObject([{ by: 'coder', pull: { number: 57 } }]);
    expect(answersOf(change)).toEqual([
      { kind: 'verifying', module: 'plex-auth', headSha: HEAD_SHA, pullRequest: 57 },
    ]);
  });

  it('runs nothing in the comment’s own run, which is one on the default branch', () => {
    expect(decideOn(on(running(), '/session verify'), 'plan').needs).toEqual([]);
  });

  it('leaves a check as it is that waits already', () => {
    const check = { id: 'C', conclusion: null, annotations: 0 };
    const pulls = new Map([['plex-auth', pullOf({ check })]]);
    expect(stepsOf(decideOn(on(running(), '/session verify', { pulls })), 'queue-check')).toEqual(
      [],
    );
  });

  it('runs again what infrastructure spoilt', () => {
    const check = { id: 'C', conclusion: 'FAILURE', annotations: 0 };
    const pulls = new Map([['plex-auth', pullOf({ check })]]);
    expect(decideOn(on(running(), '/session verify', { pulls })).needs).toHaveLength(1);
  });

  it.each<[string, WorldChange, unknown]>([
    [
      'holds nothing but the document',
      {
        pulls: new Map([
          [
            'plex-auth',
            pullOf({
              headSha: DOCUMENT_SHA,
              files: [{ path: 'orchestration-docs/session-plex-auth-1.md', status: 'added' }],
            }),
          ],
        ]),
      },
      { kind: 'nothing-to-verify', why: 'only-document' },
    ],
    [
      'has no pull request yet',
      { pulls: new Map() },
      { kind: 'nothing-to-verify', why: 'no-pull-request' },
    ],
    [
      'was closed meanwhile',
      { pulls: new Map([['plex-auth', pullOf({ state: 'closed', open: false })]]) },
      { kind: 'nothing-to-verify', why: 'closed' },
    ],
  ])('of a session that %s is refused', (_, extra, answer) => {
    const change = on(running(), '/session verify plex-auth', extra);
    expect(decideOn(change).needs).toEqual([]);
    expect(answersOf(change)).toMatchObject([answer]);
  });

  it.each(['pending', 'complete'] as const)('of a module that is %s is refused', (status) => {
    expect(answersOf(on(ENTRIES[status], '/session verify plex-auth'))).toMatchObject([
      { kind: 'refused', command: 'verify', status },
    ]);
  });
});

describe('/session ack-spec', () => {
  const NEW = { ...SPEC, prompt: 'p2' };
  const fingerprints = new Map([['plex-auth', NEW]]);

  it.each([
    ['in-progress', running()],
    ['review', inReview()],
  ])('records the specification as it is now: %s', (status, entry) => {
    const change = on(entry, '/session ack-spec', { fingerprints });
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: specification acknowledged']);
    expect(entryAfter(change)).toMatchObject({
      status,
      session: { spec: NEW, acknowledged: { sessionId: SESSION_ID, sha: BASE_SHA } },
    });
  });

  it('is refused where nothing changed', () => {
    expect(answersOf(on(running(), '/session ack-spec'))).toEqual([
      { kind: 'spec-unchanged', module: 'plex-auth' },
    ]);
  });

  it('whose run was cut off is answered as before', () => {
    const change = on(running(), '/session ack-spec', { fingerprints });
    expect(outcomesOf(decideOn(again(change)))).toEqual(outcomesOf(decideOn(change)));
  });

  it.each(['pending', 'blocked', 'complete'] as const)(
    'of a module that is %s is refused',
    (status) => {
      const change = on(ENTRIES[status], '/session ack-spec plex-auth', { fingerprints });
      expect(answersOf(change)).toMatchObject([{ kind: 'refused', command: 'ack-spec', status }]);
    },
  );
});

describe('/session reopen', () => {
  it('gives a complete module back, with who and why, and asks for nothing', () => {
    const history = [attemptOf({ outcome: 'merged', issue: null })];
    const entry = { ...ENTRIES.complete, session: { ...ENTRIES.complete.session, history } };
    const change = on(entry, '/session reopen It leaks tokens.');
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: complete → pending (reopened by coder)',
    ]);
    expect(entryAfter(change)).toMatchObject({
      status: 'pending',
      completedAt: null,
      session: {
        attempt: 1,
        maxAttempts: 3,
        request: null,
        ruling: { kind: 'reopened', by: 'coder', reason: 'It leaks tokens.', at: NOW },
        history: [{ outcome: 'merged', issue: 'Reopened by coder: It leaks tokens.' }],
      },
    });
    expect(answersOf(change)).toEqual([
      { kind: 'reopened', module: 'plex-auth', nextAttempt: 2, maxAttempts: 3 },
    ]);
  });

  it('grants as many attempts again after the last one', () => {
    const entry = { ...completed(), session: { attempt: 3, maxAttempts: 3 } };
    const change = on(entry, '/session reopen plex-auth Wrong.');
    expect(entryAfter(change).session.maxAttempts).toBe(6);
  });

  it('leaves what rests on it as it is', () => {
    const modules = [moduleOf('plex-auth'), moduleOf('player', { dependsOn: ['plex-auth'] })];
    const entries = { 'plex-auth': ENTRIES.complete, player: completed() };
    const change = on({}, '/session reopen Wrong.', { modules, entries });
    expect(messagesOf(decideOn(change))).toHaveLength(1);
    expect(entryAfter(change, 'player').status).toBe('complete');
  });

  it('needs a reason', () => {
    expect(answersOf(on(ENTRIES.complete, '/session reopen'))).toEqual([
      { kind: 'no-reason', form: '/session reopen <reason>' },
    ]);
    const trigger = commentTrigger('/session reopen plex-auth');
    expect(answersOf(on(ENTRIES.complete, '', { trigger }))).toEqual([
      { kind: 'no-reason', form: '/session reopen <module> <reason>' },
    ]);
  });

  it('whose run was cut off is answered as before', () => {
    const change = on(ENTRIES.complete, '/session reopen Wrong.');
    expect(outcomesOf(decideOn(again(change)))).toEqual(outcomesOf(decideOn(change)));
  });

  it.each(['pending', 'in-progress', 'review', 'blocked'] as const)(
    'of a module that is %s is refused',
    (status) => {
      const trigger = commentTrigger('/session reopen plex-auth Wrong.');
      expect(answersOf(on(ENTRIES[status], '', { trigger }))).toMatchObject([
        { kind: 'refused', command: 'reopen', status },
      ]);
    },
  );
});

describe('/session complete', () => {
  const trigger = commentTrigger('/session complete plex-auth Built in 2024.', 'admin');

  it('adopts a module that was built earlier, with who and why', () => {
    for (const entry of [{}, requested()]) {
      const change = on(entry, '', { trigger });
      expect(messagesOf(decideOn(change))).toEqual([
        'plex-auth: pending → complete (adopted by admin)',
      ]);
      expect(entryAfter(change)).toMatchObject({
        status: 'complete',
        completedAt: NOW,
        session: {
          attempt: 0,
          request: null,
          ruling: { kind: 'completed', by: 'admin', reason: 'Built in 2024.' },
        },
      });
    }
  });

  it('lets what waited for it start in the same run', () => {
    const modules = [moduleOf('plex-auth'), moduleOf('player', { dependsOn: ['plex-auth'] })];
    const entries = { player: requested(null, EARLIER) };
    const change = on({}, '', { modules, entries, trigger, config: {}, pulls: new Map() });
    expect(messagesOf(decideOn(change))).toEqual([
      'plex-auth: pending → complete (adopted by admin)',
      'player: pending → in-progress (attempt 1)',
    ]);
  });

  it('needs a reason', () => {
    const bare = commentTrigger('/session complete plex-auth', 'admin');
    expect(answersOf(on({}, '', { trigger: bare }))).toEqual([
      { kind: 'no-reason', form: '/session complete <module> <reason>' },
    ]);
  });

  it('whose run was cut off is answered as before', () => {
    const change = on({}, '', { trigger });
    expect(outcomesOf(decideOn(again(change)))).toEqual(outcomesOf(decideOn(change)));
  });

  it.each(['in-progress', 'review', 'blocked', 'complete'] as const)(
    'of a module that is %s is refused',
    (status) => {
      expect(answersOf(on(ENTRIES[status], '', { trigger }))).toMatchObject([
        { kind: 'refused', command: 'complete', status },
      ]);
    },
  );
});

describe('/session status', () => {
  it('tells a waiting module’s unmet gates and who asked', () => {
    const modules = [moduleOf('plex-auth', { dependsOn: ['core'] }), moduleOf('core')];
    const change = on(requested(), '/session status plex-auth', { modules, pulls: new Map() });
    expect(answersOf(change)).toMatchObject([
      {
        kind: 'status',
        status: 'pending',
        attempt: 0,
        headSha: null,
        requestedBy: 'coder',
        paused: true,
        unmet: [{ gate: 'dependency:core' }],
      },
    ]);
  });

  it('tells a running session’s head, failures and links', () => {
    const entry = running({ failedHeads: [{ sha: 'x', failures: [] }] });
    expect(answersOf(on(entry, '/session status'))).toMatchObject([
      {
        status: 'in-progress',
        attempt: 1,
        maxAttempts: 3,
        headSha: HEAD_SHA,
        failed: 1,
        selfFixLimit: 5,
        pullRequest: 57,
        escalation: null,
        unmet: [],
      },
    ]);
  });

  it('tells what a blocked module is blocked by', () => {
    expect(answersOf(on(blocked(), '/session status'))).toMatchObject([
      { status: 'blocked', escalation: 61, blockedReason: 'A type is missing.' },
    ]);
  });

  it('changes nothing', () => {
    expect(decideOn(on(running(), '/session status'))).toMatchObject({
      steps: [{ kind: 'respond' }],
      needs: [],
    });
  });
});

describe('a label beside comments', () => {
  it('is answered where it was put on, by its own key', () => {
    const change = { ...labelled('session:plex-auth'), entries: { 'plex-auth': running() } };
    expect(stepsOf(decideOn(change), 'answer')).toMatchObject([
      { conversation: 42, key: 'label session:plex-auth', answer: { kind: 'already' } },
    ]);
  });
});
