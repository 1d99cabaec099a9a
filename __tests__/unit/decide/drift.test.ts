import { describe, expect, it } from '@jest/globals';
import type { Comment, PullRequest } from '../../../src/domain/world.ts';
import {
  BASE_SHA,
  blocked,
  commentTrigger,
  completed,
  decideOn,
  inReview,
  messagesOf,
  pullOf,
  pushTrigger,
  running,
  SESSION_ID,
  SPEC,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

const CHANGED = { ...SPEC, prompt: 'p2', types: { PlexToken: 't1' } };
const OURS: Comment = { id: 'IC_1', ours: true, author: 'github-actions[bot]', body: 'Told.' };

function drifted(change: WorldChange = {}, pull: Partial<PullRequest> = {}): WorldChange {
  return {
    entries: { 'plex-auth': inReview() },
    pulls: new Map([['plex-auth', pullOf(pull)]]),
    fingerprints: new Map([['plex-auth', CHANGED]]),
    trigger: pushTrigger(),
    ...change,
  };
}

function told(change: WorldChange): unknown {
  return stepsOf(decideOn(change), 'tell-drift');
}

describe('a session whose specification changed under it', () => {
  it.each([
    ['in progress', running()],
    ['in review', inReview()],
  ])('is told what changed while it is %s, and its status stays', (_, entry) => {
    const change = drifted({ entries: { 'plex-auth': entry } });
    expect(told(change)).toEqual([
      {
        kind: 'tell-drift',
        conversation: 57,
        key: `drift ${SESSION_ID}`,
        module: 'plex-auth',
        changes: [
          { part: 'prompt', name: 'Implementation Prompt', change: 'changed' },
          { part: 'type', name: 'PlexToken', change: 'added' },
        ],
        isSettled: false,
        since: BASE_SHA,
      },
    ]);
    expect(messagesOf(decideOn(change))).toEqual([]);
  });

  it('has that taken back in the run that acknowledges it', () => {
    const change = drifted(
      { trigger: commentTrigger('/session ack-spec', 'coder', 57) },
      { comments: [OURS] },
    );
    expect(told(change)).toMatchObject([{ changes: [], isSettled: true }]);
    expect(messagesOf(decideOn(change))).toEqual(['plex-auth: specification acknowledged']);
  });

  it('has that taken back once the base has the old text again', () => {
    const change = drifted({ fingerprints: new Map([['plex-auth', SPEC]]) }, { comments: [OURS] });
    expect(told(change)).toMatchObject([{ changes: [] }]);
  });

  it.each<[string, WorldChange]>([
    ['is blocked: its next attempt tells', drifted({ entries: { 'plex-auth': blocked() } })],
    ['is complete', drifted({ entries: { 'plex-auth': completed() } })],
    ['is merged in this very run', drifted({}, { state: 'merged', open: false })],
    [
      'began before fingerprints were kept',
      drifted({ entries: { 'plex-auth': running({ spec: null }) } }),
    ],
    [
      'has its old text and was told nothing',
      drifted({ fingerprints: new Map([['plex-auth', SPEC]]) }),
    ],
  ] satisfies readonly (readonly [string, WorldChange])[])(
    'is told nothing where it %s',
    (_, change) => {
      expect(told(change)).toEqual([]);
    },
  );
});
