import type { JsonBody } from '../json-body.ts';
import type { Comment, Issue, PullIssue, Repository, Role, StateReason } from '../model.ts';
import { createComment, deleteComment, editComment, react } from '../operations/comments.ts';
import { createIssue, setState, updateIssue } from '../operations/issues.ts';
import type { IssuePatch } from '../operations/issues.ts';
import { addLabels, removeLabels } from '../operations/labels.ts';
import { mergePull } from '../operations/merge.ts';
import { openPull } from '../operations/open-pull.ts';
import { issuePermission } from '../permissions.ts';
import { nodeId } from '../world.ts';
import { actorNode } from './actors.ts';
import type { Context, GraphObject } from './context.ts';
import { commentNode, issueNode } from './issue-nodes.ts';
import { write } from './mutation.ts';
import type { Mutation } from './mutation.ts';
import { reactionOf } from './reactions.ts';
import { accountTargets, issueTarget, labelTargets, pullTarget, target } from './targets.ts';

type Change = (scene: Parameters<Parameters<typeof write>[4]>[0]) => Promise<unknown>;

/** Changes an issue or pull request and answers with it under `key`. */
function change(
  context: Context,
  repo: Repository,
  issue: Issue,
  role: Role,
  key: string,
  work: Change,
): Promise<GraphObject> {
  const { credential } = context;
  const own = credential.kind === 'user' && credential.account.id === issue.author.id;
  return write(context, repo, issuePermission(issue), own ? 'read' : role, async (scene) => {
    await work(scene);
    return {
      actor: actorNode(context, scene.actor.account),
      [key]: issueNode(context, repo, issue),
    };
  });
}

const addComment: Mutation = (context, input) => {
  const { repo, issue } = target(context, input, 'subjectId', 'Issue');
  return write(context, repo, issuePermission(issue), 'read', (scene) => {
    const node = commentNode(context, repo, createComment(scene, issue, input.string('body')));
    const subject = issueNode(context, repo, issue);
    return { commentEdge: { cursor: '', node }, subject };
  });
};

function commentIssue(repo: Repository, comment: Comment): Issue {
  const issue = repo.issues.get(comment.issue);
  if (issue === undefined) throw new Error(`comment ${String(comment.id)} lost its issue`);
  return issue;
}

function ownComment(context: Context, comment: Comment): Role {
  const { credential } = context;
  const own = credential.kind === 'user' && credential.account.id === comment.author.id;
  return own ? 'read' : 'write';
}

const updateIssueComment: Mutation = (context, input) => {
  const { repo, comment } = target(context, input, 'id', 'Comment');
  const issue = commentIssue(repo, comment);
  const role = ownComment(context, comment);
  return write(context, repo, issuePermission(issue), role, (scene) => {
    editComment(scene, issue, comment, input.string('body'));
    return { issueComment: commentNode(context, repo, comment) };
  });
};

const deleteIssueComment: Mutation = (context, input) => {
  const { repo, comment } = target(context, input, 'id', 'Comment');
  const issue = commentIssue(repo, comment);
  const role = ownComment(context, comment);
  return write(context, repo, issuePermission(issue), role, (scene) => {
    deleteComment(scene, issue, comment);
    return {};
  });
};

/** Whoever may read may react; other reactables than comments are not simulated. */
const addReaction: Mutation = (context, input) => {
  const { repo, comment } = target(context, input, 'subjectId', 'Comment');
  const content = reactionOf(input.string('content'));
  return write(context, repo, issuePermission(commentIssue(repo, comment)), 'read', (scene) => {
    const { reaction } = react(scene, comment, content);
    const subject = commentNode(context, repo, comment);
    return {
      reaction: {
        id: nodeId('REA', reaction.id),
        databaseId: reaction.id,
        content: input.string('content'),
        createdAt: reaction.createdAt,
        user: actorNode(context, reaction.account),
      },
      reactionGroups: subject['reactionGroups'],
      subject,
    };
  });
};

const addLabelsToLabelable: Mutation = (context, input) => {
  const { repo, issue } = target(context, input, 'labelableId', 'Issue');
  const labels = labelTargets(context, input.strings('labelIds') ?? []);
  return change(context, repo, issue, 'triage', 'labelable', (scene) =>
    addLabels(scene, issue, labels),
  );
};

const removeLabelsFromLabelable: Mutation = (context, input) => {
  const { repo, issue } = target(context, input, 'labelableId', 'Issue');
  const labels = labelTargets(context, input.strings('labelIds') ?? []);
  return change(context, repo, issue, 'triage', 'labelable', (scene) =>
    removeLabels(scene, issue, labels),
  );
};

function names(context: Context, input: JsonBody) {
  const labels = input.strings('labelIds');
  const assignees = input.strings('assigneeIds');
  return {
    ...(labels && { labels: labelTargets(context, labels).map(({ name }) => name) }),
    ...(assignees && { assignees: accountTargets(context, assignees).map(({ login }) => login) }),
  };
}

const createIssueMutation: Mutation = (context, input) => {
  const { repo } = target(context, input, 'repositoryId', 'Repository');
  const body = input.optional('body') ?? null;
  const draft = { labels: [], assignees: [], ...names(context, input) };
  return write(context, repo, 'issues', 'read', async (scene) => {
    const issue = await createIssue(scene, { title: input.string('title'), body, ...draft });
    return { issue: issueNode(context, repo, issue) };
  });
};

function patchOf(context: Context, input: JsonBody): IssuePatch {
  const title = input.optional('title');
  const body = input.optional('body');
  const state = input.choice('state', ['OPEN', 'CLOSED']);
  return {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
    ...(state && { state: state === 'OPEN' ? 'open' : 'closed' }),
    ...names(context, input),
  };
}

const updateIssueMutation: Mutation = (context, input) => {
  const { repo, issue } = issueTarget(context, input, 'id');
  return change(context, repo, issue, 'triage', 'issue', (scene) =>
    updateIssue(scene, issue, patchOf(context, input)),
  );
};

const REASONS: Readonly<Record<string, StateReason>> = {
  COMPLETED: 'completed',
  NOT_PLANNED: 'not_planned',
  DUPLICATE: 'duplicate',
};

const closeIssue: Mutation = (context, input) => {
  const { repo, issue } = issueTarget(context, input, 'issueId');
  const reason = REASONS[input.optional('stateReason') ?? 'COMPLETED'] ?? 'completed';
  return change(context, repo, issue, 'triage', 'issue', (scene) =>
    setState(scene, issue, 'closed', reason),
  );
};

const reopenIssue: Mutation = (context, input) => {
  const { repo, issue } = issueTarget(context, input, 'issueId');
  return change(context, repo, issue, 'triage', 'issue', (scene) =>
    setState(scene, issue, 'open', null),
  );
};

function pullMutation(
  work: (input: JsonBody, issue: PullIssue, context: Context) => Change,
): Mutation {
  return (context, input) => {
    const { repo, issue } = pullTarget(context, input, 'pullRequestId');
    return change(context, repo, issue, 'write', 'pullRequest', work(input, issue, context));
  };
}

const createPullRequest: Mutation = (context, input) => {
  const { repo } = target(context, input, 'repositoryId', 'Repository');
  return write(context, repo, 'pull-requests', 'read', async (scene) => {
    const issue = await openPull(scene, {
      title: input.string('title'),
      body: input.optional('body') ?? null,
      head: input.string('headRefName').replace(/^refs\/heads\//, ''),
      base: input.string('baseRefName').replace(/^refs\/heads\//, ''),
      draft: input.boolean('draft'),
    });
    return { pullRequest: issueNode(context, repo, issue) };
  });
};

const mergePullRequest: Mutation = (context, input) => {
  const { repo, issue } = pullTarget(context, input, 'pullRequestId');
  const methods = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;
  return write(context, repo, 'contents', 'write', async (scene) => {
    await mergePull(scene, issue, {
      method: methods[input.choice('mergeMethod', ['MERGE', 'SQUASH', 'REBASE']) ?? 'MERGE'],
      title: input.optional('commitHeadline') ?? null,
      message: input.optional('commitBody') ?? null,
      sha: input.optional('expectedHeadOid') ?? null,
    });
    return { pullRequest: issueNode(context, repo, issue) };
  });
};

export const issueMutations: Readonly<Record<string, Mutation>> = {
  addComment,
  updateIssueComment,
  deleteIssueComment,
  addReaction,
  addLabelsToLabelable,
  removeLabelsFromLabelable,
  createIssue: createIssueMutation,
  updateIssue: updateIssueMutation,
  closeIssue,
  reopenIssue,
  createPullRequest,
  mergePullRequest,
  updatePullRequest: pullMutation(
    (input, issue, context) => (scene) => updateIssue(scene, issue, patchOf(context, input)),
  ),
  closePullRequest: pullMutation((_, issue) => (scene) => setState(scene, issue, 'closed', null)),
  reopenPullRequest: pullMutation((_, issue) => (scene) => setState(scene, issue, 'open', null)),
};
