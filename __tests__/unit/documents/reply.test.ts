import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STATUSES } from '../../../src/domain/implementation-state.ts';
import { parseReply, renderReply, type Reply } from '../../../src/documents/reply.ts';
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

const REPLIES: readonly (readonly [string, Reply])[] = [
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
      problem: 'GitHub does not let Actions open pull requests here.',
      fix: 'Allow it under Settings, Actions, General.',
    },
  ],
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
  ['halt without a session', { kind: 'halt-refused', why: 'no-session', types }],
  ['halt of an unknown type', { kind: 'halt-refused', why: 'unknown-type', types }],
  ['halt without a reason', { kind: 'halt-refused', why: 'no-reason', types }],
  ['an unknown command', { kind: 'unknown-command', asked: 'strat plex-auth', known }],
  ['help', { kind: 'help', known: [...known, '/session dance'] }],
  ['attempts that are spent', { kind: 'exhausted', module, attempts: 3 }],
  ['a wait that is over', { kind: 'waited', module, pullRequest: 57 }],
  ['halted', { kind: 'halted', module, failureType: 'missing-type' }],
  ['halted without a type', { kind: 'halted', module, failureType: null }],
  ['closed by hand', { kind: 'closed-by-hand', module, attempt: 2 }],
  ['resumed', { kind: 'resumed', module, by: 'octocat', nextAttempt: 3, maxAttempts: 3 }],
  ['not closed as completed', { kind: 'stays-blocked', module, why: { kind: 'not-completed' } }],
  [
    'closed by somebody who may not',
    { kind: 'stays-blocked', module, why: { kind: 'not-permitted', login: 'mallory' } },
  ],
  ['a stale pull request', { kind: 'stale-pull-request', module, current: 57 }],
  ['a stale one with no successor', { kind: 'stale-pull-request', module, current: null }],
];

describe('renderReply', () => {
  it.each(REPLIES)('says what happened and what is next: %s', (_, reply) => {
    expect(renderReply(reply, 'k')).toMatchSnapshot();
  });

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
        const reply: Reply = { kind: 'unknown-module', asked, nearest: [] };
        const body = renderReply(reply, asked);
        const [line = ''] = body.split('\n');
        for (const live of LIVE_REFERENCES) {
          expect(visible(parseInline(line), ['text'])).not.toMatch(live);
        }
      }),
    );
  });
});
