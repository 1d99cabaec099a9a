import { describe, expect, it } from '@jest/globals';
import type { RepositoryEvent } from '../../../simulator/ports.ts';
import { activationsOf, matchTrigger } from '../../../simulator/runner/triggers.ts';
import { parseWorkflow } from '../../../simulator/runner/workflow.ts';

const PULL = {
  action: 'opened',
  number: 7,
  pull_request: { head: { ref: 'session/a-1', sha: 'h'.repeat(40) }, base: { ref: 'develop' } },
};

function event(name: string, payload: object = {}, cause: RepositoryEvent['cause'] = 'user') {
  const shared = { id: 'e', repository: 'octo/plex', actor: 'mona' };
  return { ...shared, name, payload: { ...payload }, cause } satisfies RepositoryEvent;
}

function activations(of: RepositoryEvent) {
  const found = activationsOf(of, 'main');
  if (found.kind === 'ignored') return found.reason;
  return found.activations.map(({ trigger, ref, commit, needsApproval }) =>
    [trigger, ref, commit, needsApproval ? 'waits' : 'runs'].join(' '),
  );
}

describe('activationsOf', () => {
  const sha = 'a'.repeat(40);
  const cases: readonly (readonly [string, RepositoryEvent, string | readonly string[]])[] = [
    [
      'an issue runs on the default branch',
      event('issues'),
      ['issues refs/heads/main refs/heads/main runs'],
    ],
    [
      'a push runs on what was pushed',
      event('push', { ref: 'refs/heads/topic', after: sha }),
      [`push refs/heads/topic ${sha} runs`],
    ],
    [
      'a deleted branch falls back to the default branch',
      event('push', { ref: 'refs/heads/topic', after: '0'.repeat(40), deleted: true }),
      ['push refs/heads/main refs/heads/main runs'],
    ],
    [
      'a pull request runs on the default branch and on its merge',
      event('pull_request', PULL),
      [
        'pull_request_target refs/heads/main refs/heads/main runs',
        'pull_request refs/pull/7/merge refs/pull/7/merge runs',
      ],
    ],
    [
      'a merged pull request runs on its base',
      event('pull_request', {
        ...PULL,
        action: 'closed',
        pull_request: { ...PULL.pull_request, merged: true },
      }),
      [
        'pull_request_target refs/heads/main refs/heads/main runs',
        'pull_request refs/heads/develop refs/heads/develop runs',
      ],
    ],
    [
      'a dispatch runs on its ref',
      event('workflow_dispatch', { ref: 'session/a-1' }),
      ['workflow_dispatch refs/heads/session/a-1 refs/heads/session/a-1 runs'],
    ],
    [
      'a merge group runs on its head',
      event('merge_group', { merge_group: { head_ref: 'refs/heads/q/1', head_sha: sha } }),
      [`merge_group refs/heads/q/1 ${sha} runs`],
    ],
    [
      "a workflow's own comment starts nothing",
      event('issue_comment', { action: 'created' }, 'workflow-token'),
      'Events caused with GITHUB_TOKEN start no workflow',
    ],
    [
      "a workflow's own dispatch runs",
      event('repository_dispatch', { action: 'go' }, 'workflow-token'),
      ['repository_dispatch refs/heads/main refs/heads/main runs'],
    ],
    [
      "a workflow's own pull request waits for approval",
      event('pull_request', PULL, 'workflow-token'),
      [
        'pull_request_target refs/heads/main refs/heads/main waits',
        'pull_request refs/pull/7/merge refs/pull/7/merge waits',
      ],
    ],
    [
      'a workflow that labels a pull request starts nothing',
      event('pull_request', { ...PULL, action: 'labeled' }, 'workflow-token'),
      'Events caused with GITHUB_TOKEN start no workflow',
    ],
    [
      "an App's own comment runs",
      event('issue_comment', {}, 'app'),
      ['issue_comment refs/heads/main refs/heads/main runs'],
    ],
    [
      'a commit may ask to be skipped',
      event('push', { ref: 'refs/heads/main', head_commit: { message: 'Typo [skip ci]' } }),
      'The head commit says [skip ci]',
    ],
  ];
  it.each(cases)('%s', (_name, of, expected) => {
    expect(activations(of)).toEqual(expected);
  });

  it('lists the runs of a pull request under its head', () => {
    const found = activationsOf(event('pull_request', PULL), 'main');
    const heads = found.kind === 'activated' ? found.activations.map(({ head }) => head) : [];
    const head = { branch: 'session/a-1', sha: 'h'.repeat(40) };
    expect(heads).toEqual([head, head]);
  });
});

describe('matchTrigger', () => {
  const push = (ref: string, paths: readonly string[] = []) =>
    event('push', { ref, commits: [{ added: paths, modified: [], removed: [] }] });
  const cases: readonly (readonly [string, string, RepositoryEvent, boolean])[] = [
    ['every type by default', 'issues', event('issues', { action: 'pinned' }), true],
    [
      'a listed type',
      '{ issues: { types: [labeled] } }',
      event('issues', { action: 'labeled' }),
      true,
    ],
    [
      'no other type',
      '{ issues: { types: [labeled] } }',
      event('issues', { action: 'closed' }),
      false,
    ],
    ['opened pull requests by default', 'pull_request_target', event('pull_request', PULL), true],
    [
      'no closed pull requests by default',
      'pull_request_target',
      event('pull_request', { ...PULL, action: 'closed' }),
      false,
    ],
    [
      'the base branch of a pull request',
      '{ pull_request_target: { branches: [main] } }',
      event('pull_request', PULL),
      false,
    ],
    ['no other event', 'push', event('issues'), false],
    ['no inherited name', 'push', event('constructor'), false],
    [
      'a listed branch',
      '{ push: { branches: ["session/**"] } }',
      push('refs/heads/session/a'),
      true,
    ],
    [
      'no ignored branch',
      '{ push: { branches-ignore: ["session/**"] } }',
      push('refs/heads/session/a'),
      false,
    ],
    [
      'no tag where branches are listed',
      '{ push: { branches: ["**"] } }',
      push('refs/tags/v1'),
      false,
    ],
    [
      'no branch where tags are listed',
      '{ push: { tags: ["**"] } }',
      push('refs/heads/main'),
      false,
    ],
    ['a listed tag', '{ push: { tags: ["v*"] } }', push('refs/tags/v1'), true],
    [
      'a changed path',
      '{ push: { paths: ["spec-pack/**"] } }',
      push('refs/heads/main', ['spec-pack/a.md']),
      true,
    ],
    [
      'no other path',
      '{ push: { paths: ["spec-pack/**"] } }',
      push('refs/heads/main', ['src/a.ts']),
      false,
    ],
    [
      'a path among ignored ones',
      '{ push: { paths-ignore: ["docs/**"] } }',
      push('refs/heads/main', ['docs/a', 'b']),
      true,
    ],
    [
      'nothing but ignored paths',
      '{ push: { paths-ignore: ["docs/**"] } }',
      push('refs/heads/main', ['docs/a']),
      false,
    ],
    [
      'a push of unknown changes',
      '{ push: { paths: ["a"] } }',
      event('push', { ref: 'refs/heads/main' }),
      true,
    ],
    [
      'a listed schedule',
      '{ schedule: [{ cron: "0 * * * *" }] }',
      event('schedule', { schedule: '0 * * * *' }),
      true,
    ],
    [
      'no other schedule',
      '{ schedule: [{ cron: "0 * * * *" }] }',
      event('schedule', { schedule: '1 * * * *' }),
      false,
    ],
    [
      'the type of a repository dispatch',
      '{ repository_dispatch: { types: [go] } }',
      event('repository_dispatch', { action: 'go' }),
      true,
    ],
    [
      'the dispatched file',
      'workflow_dispatch',
      event('workflow_dispatch', { workflow: 'a.yml' }),
      true,
    ],
    [
      'no other file',
      'workflow_dispatch',
      event('workflow_dispatch', { workflow: 'b.yml' }),
      false,
    ],
  ];
  it.each(cases)('takes %s', (_name, on, of, expected) => {
    const workflow = parseWorkflow(
      `on: ${on}\njobs: { a: { runs-on: x, steps: [{ run: a }] } }`,
      '.github/workflows/a.yml',
    );
    const found = activationsOf(of, 'main');
    const [activation] = found.kind === 'activated' ? found.activations : [];
    expect(activation && matchTrigger(workflow, activation, of).kind).toBe(
      expected ? 'match' : 'no-match',
    );
  });
});
