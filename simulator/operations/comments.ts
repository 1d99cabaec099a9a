import { validationFailed } from '../errors.ts';
import { emitComment } from '../events.ts';
import type { Scene } from '../events.ts';
import type { Comment, Issue, Reaction, ReactionContent } from '../model.ts';
import { nodeId } from '../world.ts';
import { checkText } from './issues.ts';
import { appOf } from './timeline.ts';

function checkBody(body: string): void {
  if (body.trim() === '') {
    throw validationFailed({ resource: 'IssueComment', code: 'missing_field', field: 'body' });
  }
  checkText('IssueComment', null, body);
}

export function createComment(scene: Scene, issue: Issue, body: string): Comment {
  const { world, repo, actor } = scene;
  checkBody(body);
  const now = world.now();
  const by = { author: actor.account, app: appOf(actor) };
  const times = { createdAt: now, updatedAt: now };
  const about = { id: world.nextId(), issue: issue.number };
  const comment = { ...about, ...by, body, ...times, reactions: [], lastEdit: null };
  issue.comments.push(comment);
  issue.updatedAt = now;
  repo.comments.set(comment.id, comment);
  world.nodes.set(nodeId('IC', comment.id), { type: 'Comment', repo, comment });
  emitComment(scene, issue, comment, 'created');
  return comment;
}

export function editComment(scene: Scene, issue: Issue, comment: Comment, body: string): void {
  checkBody(body);
  if (comment.body === body) return;
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = scene.world.now();
  comment.lastEdit = { at: comment.updatedAt, editor: scene.actor.account };
  emitComment(scene, issue, comment, 'edited', { changes: { body: { from } } });
}

export function deleteComment(scene: Scene, issue: Issue, comment: Comment): void {
  issue.comments.splice(issue.comments.indexOf(comment), 1);
  scene.repo.comments.delete(comment.id);
  scene.world.nodes.delete(nodeId('IC', comment.id));
  emitComment(scene, issue, comment, 'deleted');
}

/** A second reaction of the same kind by the same account is the first one. */
export function react(
  { world, actor }: Scene,
  comment: Comment,
  content: ReactionContent,
): { readonly reaction: Reaction; readonly created: boolean } {
  const same = (other: Reaction) =>
    other.content === content && other.account.id === actor.account.id;
  const present = comment.reactions.find(same);
  if (present !== undefined) return { reaction: present, created: false };
  const id = world.nextId();
  const reaction = { id, account: actor.account, content, createdAt: world.now() };
  comment.reactions.push(reaction);
  return { reaction, created: true };
}
