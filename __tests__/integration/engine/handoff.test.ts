import { afterEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { configFile } from '../../support/engine-repository.ts';
import { begin, saidOn, sessionOf } from '../../support/engine-story.ts';
import type { WorkflowRun } from '../../../simulator/ports.ts';

const DISPATCH = 'POST /repos/{owner}/{repo}/actions/workflows/{id}/dispatches';
const INPUTS = [
  'session',
  'module',
  'attempt',
  'document',
  'report',
  'branch',
  'base',
  'pull-request',
];
const CODER = `name: Coder
run-name: Coder of \${{ inputs.session }}
on:
  workflow_dispatch:
    inputs:
${INPUTS.map((name) => `      ${name}: { type: string, required: true }`).join('\n')}
jobs: {}
`;

describe('handing a session to its coder', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  async function withHandoff(handoff: string, coder: string = CODER): Promise<Engine> {
    engine = await startEngine({
      config: configFile({ top: `handoff: ${handoff}\n` }),
      files: { '.github/workflows/coder.yml': coder },
    });
    return engine;
  }

  /** What the coder's workflow was started with. */
  function calls(): readonly unknown[] {
    return engine.sim.events
      .filter(({ name }) => name === 'workflow_dispatch')
      .map(({ payload }) => payload)
      .filter((payload) => JSON.stringify(payload).includes('coder.yml'));
  }

  it('starts its workflow once, on the default branch, with all that it has to know', async () => {
    await withHandoff('{ workflow: coder.yml }');
    const { pull, branch } = await begin(engine, 'core');
    const { sessionId } = (await engine.state())['core'] ?? {};
    expect(calls()).toMatchObject([
      {
        ref: 'refs/heads/main',
        inputs: {
          session: sessionId,
          module: 'core',
          attempt: '1',
          document: 'orchestration-docs/session-core-1.md',
          report: 'orchestration-docs/reports/core-1.md',
          branch,
          base: 'main',
          'pull-request': String(pull),
        },
      },
    ]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('comments and assigns under the token that was given for it', async () => {
    await withHandoff("{ comment: '@claude implement {{document}}', assignees: [paula] }");
    await engine.openIssue('Build it', ['session:core']);
    const handoffToken = engine.sim.createUserToken('alice');
    await engine.deliver({ handoffToken });
    const { pull } = await sessionOf(engine, 'core');
    const { comments, assignees } = engine.issue(pull);
    expect(comments.map(({ author, body }) => [author.login, body.split('\n')[0]])).toEqual([
      ['alice', '@claude implement orchestration-docs/session-core-1.md'],
    ]);
    expect(assignees.map(({ login }) => login)).toEqual(['paula']);
    expect((await engine.run(SCHEDULE, { handoffToken })).writes).toEqual([]);
  });

  it('labels under the token that was given for it, with a label that says what it is for', async () => {
    await withHandoff('{ labels: [implement] }');
    await engine.openIssue('Build it', ['session:core']);
    const handoffToken = engine.sim.createUserToken('alice');
    await engine.deliver({ handoffToken });
    const { pull } = await sessionOf(engine, 'core');
    const [event] = engine.sim.events.filter(
      ({ name, payload }) => name === 'pull_request' && payload['action'] === 'labeled',
    );
    expect(event?.payload).toMatchObject({
      sender: { login: 'alice' },
      label: { name: 'implement', description: 'Sessionwright: calls the coder of a session' },
      number: pull,
    });
    expect((await engine.run(SCHEDULE, { handoffToken })).writes).toEqual([]);
  });

  it('assigns a person without any token of its own', async () => {
    await withHandoff('{ assignees: [paula] }');
    const { pull } = await begin(engine, 'core');
    expect(engine.issue(pull).assignees.map(({ login }) => login)).toEqual(['paula']);
  });

  it.each([
    [
      'labels without a token',
      '{ labels: [implement] }',
      CODER,
      '`handoff.labels` says. The input handoff-token is empty.',
    ],
    [
      'assigns an agent without a token',
      '{ assignees: [copilot] }',
      CODER,
      '`handoff.assignees` says. The input handoff-token is empty.',
    ],
    [
      'needs a token that is not there',
      "{ comment: '@claude go' }",
      CODER,
      'The input handoff-token is empty.',
    ],
    [
      'names a workflow that is not there',
      '{ workflow: other.yml }',
      CODER,
      'GitHub says: Not Found',
    ],
    [
      'names a workflow that lacks an input',
      '{ workflow: coder.yml }',
      CODER.replace(/ +base:.*\n/u, ''),
      'Unexpected inputs provided: ["base"]',
    ],
  ])(
    'that %s is told with what to change, and the session runs',
    async (_, handoff, coder, why) => {
      await withHandoff(handoff, coder);
      await engine.openIssue('Build it', ['session:core']);
      const label = engine.news()[0] ?? SCHEDULE;
      await expect(engine.run(label)).rejects.toThrow(why);
      const { pull } = await sessionOf(engine, 'core');
      const [told] = saidOn(engine, pull);
      expect(told).toContain('The session of `core` is open, but its coder was not called');
      expect(told).toContain('docs/coders.md');
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    },
  );

  it.each([
    ['is not started again where the run that started it died', true, 0],
    ['is started where that run died before it could', false, 1],
  ])('%s', async (_, isThere, times) => {
    await withHandoff('{ workflow: coder.yml }');
    const undo = engine.sim.intercept({
      before: ({ path }) => {
        if (path.endsWith('/dispatches')) throw new Error('The process died.');
        return undefined;
      },
    });
    await engine.openIssue('Build it', ['session:core']);
    await expect(engine.run(engine.news()[0] ?? SCHEDULE)).rejects.toThrow();
    undo();
    const { sessionId } = (await engine.state())['core'] ?? {};
    if (isThere) engine.repo.runs.set(1, runOf(`Coder of ${sessionId ?? ''}`));
    const { writes } = await engine.run(SCHEDULE);
    expect(writes.filter((write) => write === DISPATCH)).toHaveLength(times);
    expect((await sessionOf(engine, 'core')).pull).toBe(2);
  });

  it('says in every run’s summary which part of the config needs the token', async () => {
    await withHandoff("{ comment: '@claude go', assignees: [copilot], labels: [go] }");
    const { summary } = await engine.run(SCHEDULE);
    expect(summary).toContain('handoff.comment');
    expect(summary).toContain('handoff.assignees');
    expect(summary).toContain('handoff.labels');
    const handoffToken = engine.sim.createUserToken('alice');
    expect((await engine.run(SCHEDULE, { handoffToken })).summary).not.toContain('handoff.comment');
  });

  it('says which way failed where another one called the coder', async () => {
    await withHandoff("{ workflow: none.yml, comment: '@coder go' }");
    const handoffToken = engine.sim.createUserToken('alice');
    await engine.openIssue('Build it', ['session:core']);
    await engine.deliver({ handoffToken, mayFail: true });
    const [told] = saidOn(engine, (await sessionOf(engine, 'core')).pull);
    expect(told).toContain(
      'not every way of calling its coder worked. The coder was not called as',
    );
    expect(told).toContain('`handoff.workflow`');
    expect(told).not.toContain('but its coder was not called');
  });
});

function runOf(displayTitle: string): WorkflowRun {
  const at = '2026-01-12T09:30:00.000Z';
  return {
    id: 1,
    repository: 'acme/app',
    workflowPath: '.github/workflows/coder.yml',
    name: 'Coder',
    displayTitle,
    event: 'workflow_dispatch',
    headBranch: 'main',
    headSha: '0'.repeat(40),
    status: 'queued',
    conclusion: null,
    createdAt: at,
    updatedAt: at,
  };
}
