import { tell } from '../../../src/domain/messages/catalogue.ts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STATUSES, type Status } from '../../../src/domain/implementation-state.ts';
import type { Answer, CommandRefusal, StatusAnswer } from '../../../src/domain/answer.ts';
import { parseReply, renderOutcomes, renderReply } from '../../../src/documents/reply.ts';
import { hostile, parseInline, visible, LIVE_REFERENCES } from './gfm.ts';
import { gate } from './views.ts';

const module = 'plex-auth';
const known = ['/session start <module>', '/session halt <failure-type> <reason>', '/session help'];
const types = ['missing-type', 'spec-ambiguity'];
const unmet = [
  gate('handoff', 'Context handoff exists', {
    verdict: 'failed',
    reason: 'not found (`spec-pack/context-handoff/plex-auth.md`)',
    clears: 'Add it on the base branch.',
  }),
  gate('command:shared-types', 'Shared types compile', {
    verdict: 'unknown',
    reason: 'not run yet on this commit',
    clears: 'It runs by itself; nothing to do.',
  }),
];

const REPLIES: readonly (readonly [string, Answer])[] = [
  ['started', { kind: 'started', module, attempt: 2, maxAttempts: 3, pullRequest: 57 }],
  ['waiting for gates', { kind: 'waiting', module, unmet, queue: null, paused: false }],
  [
    'waiting for capacity',
    {
      kind: 'waiting',
      module,
      unmet: [],
      queue: { place: 2, running: 4, limit: 4 },
      paused: false,
    },
  ],
  ['waiting while paused', { kind: 'waiting', module, unmet: [], queue: null, paused: true }],
  ['waiting for nothing', { kind: 'waiting', module, unmet: [], queue: null, paused: false }],
  [
    'could not start',
    {
      kind: 'start-failed',
      module,
      told: tell('pull-requests-not-allowed', {}),
    },
  ],
  ['a second one', { kind: 'duplicate', original: 12 }],
  [
    'the specification changed',
    {
      kind: 'spec-drift',
      module,
      changes: [
        { part: 'prompt', name: 'Implementation Prompt', change: 'changed' },
        { part: 'type', name: 'PlexToken', change: 'removed' },
      ],
      range: { repositoryUrl: 'https://github.com/acme/app', before: 'abc1234', after: 'main' },
    },
  ],
  ...[false, true].map((conflicts) => {
    const kind = 'continued' as const;
    const continued = { kind, module, attempt: 1, from: 'abc1234def', base: 'main', conflicts };
    return [conflicts ? 'continued, with conflicts' : 'continued', continued] as const;
  }),
  [
    'the coder was not called',
    {
      kind: 'not-called',
      module,
      isPartly: false,
      told: tell('coder-not-called', { key: 'handoff.workflow', why: 'GitHub says: Not Found @x' }),
    },
  ],
  ...STATUSES.map(
    (status) =>
      [
        `not in the config any more, ${status}`,
        { kind: 'orphaned', module, status, attempt: 1, pullRequest: 57, escalation: 41 },
      ] as const,
  ),
  ['let go', { kind: 'let-go', module }],
  ['the specification is settled', { kind: 'spec-settled', module }],
  ['unknown, with a guess', { kind: 'unknown-module', asked: 'plex-auht', nearest: [module] }],
  ['unknown, without', { kind: 'unknown-module', asked: '`x` @everyone', nearest: [] }],
  ['nothing is ready', { kind: 'nothing-ready', waiting: [module] }],
  ['nothing is left', { kind: 'nothing-ready', waiting: [] }],
  [
    'not permitted',
    { kind: 'not-permitted', login: 'mallory', needs: 'triage', what: 'start a session' },
  ],
  ...STATUSES.map(
    (status) =>
      [
        `already ${status}`,
        { kind: 'already', module, status, pullRequest: 57, escalation: 41 },
      ] as const,
  ),
  ['requested before', { kind: 'requested-before', module, by: 'octocat' }],
  ['attempts that are spent', { kind: 'exhausted', module, attempts: 3 }],
  ['a wait that was ended by a blocker', { kind: 'waits-no-longer', module, escalation: 41 }],
  ['a wait that is over', { kind: 'waited', module, pullRequest: 57 }],
  ['closed by hand', { kind: 'closed-by-hand', module, attempt: 2, isLast: false }],
  ['closed by hand, the last time', { kind: 'closed-by-hand', module, attempt: 3, isLast: true }],
  ['timed out', { kind: 'timed-out', module, attempt: 2 }],
  ['resumed', { kind: 'resumed', module, by: 'octocat', nextAttempt: 3, maxAttempts: 3 }],
  ['not closed as completed', { kind: 'stays-blocked', module, why: { kind: 'not-completed' } }],
  [
    'closed by somebody who may not',
    { kind: 'stays-blocked', module, why: { kind: 'not-permitted', login: 'mallory' } },
  ],
  ['blocked again', { kind: 'blocked-again', module, by: 'octocat' }],
  [
    'reopened though complete',
    { kind: 'not-blocked-again', module, status: 'complete', escalation: null },
  ],
  [
    'reopened though blocked by another one',
    { kind: 'not-blocked-again', module, status: 'blocked', escalation: 70 },
  ],
  [
    'merged while blocked',
    { kind: 'merged-while-blocked', module, pullRequest: 57, mergeSha: 'a'.repeat(40) },
  ],
  [
    'a stale pull request',
    { kind: 'stale-pull-request', module, status: 'in-progress', current: 57 },
  ],
  [
    'a stale one with no successor',
    { kind: 'stale-pull-request', module, status: 'pending', current: null },
  ],
  [
    'a stale one of a complete module',
    { kind: 'stale-pull-request', module, status: 'complete', current: null },
  ],
];

const STATUS: StatusAnswer = {
  kind: 'status',
  module,
  status: 'pending',
  attempt: 0,
  maxAttempts: 3,
  headSha: null,
  failed: 0,
  selfFixLimit: 5,
  pullRequest: null,
  escalation: null,
  blockedReason: null,
  requestedBy: null,
  unmet: [],
  queue: null,
  paused: false,
  dashboard: 12,
};
const SESSION = { ...STATUS, attempt: 2, pullRequest: 57, headSha: 'a'.repeat(40), failed: 1 };

const DONE: readonly (readonly [string, Answer])[] = [
  ['help', { kind: 'help', known: [...known, '/session dance'] }],
  ['requested', { kind: 'requested', module }],
  ['withdrawn', { kind: 'withdrawn', module }],
  ['retried', { kind: 'retried', module, attempt: 1, maxAttempts: 3 }],
  ['re-armed', { kind: 'rearmed', module, escalation: 41, nextAttempt: 4, maxAttempts: 6 }],
  ['halted', { kind: 'halted', module, failureType: 'missing-type' }],
  ['halted without a type', { kind: 'halted', module, failureType: null }],
  ['verifying', { kind: 'verifying', module, headSha: 'a'.repeat(40), pullRequest: 57 }],
  ['specification acknowledged', { kind: 'spec-acknowledged', module }],
  ['cancelled', { kind: 'cancelled', module, attempt: 1, isLast: false }],
  ['the last one cancelled', { kind: 'cancelled', module, attempt: 3, isLast: true }],
  ['reopened', { kind: 'reopened', module, nextAttempt: 2, maxAttempts: 3 }],
  ['adopted', { kind: 'adopted', module }],
  ['the status of one that nobody asked for', STATUS],
  [
    'the status of one that waits',
    { ...STATUS, requestedBy: 'octocat', unmet, paused: true, dashboard: null },
  ],
  [
    'the status of one that waits for a free session',
    { ...STATUS, requestedBy: 'octocat', queue: { place: 2, running: 4, limit: 4 } },
  ],
  ['the status of one that runs', { ...SESSION, status: 'in-progress' }],
  ['the status of one in review', { ...SESSION, status: 'review', failed: 0 }],
  ['the status of one that is complete', { ...SESSION, status: 'complete', headSha: null }],
  [
    'the status of one that is blocked',
    { ...SESSION, status: 'blocked', escalation: 41, blockedReason: 'No type | here' },
  ],
];

const form = '/session halt <failure-type> <reason>';
const REFUSED: readonly (readonly [string, Answer])[] = [
  ['a dispatch for what is no session', { kind: 'no-session-pull-request', pullRequest: 57 }],
  ['halt without a session', { kind: 'halt-refused', why: 'no-session', types, nearest: [], form }],
  [
    'halt of a misspelt type',
    { kind: 'halt-refused', why: 'unknown-type', types, nearest: ['missing-type'], form },
  ],
  [
    'halt of an unknown type',
    { kind: 'halt-refused', why: 'unknown-type', types, nearest: [], form },
  ],
  ['halt without a reason', { kind: 'halt-refused', why: 'no-reason', types, nearest: [], form }],
  [
    'an unknown command',
    {
      kind: 'unknown-command',
      asked: 'strat plex-auth',
      nearest: ['/session start plex-auth'],
      known,
    },
  ],
  ['a command like no other', { kind: 'unknown-command', asked: 'dance', nearest: [], known }],
  ['the last attempt', { kind: 'last-attempt', module, attempt: 3, grants: 3 }],
  ['merged already', { kind: 'merged-already', module, pullRequest: 57 }],
  ['an old session', { kind: 'old-session', module, current: 60, form: '/session verify' }],
  ['no module', { kind: 'no-module', form: '/session retry <module>' }],
  ['no reason', { kind: 'no-reason', form: '/session reopen <reason>' }],
  ['a specification that did not change', { kind: 'spec-unchanged', module }],
  ['no pull request', { kind: 'nothing-to-verify', module, why: 'no-pull-request' }],
  ['a pull request that is closed', { kind: 'nothing-to-verify', module, why: 'closed' }],
  ['only the document', { kind: 'nothing-to-verify', module, why: 'only-document' }],
  ['too many commands', { kind: 'too-many-commands', limit: 10 }],
];

/** Every command that a status refuses. */
const NOT_NOW: readonly (readonly [CommandRefusal['kind'] & 'refused', string, Status])[] = [
  ['retry', 'pending'],
  ['retry', 'complete'],
  ['retry', 'blocked'],
  ['halt', 'blocked'],
  ['verify', 'pending'],
  ['verify', 'complete'],
  ['ack-spec', 'pending'],
  ['ack-spec', 'complete'],
  ['ack-spec', 'blocked'],
  ['cancel', 'pending'],
  ['cancel', 'complete'],
  ['cancel', 'blocked'],
  ['reopen', 'pending'],
  ['reopen', 'in-progress'],
  ['reopen', 'review'],
  ['reopen', 'blocked'],
  ['complete', 'in-progress'],
  ['complete', 'review'],
  ['complete', 'complete'],
  ['complete', 'blocked'],
].map(([command = '', status]) => ['refused', command, status as Status] as const);

describe('renderReply', () => {
  it.each(REPLIES)('says what happened and what is next: %s', (_, reply) => {
    expect(renderReply(reply, 'k')).toMatchSnapshot();
  });

  it.each(DONE)('says what a command did: %s', (_, reply) => {
    expect(renderReply(reply, 'k')).toMatchSnapshot();
  });

  it.each(REFUSED)(
    'says why a command did nothing, and what would do something: %s',
    (_, reply) => {
      expect(renderReply(reply, 'k')).toMatchSnapshot();
      expect(renderReply(reply, 'k')).toMatch(/Next:|known:|nothing to acknowledge/u);
    },
  );

  it.each(NOT_NOW)(
    'says what a status allows instead: %s of /session %s while %s',
    (kind, command, status) => {
      const reply = { kind, command, module, status, pullRequest: 57, escalation: 41 };
      const text = renderReply(reply as Answer, 'k');
      expect(text).toMatchSnapshot();
      expect(text).not.toContain('/session help');
    },
  );

  it('is read back by its key', () => {
    for (const key of ['started:plex-auth:2', 'a b--c -->', 'é']) {
      const body = renderReply({ kind: 'help', known }, key);
      expect(parseReply(body)).toBe(key);
    }
    expect(parseReply('Thanks!')).toBeNull();
  });

  it('repeats nobody’s words as anything but words', () => {
    fc.assert(
      fc.property(hostile, (asked) => {
        const reply: Answer = { kind: 'unknown-module', asked, nearest: [] };
        const body = renderReply(reply, asked);
        const [line = ''] = body.split('\n');
        for (const live of LIVE_REFERENCES) {
          expect(visible(parseInline(line), ['text'])).not.toMatch(live);
        }
      }),
    );
  });
});

describe('renderOutcomes', () => {
  const cancelled: Answer = { kind: 'cancelled', module, attempt: 1, isLast: false };
  const unknown: Answer = { kind: 'unknown-module', asked: 'plex', nearest: [] };

  it('is the answer itself where there is one command', () => {
    const outcome = { asked: '/session cancel', done: true, answer: cancelled };
    expect(renderOutcomes([outcome], 'k')).toBe(renderReply(cancelled, 'k'));
  });

  it('tells each command’s outcome in its order', () => {
    const body = renderOutcomes(
      [
        { asked: '/session cancel', done: true, answer: cancelled },
        { asked: '/session start plex', done: false, answer: unknown },
      ],
      'k',
    );
    expect(body).toMatchSnapshot();
    expect(parseReply(body)).toBe('k');
  });

  it('repeats a command as words, and no more of it than is needed to know it', () => {
    fc.assert(
      fc.property(hostile, (asked) => {
        const outcome = { asked, done: true, answer: cancelled };
        const body = renderOutcomes([outcome, outcome], 'k');
        const [line = ''] = body.split('\n');
        expect(line.length).toBeLessThan(1000);
        for (const live of LIVE_REFERENCES) {
          expect(visible(parseInline(line), ['text'])).not.toMatch(live);
        }
      }),
    );
  });
});
