import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Trigger } from '../../src/domain/trigger.ts';
import {
  describeTrigger,
  pointedPullRequest,
  triggerNumber,
  triggerSender,
} from '../../src/domain/trigger.ts';
import { parseTrigger } from '../../src/trigger.ts';

const SENDER = { login: 'coder', type: 'User' };
const CODER = { login: 'coder', bot: false };
const ISSUE = {
  action: 'labeled',
  issue: { number: 42 },
  label: { name: 'session:plex-auth' },
  sender: SENDER,
};
const COMMENT = {
  action: 'created',
  issue: { number: 42 },
  comment: { id: 9001, node_id: 'IC_9001', body: '/session help' },
  sender: SENDER,
};
const PULL = {
  action: 'synchronize',
  number: 57,
  pull_request: {
    head: { ref: 'session/plex-auth-1', repo: { full_name: 'acme/plex' } },
    base: { repo: { full_name: 'acme/plex' } },
  },
  sender: SENDER,
};
const REPOSITORY_DISPATCH = {
  action: 'sessionwright',
  branch: 'main',
  client_payload: { module: 'plex-auth' },
  sender: SENDER,
};
const GROUP_SHA = 'a'.repeat(40);
const BASE_SHA = 'b'.repeat(40);
const HEAD_REF = 'refs/heads/gh-readonly-queue/main/pr-57-0a1b2c';
const MERGE_GROUP = {
  action: 'checks_requested',
  merge_group: { head_sha: GROUP_SHA, head_ref: HEAD_REF, base_sha: BASE_SHA },
  sender: SENDER,
};
const PUSH = { ref: 'refs/heads/main', commits: [{ message: 'feat: x' }], sender: SENDER };

function pushed(...messages: readonly string[]): unknown {
  return { ...PUSH, commits: messages.map((message) => ({ message })) };
}

interface Case {
  readonly what: string;
  readonly event: string;
  readonly payload: unknown;
  readonly trigger: Trigger;
}

const CASES: readonly Case[] = [
  {
    what: 'a session label on an issue',
    event: 'issues',
    payload: ISSUE,
    trigger: { kind: 'label', label: 'session:plex-auth', number: 42, sender: CODER },
  },
  {
    what: 'a session label on a pull request',
    event: 'pull_request_target',
    payload: { ...PULL, action: 'labeled', label: { name: 'session:ready' } },
    trigger: { kind: 'label', label: 'session:ready', number: 57, sender: CODER },
  },
  ...(['closed', 'reopened'] as const).map((action) => ({
    what: `an issue that was ${action}`,
    event: 'issues',
    payload: { ...ISSUE, action },
    trigger: { kind: 'issue', action, number: 42, sender: CODER } as const,
  })),
  {
    what: 'a comment with a command',
    event: 'issue_comment',
    payload: COMMENT,
    trigger: {
      kind: 'comment',
      number: 42,
      commentId: '9001',
      nodeId: 'IC_9001',
      body: '/session help',
      sender: CODER,
    },
  },
  ...(['opened', 'synchronize', 'reopened', 'closed'] as const).map((action) => ({
    what: `a pull request that was ${action}`,
    event: 'pull_request_target',
    payload: { ...PULL, action },
    trigger: {
      kind: 'pull-request',
      action,
      number: 57,
      headBranch: 'session/plex-auth-1',
      sameRepository: true,
      sender: CODER,
    } as const,
  })),
  {
    what: 'a push without a trailer',
    event: 'push',
    payload: PUSH,
    trigger: { kind: 'push', branch: 'main', requested: [], sender: CODER },
  },
  {
    what: 'a push to a branch with a slash',
    event: 'push',
    payload: { ...PUSH, ref: 'refs/heads/release/1.x' },
    trigger: { kind: 'push', branch: 'release/1.x', requested: [], sender: CODER },
  },
  {
    what: 'a push without commits, as of a new branch',
    event: 'push',
    payload: { ref: 'refs/heads/main', sender: SENDER },
    trigger: { kind: 'push', branch: 'main', requested: [], sender: CODER },
  },
  {
    what: 'a dispatch with both inputs',
    event: 'workflow_dispatch',
    payload: {
      ref: 'refs/heads/main',
      inputs: { module: 'plex-auth', 'pull-request': '57' },
      sender: SENDER,
    },
    trigger: {
      kind: 'dispatch',
      branch: 'main',
      module: 'plex-auth',
      pullRequest: 57,
      sender: CODER,
    },
  },
  ...[null, undefined, {}, { module: '', 'pull-request': '' }].map((inputs) => ({
    what: `a dispatch with the inputs ${JSON.stringify(inputs)}`,
    event: 'workflow_dispatch',
    payload: { ref: 'refs/heads/main', inputs, sender: SENDER },
    trigger: {
      kind: 'dispatch',
      branch: 'main',
      module: null,
      pullRequest: null,
      sender: CODER,
    } as const,
  })),
  {
    what: 'a repository dispatch of our type',
    event: 'repository_dispatch',
    payload: REPOSITORY_DISPATCH,
    trigger: {
      kind: 'dispatch',
      branch: 'main',
      module: 'plex-auth',
      pullRequest: null,
      sender: CODER,
    },
  },
  ...[57, '57'].map((pull) => ({
    what: `a repository dispatch for the pull request ${JSON.stringify(pull)}`,
    event: 'repository_dispatch',
    payload: { ...REPOSITORY_DISPATCH, client_payload: { 'pull-request': pull } },
    trigger: {
      kind: 'dispatch',
      branch: 'main',
      module: null,
      pullRequest: 57,
      sender: CODER,
    } as const,
  })),
  {
    what: 'a merge group that wants its checks',
    event: 'merge_group',
    payload: MERGE_GROUP,
    trigger: {
      kind: 'merge-group',
      headSha: GROUP_SHA,
      headRef: HEAD_REF,
      baseSha: BASE_SHA,
      sender: CODER,
    },
  },
  { what: 'the schedule', event: 'schedule', payload: {}, trigger: { kind: 'schedule' } },
  {
    what: 'a bot’s label',
    event: 'issues',
    payload: { ...ISSUE, sender: { login: 'app[bot]', type: 'Bot' } },
    trigger: {
      kind: 'label',
      label: 'session:plex-auth',
      number: 42,
      sender: { login: 'app[bot]', bot: true },
    },
  },
];

describe('parseTrigger', () => {
  it.each(CASES)('knows $what', ({ event, payload, trigger }) => {
    expect(parseTrigger(event, payload)).toEqual(trigger);
  });

  it.each<[string, string, unknown]>([
    ['another label', 'issues', { ...ISSUE, label: { name: 'bug' } }],
    ['a status label of ours', 'issues', { ...ISSUE, label: { name: 'sessionwright:blocked' } }],
    ['a label event without a label', 'issues', { ...ISSUE, label: undefined }],
    ['an issue that was opened', 'issues', { ...ISSUE, action: 'opened' }],
    ['an issue that was unlabelled', 'issues', { ...ISSUE, action: 'unlabeled' }],
    [
      'a comment without a command',
      'issue_comment',
      { ...COMMENT, comment: { id: 1, node_id: 'IC_1', body: 'Hi' } },
    ],
    [
      'a comment without a body',
      'issue_comment',
      { ...COMMENT, comment: { id: 1, node_id: 'IC_1', body: null } },
    ],
    ['a comment that was edited', 'issue_comment', { ...COMMENT, action: 'edited' }],
    ['a comment that was deleted', 'issue_comment', { ...COMMENT, action: 'deleted' }],
    [
      'a repository dispatch of another type',
      'repository_dispatch',
      { ...REPOSITORY_DISPATCH, action: 'deploy' },
    ],
    ['a merge group that is gone', 'merge_group', { ...MERGE_GROUP, action: 'destroyed' }],
    [
      'a merge group without a commit',
      'merge_group',
      { ...MERGE_GROUP, merge_group: { ...MERGE_GROUP.merge_group, head_sha: 'HEAD' } },
    ],
    ['a pull request that was edited', 'pull_request_target', { ...PULL, action: 'edited' }],
    ['a pushed tag', 'push', { ...PUSH, ref: 'refs/tags/v1' }],
    ['a tag named like a branch', 'push', { ...PUSH, ref: 'refs/tags/refs/heads/main' }],
    ['a push to a session branch', 'push', { ...PUSH, ref: 'refs/heads/session/plex-auth-1' }],
    ['an event of another kind', 'watch', {}],
    ['a pull_request event, which runs the head’s workflow', 'pull_request', PULL],
    ['an event without a name', '', {}],
  ])('ignores %s, and says why', (_, event, payload) => {
    const trigger = parseTrigger(event, payload);
    expect(trigger.kind).toBe('ignored');
    expect(trigger.kind === 'ignored' ? trigger.reason : '').not.toBe('');
  });

  it.each([
    ['of a fork', { ref: 'session/plex-auth-1', repo: { full_name: 'evil/plex' } }],
    ['of a fork that is gone', { ref: 'session/plex-auth-1', repo: null }],
  ])('tells a head %s from one of the repository', (_, head) => {
    const payload = { ...PULL, pull_request: { ...PULL.pull_request, head } };
    expect(parseTrigger('pull_request_target', payload)).toMatchObject({ sameRepository: false });
  });

  it.each(['0', '-1', '1.5', '57 ', '1e3', '#57', '99999999999', 57, true, {}])(
    'takes the pull request %j of a dispatch for none',
    (pull) => {
      const payload = { inputs: { 'pull-request': pull }, sender: SENDER };
      expect(parseTrigger('workflow_dispatch', payload)).toMatchObject({ pullRequest: null });
    },
  );
});

describe('a payload that lacks what GitHub documents', () => {
  const wholes: readonly (readonly [string, object])[] = [
    ['issues', ISSUE],
    ['issue_comment', COMMENT],
    ['pull_request_target', PULL],
    ['push', PUSH],
    ['merge_group', MERGE_GROUP],
  ];

  it.each(
    wholes.flatMap(([event, payload]) =>
      Object.keys(payload)
        .filter((key) => key !== 'label' && key !== 'commits')
        .map((key) => ({ event, key, payload: { ...payload, [key]: undefined } })),
    ),
  )('is ignored: $event without $key', ({ event, payload }) => {
    expect(parseTrigger(event, payload)).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining(event),
    });
  });

  it.each([undefined, null, 0, '', 'text', [], [1], () => 1])('is ignored: %p', (payload) => {
    for (const [event] of wholes) expect(parseTrigger(event, payload).kind).toBe('ignored');
    expect(parseTrigger('workflow_dispatch', payload).kind).toBe('ignored');
  });

  it('never makes it throw, whatever stands in place of a field', () => {
    const event = fc.constantFrom(...wholes.map(([name]) => name), 'workflow_dispatch', 'schedule');
    const field = fc.oneof(fc.jsonValue(), fc.anything());
    const payload = fc.oneof(
      fc.anything(),
      fc.record(
        {
          action: fc.oneof(fc.constantFrom('labeled', 'created', 'closed', 'opened'), field),
          issue: fc.oneof(fc.constant({ number: 1 }), field),
          comment: fc.oneof(fc.record({ id: field, body: field }), field),
          label: fc.oneof(fc.record({ name: field }), field),
          number: field,
          pull_request: fc.oneof(fc.constant(PULL.pull_request), field),
          ref: fc.oneof(fc.string(), field),
          commits: fc.oneof(fc.array(fc.record({ message: fc.string() })), field),
          inputs: fc.oneof(fc.dictionary(fc.string(), field), field),
          sender: fc.oneof(fc.constant(SENDER), field),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(event, payload, (name, value) => {
        expect(typeof parseTrigger(name, value).kind).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('trailers of pushed commits', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['names one module', pushed('feat: x\n\nStart-Session: plex-auth'), ['plex-auth']],
    ['names several, one each', pushed('x\n\nStart-Session: a\nStart-Session: b'), ['a', 'b']],
    [
      'names them in several commits',
      pushed('x\n\nStart-Session: a', 'y\n\nStart-Session: b\n'),
      ['a', 'b'],
    ],
    [
      'stands among others',
      pushed('x\n\nCo-authored-by: A <a@b.c>\nStart-Session: a\nFixes: 1'),
      ['a'],
    ],
    ['ends in CR LF', pushed('x\r\n\r\nStart-Session: a\r\nFixes: 1\r\n'), ['a']],
    ['has spaces around its value', pushed('x\n\nStart-Session:  a \t'), ['a']],
    ['is written in any case, as git has it', pushed('x\n\nstart-session: a'), ['a']],
    ['has no value', pushed('x\n\nStart-Session:\nother'), []],
    ['has two words for a value', pushed('x\n\nStart-Session: a b'), []],
    ['is quoted', pushed('x\n\n> Start-Session: a'), []],
    ['is indented', pushed('x\n\n  Start-Session: a'), []],
    ['stands inside a line', pushed('x\n\nsee Start-Session: a'), []],
  ])('a trailer that %s', (_, payload, requested) => {
    expect(parseTrigger('push', payload)).toMatchObject({ requested });
  });

  it('join over no commit’s end', () => {
    expect(parseTrigger('push', pushed('Start-Session:', 'plex-auth'))).toMatchObject({
      requested: [],
    });
  });
});

describe('what is asked of a trigger', () => {
  it.each(CASES)('is answered for $what', ({ trigger }) => {
    const number = 'number' in trigger ? trigger.number : null;
    expect(triggerNumber(trigger)).toBe(number);
    expect(triggerSender(trigger)).toEqual('sender' in trigger ? trigger.sender : null);
    expect(describeTrigger(trigger)).not.toBe('');
  });

  it('is the pull request that it is about, from an event or a dispatch', () => {
    expect(pointedPullRequest(parseTrigger('pull_request_target', PULL))).toBe(57);
    expect(
      pointedPullRequest(
        parseTrigger('workflow_dispatch', { inputs: { 'pull-request': '58' }, sender: SENDER }),
      ),
    ).toBe(58);
    expect(pointedPullRequest(parseTrigger('issues', ISSUE))).toBeNull();
  });

  it('is the reason, where it is ignored', () => {
    expect(describeTrigger({ kind: 'ignored', reason: 'a tag was pushed' })).toBe(
      'a tag was pushed',
    );
  });
});
