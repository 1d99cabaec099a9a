import { describe, expect, it } from '@jest/globals';
import type { PullRequest } from '../../../src/domain/world.ts';
import {
  blocked,
  decideOn,
  dispatchTrigger,
  DOCUMENT_SHA,
  EARLIER,
  failureOf,
  HEAD_SHA,
  inReview,
  judgementOf,
  messagesOf,
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
          timeoutSeconds: 18_000,
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
    const spent = running({ reruns: { sha: HEAD_SHA, times: 2, at: EARLIER } });
    const check = { id: 'CR_1', conclusion: 'FAILURE', annotations: 0 };
    const told = pushed({ check }, { entries: { 'plex-auth': spent } });
    expect(decideOn({ ...told, trigger: { kind: 'schedule' } }).needs).toEqual([]);
  });

  it.each(['SUCCESS', 'FAILURE'])(
    'is asked for again by the sweep where a run told %s and died before the state knew',
    (conclusion) => {
      const told = pushed({ check: { id: 'CR_1', conclusion, annotations: 0 } });
      const { needs: due } = decideOn({ ...told, trigger: { kind: 'schedule' } });
      expect(due.map((need) => need.sha)).toEqual([HEAD_SHA]);
    },
  );

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

  it('is told of, and not tried for ever, where the runs started for it brought no result', () => {
    const spent = running({ reruns: { sha: HEAD_SHA, times: 2, at: EARLIER } });
    const trigger = dispatchTrigger(null, 57);
    const change = pushed({}, { entries: { 'plex-auth': spent }, trigger });
    expect(decideOn(change).needs).toEqual([]);
    expect(stepsOf(decideOn(change), 'publish')).toMatchObject([
      { judgement: null, outcome: { kind: 'infrastructure', again: null }, transition: null },
    ]);
  });
});

describe('a head of a blocked session', () => {
  const change = pushed({}, { entries: { 'plex-auth': blocked() } });

  it('is verified all the same', () => {
    expect(needs(change)).toEqual([HEAD_SHA]);
  });

  it('is told what it came to, and moves nothing', () => {
    for (const failures of [[], [failureOf('type-error')], [failureOf('missing-type')]]) {
      const decision = decideOn({ ...change, judgement: judgementOf(failures) });
      expect(decision).toMatchObject({
        steps: [
          {
            kind: 'publish',
            outcome: { kind: 'stopped', reason: { failureType: 'missing-type', by: 'state' } },
            transition: null,
          },
        ],
        needs: [],
      });
    }
  });

  it('that infrastructure spoilt is told so', () => {
    const judgement = judgementOf([failureOf('infrastructure')]);
    expect(decideOn({ ...change, judgement }).steps).toMatchObject([
      { kind: 'publish', outcome: { kind: 'infrastructure', again: { time: 1, limit: 2 } } },
    ]);
  });
});

describe('a head that is to be verified again', () => {
  const judged = { entries: { 'plex-auth': inReview() } };
  const waiting = { check: { id: 'C', conclusion: null, annotations: 0 } };

  it('is verified by a dispatch for its pull request, on its own branch only', () => {
    const trigger = dispatchTrigger(null, 57);
    expect(needs(pushed({}, { ...judged, trigger }))).toEqual([HEAD_SHA]);
    const elsewhere = pushed({}, { ...judged, trigger: { ...trigger, branch: 'main' } });
    expect(needs(elsewhere)).toEqual([]);
    expect(decideOn(elsewhere).needs.map((need) => need.sha)).toEqual([HEAD_SHA]);
  });

  it('is started by the sweep where its check waits, by hand as by the clock', () => {
    for (const trigger of [{ kind: 'schedule' } as const, dispatchTrigger()]) {
      const change = pushed(waiting, { ...judged, trigger });
      expect(needs(change)).toEqual([]);
      expect(decideOn(change).needs.map((need) => need.sha)).toEqual([HEAD_SHA]);
    }
  });

  it('is left alone by every other run', () => {
    expect(needs(pushed(waiting, judged))).toEqual([]);
    expect(decideOn(pushed(waiting, judged)).needs).toEqual([]);
  });

  it('green as before is told and not recorded', () => {
    const trigger = dispatchTrigger(null, 57);
    const change = pushed({}, { ...judged, trigger, judgement: judgementOf() });
    expect(decideOn(change).steps).toMatchObject([
      { kind: 'publish', outcome: { kind: 'green' }, transition: null },
    ]);
  });

  it('red as before is told and not counted twice', () => {
    const trigger = dispatchTrigger(null, 57);
    const failedHeads = [{ sha: HEAD_SHA, failures: ['type-error-1'] }];
    const change = pushed(
      {},
      {
        entries: { 'plex-auth': running({ headSha: HEAD_SHA, failedHeads }) },
        trigger,
        judgement: judgementOf([failureOf('type-error')]),
      },
    );
    expect(decideOn(change).steps).toMatchObject([
      { kind: 'publish', outcome: { kind: 'red', used: 1 }, transition: null },
    ]);
  });

  it.each([
    ['green after all goes to review', running({ headSha: HEAD_SHA }), [], 'in-progress → review'],
    ['red after all comes back', inReview(), [failureOf('type-error')], 'review → in-progress'],
  ] as const)('%s', (_, entry, failures, moved) => {
    const trigger = dispatchTrigger(null, 57);
    const entries = { 'plex-auth': entry };
    const change = pushed({}, { entries, trigger, judgement: judgementOf(failures) });
    expect(messagesOf(decideOn(change))).toEqual([`plex-auth: ${moved} (attempt 1)`]);
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
      'is the one that a blocked module stopped at',
      pushed({}, { entries: { 'plex-auth': blocked({ headSha: HEAD_SHA }) } }),
    ],
    [
      'is of a blocked module, and its check says what it came to',
      pushed(
        { check: { id: 'C', conclusion: 'ACTION_REQUIRED', annotations: 0 } },
        { entries: { 'plex-auth': blocked() } },
      ),
    ],
    [
      'is of a module whose blocking is not done',
      pushed({}, { entries: { 'plex-auth': blocked({ escalation: null }) } }),
    ],
    [
      'is of a start that is not done',
      pushed({}, { entries: { 'plex-auth': running({ pullRequest: null }) } }),
    ],
  ])('%s', (_, change) => {
    expect(needs(change)).toEqual([]);
  });
});

describe('a pull request that is no session’s', () => {
  const foreign = pullOf({ number: 99, ours: false, headBranch: 'feature' });
  const trigger = pullTrigger('opened', 99);

  it('gets the required check at once, and runs nothing', () => {
    expect(decideOn({ trigger, foreignPulls: [foreign] }, 'plan').needs).toEqual([]);
    expect(decideOn({ trigger, foreignPulls: [foreign] }).steps).toEqual([
      { kind: 'pass-foreign', pull: foreign },
    ]);
  });

  it.each<[string, boolean, Partial<PullRequest>]>([
    [
      'again where its check is not green',
      true,
      { check: { id: 'C', conclusion: 'FAILURE', annotations: 0 } },
    ],
    [
      'again where its check never ended',
      true,
      { check: { id: 'C', conclusion: null, annotations: 0 } },
    ],
    ['once', false, { check: { id: 'C', conclusion: 'SUCCESS', annotations: 0 } }],
    ['no more once it is merged', false, { state: 'merged', open: false }],
    ['no more once it is closed', false, { state: 'closed', open: false }],
  ])('gets it %s', (_, expected, change) => {
    const steps = decideOn({ trigger, foreignPulls: [{ ...foreign, ...change }] }).steps;
    expect(steps).toHaveLength(expected ? 1 : 0);
  });
});
