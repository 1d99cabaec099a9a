import type { Step } from '../decide/situation.ts';
import { renderOutcomes, renderReply } from '../documents/reply.ts';
import { amendReply, findConversation, findReply, postReply, type Stage } from './stage.ts';

/**
 * Answers a comment: the reply is given once and left as it is, since it tells what was done, not how things are;
 * the reaction comes last, so that a comment that bears it is done with.
 */
export function respond(stage: Stage, step: Step & { readonly kind: 'respond' }): void {
  const { conversation, comment, key, outcomes } = step;
  const place = findConversation(stage.world, conversation);
  if (place === null) return;
  const [only] = outcomes;
  // A request that stands alone is answered by its wait or its start.
  const isTold = outcomes.length === 1 && only?.answer.kind === 'requested';
  if (!isTold && findReply(place.comments, key) === undefined) {
    stage.post({ kind: 'comment', subject: place.id, body: renderOutcomes(outcomes, key) });
  }
  const content = outcomes.every((outcome) => outcome.done) ? 'thumbs-up' : 'confused';
  stage.post({ kind: 'reaction', subject: comment, content });
}

export function closeIssue(stage: Stage, number: number): void {
  const issue = stage.world.conversations.get(number);
  if (issue !== undefined) stage.post({ kind: 'close-issue', id: issue.id, as: 'completed' });
}

/** Said once, where the run that said it ended before it closed what it spoke of. */
export function closeDuplicate(
  stage: Stage,
  { duplicate, original }: Step & { readonly kind: 'close-duplicate' },
): void {
  const { id, comments, headSha } = duplicate;
  const key = `duplicate ${original}`;
  if (findReply(comments, key) === undefined) {
    const body = renderReply({ kind: 'duplicate', original }, key);
    stage.post({ kind: 'comment', subject: id, body });
  }
  stage.post(
    headSha === undefined
      ? { kind: 'close-issue', id, as: 'duplicate' }
      : { kind: 'close-pull-request', id },
  );
}

export function closePullRequest(
  stage: Stage,
  { conversation, pointer }: Step & { readonly kind: 'close-pull-request' },
): void {
  const pull = findConversation(stage.world, conversation);
  if (pull === null) return;
  if (pointer !== null) postReply(stage, conversation, pointer.key, pointer.answer);
  stage.post({ kind: 'close-pull-request', id: pull.id });
}

/** Told while it holds; once it does not, only what was told is brought up to date. */
export function tellDrift(stage: Stage, step: Step & { readonly kind: 'tell-drift' }): void {
  const { conversation, key, module, changes, isSettled, since } = step;
  if (changes.length === 0) {
    // Every run asks this: to look for what was told long ago is not worth a request for each hundred comments.
    const comments = findConversation(stage.world, conversation)?.comments ?? [];
    if (!isSettled && findReply(comments, key) === undefined) return;
    amendReply(stage, conversation, key, { kind: 'spec-settled', module });
    return;
  }
  const { repository, base } = stage.world;
  const range = { repositoryUrl: repository.url, before: since, after: base.branch };
  postReply(stage, conversation, key, { kind: 'spec-drift', module, changes, range });
}
