import { describe, expect, it } from '@jest/globals';
import { describeDecision, outputsOf } from '../../src/outputs.ts';
import type { RunReport } from '../../src/run.ts';
import {
  BASE_SHA,
  blocked,
  commandResult,
  completed,
  decideOn,
  failureOf,
  HEAD_SHA,
  inReview,
  judgementOf,
  labelled,
  moduleOf,
  pullOf,
  pullTrigger,
  requested,
  resultOf,
  running,
  stateAfter,
  worldOf,
  type WorldChange,
} from '../support/world.ts';

function reportOf(change: WorldChange, dashboardUrl: string | null = null): RunReport {
  const decision = decideOn(change);
  const state = stateAfter(change, decision);
  return {
    world: worldOf(change),
    decision,
    state,
    dashboardUrl,
    refused: null,
    problems: [],
  };
}

function words(change: WorldChange): readonly string[] {
  return describeDecision(decideOn(change));
}

const MODULES = ['free', 'asked', 'waits', 'runs', 'reviewed', 'stuck', 'done'].map((id) =>
  moduleOf(id, { dependsOn: id === 'waits' ? ['runs'] : [] }),
);
const ENTRIES = {
  asked: requested(),
  waits: requested(),
  runs: running(),
  reviewed: inReview(),
  stuck: blocked(),
  done: completed(),
};

const NONE: ReadonlySet<string> = new Set();

describe('outputsOf', () => {
  it('gives each module its list, after the run', () => {
    const started = new Set(['asked']);
    expect(outputsOf(reportOf({ modules: MODULES, entries: ENTRIES }), started)).toMatchObject({
      started: '["asked"]',
      ready: '["free"]',
      waiting: '["waits"]',
      blocked: '["stuck"]',
      completed: '["done"]',
      'dashboard-url': '',
    });
  });

  it('tells the dashboard’s address and what was decided', () => {
    const report = reportOf({ entries: { 'plex-auth': requested() } }, 'https://x/12');
    const outputs = outputsOf(report, NONE);
    expect(outputs['dashboard-url']).toBe('https://x/12');
    expect(JSON.parse(outputs['decision'] ?? '')).toEqual(['start plex-auth, attempt 1 of 3']);
  });

  it('has every output that the action declares for this mode', () => {
    const lists = ['started', 'ready', 'waiting', 'blocked', 'completed'];
    expect(Object.keys(outputsOf(reportOf({}), NONE)).toSorted()).toEqual(
      [...lists, ...lists.map((name) => `${name}-more`), 'dashboard-url', 'decision'].toSorted(),
    );
  });

  it.each([
    [256, 256, 'false'],
    [257, 256, 'true'],
  ])('cuts a list of %i to %i, as a matrix allows, and says so: %s', (count, length, more) => {
    const modules = Array.from({ length: count }, (_, index) => moduleOf(`m-${index}`));
    const outputs = outputsOf(reportOf({ modules }), NONE);
    expect(JSON.parse(outputs['ready'] ?? '')).toHaveLength(length);
    expect(outputs['ready-more']).toBe(more);
  });
});

describe('describeDecision', () => {
  const pulls = new Map([['plex-auth', pullOf()]]);
  const judged = { entries: { 'plex-auth': running() }, pulls, trigger: pullTrigger() };
  const gate = { id: 'types', name: 'Types', run: 'npx tsc', timeoutSeconds: 60 };

  it.each<[string, WorldChange, readonly string[]]>([
    ['nothing', {}, []],
    [
      'a request that goes on waiting',
      { entries: { 'plex-auth': requested() }, config: { paused: true } },
      [],
    ],
    [
      'a label that waits',
      { ...labelled('session:plex-auth'), config: { paused: true } },
      ['take the label off #42', 'plex-auth: requested'],
    ],
    [
      'a green head',
      { ...judged, judgement: judgementOf() },
      ['tell the verification of plex-auth at a11ce00: green'],
    ],
    [
      'a HALT',
      { ...judged, judgement: judgementOf([failureOf('missing-type')]) },
      ['block plex-auth: There is a missing-type.'],
    ],
    ['a head to verify', judged, [`verify plex-auth at ${HEAD_SHA.slice(0, 7)}`]],
    [
      'gates to run',
      { entries: { 'plex-auth': requested() }, config: { gates: [gate] } },
      ['run the gate commands on ba5e000'],
    ],
    [
      'the gates’ result',
      {
        config: { gates: [gate] },
        gateResult: resultOf({
          kind: 'gates',
          sha: BASE_SHA,
          module: null,
          commands: [commandResult({ id: 'types', outcome: { kind: 'exited', exitCode: 1 } })],
        }),
      },
      ['gates: 1 of 1 not passed on ba5e000', "show the gate commands' result on ba5e000"],
    ],
    [
      'a foreign pull request',
      { trigger: pullTrigger('opened', 99), foreignPulls: [pullOf({ number: 99 })] },
      ['pass #99, which is no session'],
    ],
  ])('has a line for each step of %s', (_, change, expected) => {
    expect(words(change)).toEqual(expected);
  });
});
