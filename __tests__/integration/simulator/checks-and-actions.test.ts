import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { REPO, refusal, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

describe('check runs', () => {
  let stage: Stage;
  let head_sha: string;
  beforeEach(async () => {
    stage = await setStage();
    head_sha = stage.repo.git.branch('main') ?? '';
  });
  afterEach(() => stage.end());

  const annotation = {
    path: 'src/a.ts',
    start_line: 1,
    end_line: 1,
    annotation_level: 'failure' as const,
    message: 'wrong',
  };

  it('are created, completed and read, latest first to count', async () => {
    const { rest } = stage.job();
    const queued = (await rest.checks.create({ ...REPO, name: 'v', head_sha })).data;
    expect(queued).toMatchObject({ status: 'queued', conclusion: null, app: { id: 15368 } });
    const output = { title: 'T', summary: 'S', annotations: [annotation] };
    const update = { ...REPO, check_run_id: queued.id, conclusion: 'failure' as const, output };
    const done = (await rest.checks.update(update)).data;
    expect(done).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(done.output.annotations_count).toBe(1);
    const notes = await rest.checks.listAnnotations({ ...REPO, check_run_id: queued.id });
    expect(notes.data).toMatchObject([{ path: 'src/a.ts', message: 'wrong' }]);
    await rest.checks.create({ ...REPO, name: 'v', head_sha, conclusion: 'success' });
    await rest.checks.create({ ...REPO, name: 'w', head_sha, conclusion: 'success' });
    const listed = { ...REPO, ref: 'main', check_name: 'v' };
    const latest = (await rest.checks.listForRef(listed)).data;
    expect(latest.check_runs.map(({ conclusion }) => conclusion)).toEqual(['success']);
    const all = (await rest.checks.listForRef({ ...listed, filter: 'all' })).data;
    expect(all.total_count).toBe(2);
    expect((await rest.checks.listForRef({ ...listed, app_id: 1 })).data.total_count).toBe(0);
    expect(told(stage.sim).slice(0, 2)).toEqual(['check_run created', 'check_run completed']);
  });

  it.each([
    ['more than 50 annotations', { summary: 'S', annotations: Array(51).fill(annotation) }],
    ['a summary past 65535 characters', { summary: 'x'.repeat(65_536) }],
    ['a text past 65535 characters', { summary: 'S', text: 'x'.repeat(65_536) }],
  ])('refuse %s', async (_, output) => {
    const run = { ...REPO, name: 'v', head_sha, output: { title: 'T', ...output } };
    expect((await refusal(stage.job().rest.checks.create(run))).status).toBe(422);
  });

  it('are for apps, for commits that exist, and for the app that made them', async () => {
    const run = { ...REPO, name: 'v', head_sha };
    expect(await refusal(stage.user('alice').rest.checks.create(run))).toMatchObject({
      status: 403,
      message: 'You must authenticate via a GitHub App.',
    });
    const lost = stage.job().rest.checks.create({ ...run, head_sha: 'b'.repeat(40) });
    expect((await refusal(lost)).status).toBe(422);
    const { id } = (await stage.job().rest.checks.create(run)).data;
    const other = stage.as(stage.sim.createAppToken('claude', 'acme/app', { checks: 'write' }));
    const update = { ...REPO, check_run_id: id, conclusion: 'success' as const };
    expect(await refusal(other.rest.checks.update(update))).toMatchObject({
      status: 403,
      message: expect.stringContaining('only be modified by the GitHub App that created it'),
    });
    expect(stage.repo.checkRuns.get(id)?.status).toBe('queued');
  });
});

describe('dispatches and runs', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.end());

  it('send their event even from a workflow token, inputs filled in as strings', async () => {
    const { rest } = stage.job();
    const dispatch = { ...REPO, workflow_id: 'w.yml', ref: 'main', inputs: { module: 'a' } };
    expect((await rest.actions.createWorkflowDispatch(dispatch)).status).toBe(204);
    expect(stage.sim.events.at(-1)).toMatchObject({
      name: 'workflow_dispatch',
      cause: 'workflow-token',
      payload: {
        inputs: { module: 'a', depth: '2' },
        ref: 'refs/heads/main',
        workflow: '.github/workflows/w.yml',
      },
    });
    const client_payload = { module: 'a' };
    await rest.repos.createDispatchEvent({ ...REPO, event_type: 'start', client_payload });
    expect(stage.sim.events.at(-1)?.payload).toMatchObject({ action: 'start', client_payload });
  });

  const many = Object.fromEntries(Array.from({ length: 26 }, (_, at) => [`i${String(at)}`, 'x']));
  it.each([
    ['an unknown workflow', { workflow_id: 'no.yml' }, 404],
    ['an unknown ref', { ref: 'nowhere' }, 422],
    ['an input the workflow lacks', { inputs: { module: 'a', other: 'b' } }, 422],
    ['a required input left out', { inputs: {} }, 422],
    ['more than 25 inputs', { inputs: many }, 422],
  ])('refuse %s', async (_, change, status) => {
    const dispatch = {
      ...REPO,
      workflow_id: 'w.yml',
      ref: 'main',
      inputs: { module: 'a' },
      ...change,
    };
    const refused = await refusal(stage.job().rest.actions.createWorkflowDispatch(dispatch));
    expect(refused.status).toBe(status);
  });

  it('tell a run that the runner recorded', async () => {
    const now = '2026-01-01T00:00:00Z';
    stage.sim.host.recordRun({
      id: 7,
      repository: 'acme/app',
      workflowPath: '.github/workflows/w.yml',
      name: 'Sessions',
      displayTitle: 'Start a',
      event: 'workflow_dispatch',
      headBranch: 'main',
      headSha: stage.repo.git.branch('main') ?? '',
      status: 'completed',
      conclusion: 'success',
      createdAt: now,
      updatedAt: now,
    });
    const { rest } = stage.job({ actions: 'read' });
    const run = (await rest.actions.getWorkflowRun({ ...REPO, run_id: 7 })).data;
    expect(run).toMatchObject({
      id: 7,
      name: 'Sessions',
      conclusion: 'success',
      event: 'workflow_dispatch',
    });
    expect((await refusal(rest.actions.getWorkflowRun({ ...REPO, run_id: 8 }))).status).toBe(404);
  });
});
