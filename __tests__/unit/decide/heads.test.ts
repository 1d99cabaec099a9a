import { describe, expect, it } from '@jest/globals';
import type { PullRequest } from '../../../src/domain/world.ts';
import {
  decideOn,
  dispatchTrigger,
  DOCUMENT_SHA,
  failureOf,
  HEAD_SHA,
  inReview,
  judgementOf,
  moduleOf,
  pullOf,
  pullTrigger,
  pushTrigger,
  requested,
  running,
  stepsOf,
  type WorldChange,
} from '../../support/world.ts';

function pushed(pull: Partial<PullRequest> = {}, change: WorldChange = {}): WorldChange {
  return {
    entries: { 'plex-auth': running() },
    pulls: new Map([['plex-auth', pullOf(pull)]]),
    trigger: pullTrigger(),
    ...change,
  };
}

function needs(change: WorldChange): readonly string[] {
  return decideOn(change, 'plan').needs.map((need) => need.sha);
}

describe('a head that was not judged yet', () => {
  it('is to be verified with the module’s commands, filled in', () => {
    const change = pushed();
    expect(decideOn(change, 'plan')).toEqual({
      steps: [],
      needs: [
        {
          kind: 'verification',
          sha: HEAD_SHA,
          module: 'plex-auth',
          pullRequest: 57,
          commands: [expect.objectContaining({ id: 'typecheck', run: 'npx tsc --noEmit' })],
        },
      ],
    });
  });

  it('is to be verified in review as well', () => {
    expect(needs(pushed({}, { entries: { 'plex-auth': inReview({ headSha: 'older' }) } }))).toEqual(
      [HEAD_SHA],
    );
  });

  it('is not verified in a dispatched run on another branch than its own', () => {
    const trigger = { ...dispatchTrigger(null, 57), branch: 'main' };
    expect(needs(pushed({}, { trigger }))).toEqual([]);
    expect(decideOn(pushed({}, { trigger })).needs.map((need) => need.sha)).toEqual([HEAD_SHA]);
  });

  it('is not asked for again by the sweep once it was told that it could not be verified', () => {
    const told = pushed({ check: { id: 'CR_1', conclusion: 'FAILURE' } });
    expect(decideOn({ ...told, trigger: { kind: 'schedule' } }).needs).toEqual([]);
  });

  it('is found by the sweep, whatever the module', () => {
    const modules = [moduleOf('plex-auth'), moduleOf('storage')];
    const entries = {
      'plex-auth': running(),
      storage: running({ pullRequest: 58, branch: 'session/storage-1' }),
    };
    const storage = pullOf({ number: 58, headSha: 'b' });
    const pulls = new Map([
      ['plex-auth', pullOf()],
      ['storage', storage],
    ]);
    const change = { modules, entries, pulls };
    const sweep = { ...change, trigger: { kind: 'schedule' } } as const;
    expect(decideOn(sweep).needs.map((need) => need.sha)).toEqual([HEAD_SHA, 'b']);
    // Not in the sweep's own run, whose cache is the default branch's: it is started on the session's branch.
    expect(needs(sweep)).toEqual([]);
    expect(needs({ ...change, trigger: pullTrigger('synchronize', 58) })).toEqual(['b']);
    expect(needs({ ...change, trigger: dispatchTrigger(null, 57) })).toEqual([HEAD_SHA]);
    expect(needs({ ...change, trigger: pushTrigger() })).toEqual([]);
  });

  it('is asked for again where a push’s run brought no result', () => {
    expect(decideOn(pushed()).needs).toHaveLength(1);
    expect(decideOn(pushed()).steps).toEqual([]);
  });

  it('is told of, and not tried for ever, where the run started for it brought no result', () => {
    const change = pushed({}, { trigger: dispatchTrigger(null, 57) });
    expect(decideOn(change).needs).toEqual([]);
    expect(stepsOf(decideOn(change), 'publish')).toMatchObject([
      { judgement: null, outcome: { kind: 'infrastructure' }, transition: null },
    ]);
  });
});

describe('the head that a run was woken for', () => {
  it('comes before gate commands: the run verifies the first that is due', () => {
    const gate = { id: 'types', name: 'Types', run: 'npx tsc', timeoutSeconds: 60 };
    const modules = [moduleOf('storage'), moduleOf('plex-auth')];
    const entries = { storage: requested(), 'plex-auth': running() };
    const change = pushed({}, { modules, entries, config: { gates: [gate] } });
    for (const trigger of [pullTrigger(), dispatchTrigger(null, 57)]) {
      const { needs: due } = decideOn({ ...change, trigger }, 'plan');
      expect(due.map((need) => need.kind)).toEqual(['verification', 'gates']);
    }
  });
});

describe('a head that is not to be verified', () => {
  it.each<[string, WorldChange]>([
    ['is the document’s own commit', pushed({ headSha: DOCUMENT_SHA })],
    [
      'holds nothing but the document on a base that was merged into it',
      pushed({ files: [{ path: 'orchestration-docs/session-plex-auth-1.md', status: 'added' }] }),
    ],
    ['was judged before', pushed({}, { entries: { 'plex-auth': inReview() } })],
    ['is closed', pushed({ state: 'closed' }, { entries: {} })],
    [
      'is another pull request than the session’s',
      pushed({ number: 99 }, { trigger: pullTrigger('opened', 99) }),
    ],
    [
      'is of a blocked module',
      pushed({}, { entries: { 'plex-auth': running({ escalation: 61 }, 'blocked') } }),
    ],
    [
      'is of a start that is not done',
      pushed({}, { entries: { 'plex-auth': running({ pullRequest: null }) } }),
    ],
  ])('%s', (_, change) => {
    expect(needs(change)).toEqual([]);
  });

  it('has a result that infrastructure spoilt: shown, not asked for again', () => {
    const judgement = judgementOf([failureOf('infrastructure')]);
    expect(decideOn(pushed({}, { judgement })).needs).toEqual([]);
  });
});

describe('a pull request that is no session’s', () => {
  const foreign = pullOf({ number: 99, ours: false, headBranch: 'feature' });
  const trigger = pullTrigger('opened', 99);

  it('gets the required check at once, and runs nothing', () => {
    expect(decideOn({ trigger, foreignPull: foreign }, 'plan').needs).toEqual([]);
    expect(decideOn({ trigger, foreignPull: foreign }).steps).toEqual([
      { kind: 'pass-foreign', pull: foreign },
    ]);
  });

  it.each<[string, boolean, Partial<PullRequest>]>([
    ['again where its check is not green', true, { check: { id: 'C', conclusion: 'FAILURE' } }],
    ['again where its check never ended', true, { check: { id: 'C', conclusion: null } }],
    ['once', false, { check: { id: 'C', conclusion: 'SUCCESS' } }],
    ['no more once it is merged', false, { state: 'merged', open: false }],
    ['no more once it is closed', false, { state: 'closed', open: false }],
  ])('gets it %s', (_, expected, change) => {
    const steps = decideOn({ trigger, foreignPull: { ...foreign, ...change } }).steps;
    expect(steps).toHaveLength(expected ? 1 : 0);
  });
});
