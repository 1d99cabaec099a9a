import { notFound } from '../errors.ts';
import type { Comment, Issue, ReactionContent } from '../model.ts';
import { createComment, deleteComment, editComment, react } from '../operations/comments.ts';
import { issuePermission } from '../permissions.ts';
import type { Schemas } from '../present/account.ts';
import { presentComment, presentReaction } from '../present/issue.ts';
import { created, issueOf, mayRead, NO_CONTENT, ok, page, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

const REACTIONS: readonly ReactionContent[] = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
];

function commentOf(request: RestRequest): { readonly issue: Issue; readonly comment: Comment } {
  mayRead(request, 'metadata');
  const comment = request.repo.comments.get(Number(param(request, 'id')));
  const issue = comment === undefined ? undefined : request.repo.issues.get(comment.issue);
  if (comment === undefined || issue === undefined) throw notFound();
  mayRead(request, issuePermission(issue));
  return { issue, comment };
}

async function listComments(request: RestRequest): Promise<Reply<Schemas['issue-comment'][]>> {
  const { world, repo, url } = request;
  const since = url.searchParams.get('since');
  const after = since === null ? 0 : Date.parse(since);
  const comments = issueOf(request).comments.filter(
    (comment) => Date.parse(comment.updatedAt) >= after,
  );
  return page(request, comments, (comment) => presentComment(world, repo, comment));
}

function postComment(request: RestRequest): Reply<Schemas['issue-comment']> {
  const { world, repo, body } = request;
  const issue = issueOf(request);
  const scene = writing(request, issuePermission(issue), 'read');
  return created(presentComment(world, repo, createComment(scene, issue, body.string('body'))));
}

function getComment(request: RestRequest): Reply<Schemas['issue-comment']> {
  return ok(presentComment(request.world, request.repo, commentOf(request).comment));
}

/** Authors may change their own comments, others need write access. */
function changing(request: RestRequest) {
  const { issue, comment } = commentOf(request);
  const { credential } = request;
  const own = credential.kind === 'user' && credential.account.id === comment.author.id;
  const scene = writing(request, issuePermission(issue), own ? 'read' : 'write');
  return { issue, comment, scene };
}

function patchComment(request: RestRequest): Reply<Schemas['issue-comment']> {
  const { issue, comment, scene } = changing(request);
  editComment(scene, issue, comment, request.body.string('body'));
  return ok(presentComment(request.world, request.repo, comment));
}

function removeComment(request: RestRequest): Reply<null> {
  const { issue, comment, scene } = changing(request);
  deleteComment(scene, issue, comment);
  return NO_CONTENT;
}

function postReaction(request: RestRequest): Reply<Schemas['reaction']> {
  const { issue, comment } = commentOf(request);
  const scene = writing(request, issuePermission(issue), 'read');
  request.body.string('content');
  const content = request.body.choice('content', REACTIONS) ?? 'eyes';
  const result = react(scene, comment, content);
  const presented = presentReaction(request.world, result.reaction);
  return result.created ? created(presented) : ok(presented);
}

export const commentRoutes: readonly Route[] = [
  { method: 'GET', template: '/issues/{number}/comments', handle: listComments },
  { method: 'POST', template: '/issues/{number}/comments', handle: postComment },
  { method: 'GET', template: '/issues/comments/{id}', handle: getComment },
  { method: 'PATCH', template: '/issues/comments/{id}', handle: patchComment },
  { method: 'DELETE', template: '/issues/comments/{id}', handle: removeComment },
  { method: 'POST', template: '/issues/comments/{id}/reactions', handle: postReaction },
];
