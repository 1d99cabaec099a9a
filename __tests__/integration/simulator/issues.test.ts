import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { at, REPO, refusal, setStage, told } from './fixture.ts';
import type { Stage } from './fixture.ts';

describe('issues, labels and comments', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.end());

  async function opened(title = 'A bug'): Promise<number> {
    return (await stage.user('alice').rest.issues.create({ ...REPO, title })).data.number;
  }

  it('lists pull requests among the issues, newest first, and filters', async () => {
    await opened();
    await stage.commit('topic', { 'b.ts': 'b\n' });
    const alice = stage.user('alice');
    await alice.rest.pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' });
    await alice.rest.issues.addLabels({ ...REPO, issue_number: 1, labels: ['bug'] });
    const all = await alice.rest.issues.listForRepo(REPO);
    expect(all.data.map((issue) => [issue.number, issue.pull_request !== undefined])).toEqual([
      [2, true],
      [1, false],
    ]);
    const bugs = await alice.rest.issues.listForRepo({ ...REPO, labels: 'BUG' });
    expect(bugs.data.map(({ number }) => number)).toEqual([1]);
    const closed = await alice.rest.issues.listForRepo({ ...REPO, state: 'closed' });
    expect(closed.data).toEqual([]);
  });

  it('pages lists with a link header that Octokit follows', async () => {
    const alice = stage.user('alice');
    for (let count = 0; count < 5; count += 1) await opened(`Issue ${String(count)}`);
    const first = await alice.rest.issues.listForRepo({ ...REPO, per_page: 2 });
    expect(first.headers.link).toMatch(/page=2>; rel="next", <.*page=3>; rel="last"$/);
    const pages = await alice.paginate(alice.rest.issues.listForRepo, { ...REPO, per_page: 2 });
    expect(pages.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  });

  it('makes missing labels on the way, once, and tells of each', async () => {
    await opened();
    const alice = stage.user('alice');
    const body = { ...REPO, issue_number: 1, labels: ['session:a', 'Session:A', 'b'] };
    const added = await alice.rest.issues.addLabels(body);
    expect(added.data.map(({ name }) => name)).toEqual(['session:a', 'b']);
    expect((await alice.rest.issues.listLabelsForRepo(REPO)).data).toHaveLength(2);
    expect(told(stage.sim)).toEqual(['issues opened', 'issues labeled', 'issues labeled']);
    const event = stage.sim.events.at(-1)?.payload;
    expect(event).toMatchObject({ label: { name: 'b' }, issue: { number: 1 } });
    const removed = await alice.rest.issues.removeLabel({ ...REPO, issue_number: 1, name: 'b' });
    expect(removed.data.map(({ name }) => name)).toEqual(['session:a']);
    const again = alice.rest.issues.removeLabel({ ...REPO, issue_number: 1, name: 'b' });
    expect(await refusal(again)).toMatchObject({ status: 404, message: 'Label does not exist' });
  });

  it.each([
    [
      'a name past 50 characters',
      { name: 'x'.repeat(51) },
      'name is too long (maximum is 50 characters)',
    ],
    [
      'a description past 100 characters',
      { name: 'x', description: 'y'.repeat(101) },
      'description is too long (maximum is 100 characters)',
    ],
  ])('refuses a label with %s', async (_, label, message) => {
    const refused = await refusal(
      stage.user('alice').rest.issues.createLabel({ ...REPO, ...label }),
    );
    expect(refused).toMatchObject({
      status: 422,
      message: 'Validation Failed',
      errors: [{ message }],
    });
  });

  it('renames a label wherever it stands, and refuses the name of another', async () => {
    const alice = stage.user('alice');
    await alice.rest.issues.create({ ...REPO, title: 'x', labels: ['bug', 'other'] });
    await alice.rest.issues.updateLabel({
      ...REPO,
      name: 'BUG',
      new_name: 'defect',
      color: 'ff0000',
    });
    const { data } = await alice.rest.issues.get({ ...REPO, issue_number: 1 });
    expect(data.labels).toMatchObject([{ name: 'defect', color: 'ff0000' }, { name: 'other' }]);
    const taken = alice.rest.issues.updateLabel({ ...REPO, name: 'defect', new_name: 'Other' });
    await expect(taken).rejects.toMatchObject({ status: 422 });
    const gone = alice.rest.issues.getLabel({ ...REPO, name: 'bug' });
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });

  it('refuses a second label of the same name, whatever its case', async () => {
    const alice = stage.user('alice');
    await alice.rest.issues.createLabel({ ...REPO, name: 'bug' });
    const refused = await refusal(alice.rest.issues.createLabel({ ...REPO, name: 'Bug' }));
    expect(refused).toMatchObject({ status: 422, errors: [{ code: 'already_exists' }] });
  });

  it('closes for a reason and reopens, and its events say who did it', async () => {
    await opened();
    const tom = stage.user('tom');
    const target = { ...REPO, issue_number: 1 };
    const reason = { state: 'closed', state_reason: 'not_planned' } as const;
    const closed = (await tom.rest.issues.update({ ...target, ...reason })).data;
    expect(closed).toMatchObject({ state: 'closed', state_reason: 'not_planned' });
    expect(closed.closed_by?.login).toBe('tom');
    const reopened = (await tom.rest.issues.update({ ...target, state: 'open' })).data;
    expect(reopened).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null });
    const events = (await tom.rest.issues.listEvents(target)).data;
    expect(events.map((event) => [event.event, event.actor.login])).toEqual([
      ['closed', 'tom'],
      ['reopened', 'tom'],
    ]);
    expect(told(stage.sim)).toEqual(['issues opened', 'issues closed', 'issues reopened']);
  });

  it('says what an edit changed and keeps quiet when nothing did', async () => {
    await opened('Before');
    const alice = stage.user('alice');
    await alice.rest.issues.update({ ...REPO, issue_number: 1, title: 'After' });
    await alice.rest.issues.update({ ...REPO, issue_number: 1, title: 'After' });
    expect(told(stage.sim)).toEqual(['issues opened', 'issues edited']);
    const changes = { title: { from: 'Before' } };
    expect(stage.sim.events.at(-1)?.payload).toMatchObject({ changes, issue: { title: 'After' } });
  });

  it('keeps comments, with their reactions, and tells of each change', async () => {
    await opened();
    const alice = stage.user('alice');
    const job = stage.job({ issues: 'write' });
    const made = await job.rest.issues.createComment({ ...REPO, issue_number: 1, body: 'one' });
    const comment = { ...REPO, comment_id: made.data.id };
    expect(made.data.user).toMatchObject({
      login: 'github-actions[bot]',
      type: 'Bot',
      id: 41898282,
    });
    expect(made.data.performed_via_github_app).toMatchObject({ id: 15368, slug: 'github-actions' });
    await job.rest.issues.updateComment({ ...comment, body: 'two' });
    const first = await alice.rest.reactions.createForIssueComment({ ...comment, content: 'eyes' });
    const second = await alice.rest.reactions.createForIssueComment({
      ...comment,
      content: 'eyes',
    });
    expect([first.status, second.status]).toEqual([201, 200]);
    const listed = await alice.rest.issues.listComments({ ...REPO, issue_number: 1 });
    expect(listed.data.map(({ body, reactions }) => [body, at(reactions, 'eyes')])).toEqual([
      ['two', 1],
    ]);
    await job.rest.issues.deleteComment(comment);
    expect((await refusal(alice.rest.issues.getComment(comment))).status).toBe(404);
    expect(told(stage.sim).slice(1)).toEqual([
      'issue_comment created',
      'issue_comment edited',
      'issue_comment deleted',
    ]);
    const event = stage.sim.events[1];
    expect(event?.cause).toBe('workflow-token');
    expect(at(event?.payload, 'comment', 'body')).toBe('one');
  });

  it.each([
    ['a body past 65536 characters', { title: 'x', body: 'y'.repeat(65_537) }],
    ['an empty title', { title: '' }],
  ])('refuses %s', async (_, draft) => {
    const refused = await refusal(stage.user('alice').rest.issues.create({ ...REPO, ...draft }));
    expect(refused.status).toBe(422);
  });

  it('drops the labels of those who may not triage', async () => {
    const draft = { ...REPO, title: 'x', labels: ['bug'], assignees: ['alice'] };
    const made = (await stage.user('rita').rest.issues.create(draft)).data;
    expect([made.labels, made.assignees]).toEqual([[], []]);
    const taken = (await stage.user('tom').rest.issues.create(draft)).data;
    expect(stage.sim.events[1]?.payload).toMatchObject({ issue: { labels: [{ name: 'bug' }] } });
    expect(taken.assignees?.map(({ login }) => login)).toEqual(['alice']);
    expect(told(stage.sim)).toEqual([
      'issues opened',
      'issues opened',
      'issues labeled',
      'issues assigned',
    ]);
  });

  it.each([
    ['a login that nobody has', ['alice', 'nobody'], 'nobody'],
    ['somebody who is no collaborator', ['stranger'], 'stranger'],
  ])('refuses to assign %s, and changes nothing', async (_, assignees, value) => {
    stage.user('stranger');
    const invalid = { value, resource: 'Issue', field: 'assignees', code: 'invalid' };
    const refused = { status: 422, message: 'Validation Failed', errors: [invalid] };
    const { rest } = stage.user('alice');
    const draft = { ...REPO, title: 'x', labels: ['new'], assignees };
    expect(await refusal(rest.issues.create(draft))).toEqual(refused);
    expect([stage.repo.issues.size, stage.repo.labels.size]).toEqual([0, 0]);
    await rest.issues.create({ ...REPO, title: 'x' });
    const patch = { ...REPO, issue_number: 1, title: 'y', assignees };
    expect(await refusal(rest.issues.update(patch))).toEqual(refused);
    expect(stage.repo.issues.get(1)).toMatchObject({ title: 'x', assignees: [] });
  });

  it('lets somebody be assigned to an issue by having commented on it', async () => {
    await stage.end();
    stage = await setStage({ settings: { visibility: 'public' } });
    const { rest } = stage.user('alice');
    await rest.issues.create({ ...REPO, title: 'x' });
    const patch = { ...REPO, issue_number: 1, assignees: ['stranger'] };
    const stranger = stage.user('stranger');
    expect((await refusal(rest.issues.update(patch))).status).toBe(422);
    await stranger.rest.issues.createComment({ ...REPO, issue_number: 1, body: 'mine' });
    const { data } = await rest.issues.update(patch);
    expect(data.assignees?.map(({ login }) => login)).toEqual(['stranger']);
  });

  it('answers 410 where issues are switched off, though pull requests stay', async () => {
    await stage.end();
    stage = await setStage({ settings: { hasIssues: false } });
    await stage.commit('topic', { 'b.ts': 'b\n' });
    const alice = stage.user('alice');
    await alice.rest.pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' });
    expect((await refusal(alice.rest.issues.create({ ...REPO, title: 'x' }))).status).toBe(410);
    expect((await refusal(alice.rest.issues.listForRepo(REPO))).status).toBe(410);
    const comment = { ...REPO, issue_number: 1, body: 'still here' };
    expect((await alice.rest.issues.createComment(comment)).status).toBe(201);
  });
});
