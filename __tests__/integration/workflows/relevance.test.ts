import { describe, expect, it } from '@jest/globals';
import { evaluateCondition } from '../../../simulator/runner/expressions.ts';
import type { JsonObject } from '../../../simulator/runner/json.ts';
import { parseTrigger } from '../../../src/trigger.ts';
import { renderMarker } from '../../../src/documents/marker.ts';
import { OUR_LABEL } from '../../../src/domain/labels.ts';
import { readShipped, REUSABLE } from '../../support/shipped-workflows.ts';

const condition = readShipped(REUSABLE).workflow.jobs.find(({ id }) => id === 'verify')?.condition;

function starts(event: string, payload: JsonObject): boolean {
  const github = { event_name: event, event: payload };
  return evaluateCondition(condition ?? null, { contexts: { github } });
}

const sender = { login: 'mona', type: 'User' };
const issue = { number: 1, labels: [], body: null };
const repo = { full_name: 'acme/app' };

function issues(action: string, rest: JsonObject = {}): readonly [string, JsonObject] {
  return ['issues', { action, issue, sender, ...rest }];
}

function pull(action: string, ref: string, rest: JsonObject = {}): readonly [string, JsonObject] {
  const pull_request = { head: { ref, repo }, base: { repo } };
  return ['pull_request_target', { action, number: 2, pull_request, sender, ...rest }];
}

function comment(body: string): readonly [string, JsonObject] {
  const said = { id: 1, node_id: 'IC_1', body };
  return ['issue_comment', { action: 'created', issue, comment: said, sender }];
}

const SHA = 'a'.repeat(40);
const escalation = renderMarker('escalation', { module: 'plex-auth', attempt: 1 });
const label = { name: 'session:plex-auth' };

type Case = readonly [string, readonly [string, JsonObject]];

const RELEVANT: readonly Case[] = [
  ['the label of a module', issues('labeled', { label })],
  ['the label of every ready module', issues('labeled', { label: { name: 'session:ready' } })],
  [
    'an escalation that is closed',
    issues('closed', { issue: { ...issue, body: `x\n${escalation}` } }),
  ],
  [
    'an issue of ours whose text was taken away',
    issues('reopened', { issue: { ...issue, labels: [{ name: 'bug' }, { name: OUR_LABEL }] } }),
  ],
  ['a command', comment('Please\n/session retry')],
  ['the label of a module on a pull request', pull('labeled', 'topic', { label })],
  ['any pull request that is opened', pull('opened', 'topic')],
  ['any pull request that is pushed to', pull('synchronize', 'topic')],
  ['any pull request that is reopened', pull('reopened', 'topic')],
  ["a session's pull request that is closed", pull('closed', 'session/plex-auth-1')],
  ['a push', ['push', { ref: 'refs/heads/main', commits: [], sender }]],
  ['the hour', ['schedule', { schedule: '17 * * * *' }]],
  ['a dispatch', ['workflow_dispatch', { ref: 'main', inputs: {}, sender }]],
  ['a dispatch from outside', ['repository_dispatch', { action: 'sessionwright', sender }]],
  [
    'a merge group',
    [
      'merge_group',
      {
        action: 'checks_requested',
        merge_group: { head_sha: SHA, head_ref: 'q', base_sha: SHA },
        sender,
      },
    ],
  ],
];

const IRRELEVANT: readonly Case[] = [
  ['another label', issues('labeled', { label: { name: 'bug' } })],
  ['an issue of somebody that is closed', issues('closed')],
  [
    'an issue that tells of sessions',
    issues('closed', { issue: { ...issue, body: 'see sessionwright:escalation' } }),
  ],
  ['small talk', comment('Looks good to me')],
  [
    'another label on a pull request',
    pull('labeled', 'session/plex-auth-1', { label: { name: 'bug' } }),
  ],
  ['a foreign pull request that is closed', pull('closed', 'topic')],
];

describe('before a runner starts', () => {
  it.each(RELEVANT)('%s is let through', (_name, [event, payload]) => {
    expect(starts(event, payload)).toBe(true);
    expect(parseTrigger(event, payload).kind).not.toBe('ignored');
  });

  it.each(IRRELEVANT)('%s ends', (_name, [event, payload]) => {
    expect(starts(event, payload)).toBe(false);
  });
});
