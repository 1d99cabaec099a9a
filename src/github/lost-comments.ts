import type { LostComment } from '../domain/world.ts';
import { isOurs, loginOf, wasAnswered, type Identity } from './conversations.ts';
import type { CommentNode, ConversationNode } from './graphql-types.ts';

/** What nobody obeyed for a day has been said again, or is wanted no more. */
const HOURS = 24;
/** As many are taken in by one sweep, since each may cost a look-up of its author; the next one takes the rest. */
const LIMIT = 10;

/** From when on a sweep heeds comments that no run answered. */
export function lostCommentsSince(now: string): string {
  return new Date(Date.parse(now) - HOURS * 60 * 60 * 1000).toISOString();
}

/**
 * Comments of others that seem to hold a command and bear no reaction of ours, the oldest first. One that was edited
 * is left alone: an edit asks for nothing, and what the comment said at first cannot be told.
 */
export function findLostComments(
  conversations: readonly ConversationNode[],
  ours: Identity,
  since: string,
): readonly LostComment[] {
  const found = new Map<string, { readonly at: number; readonly lost: LostComment }>();
  for (const { number, comments } of conversations) {
    for (const comment of comments.nodes) {
      const at = Date.parse(comment.createdAt ?? '');
      const lost = at >= Date.parse(since) ? toLost(comment, number, ours) : null;
      if (lost !== null) found.set(lost.id, { at, lost });
    }
  }
  const oldestFirst = [...found.values()].sort((a, b) => a.at - b.at);
  return oldestFirst.slice(0, LIMIT).map(({ lost }) => lost);
}

/** A line that may be a command; whether it is one is for who obeys it to tell. */
const ASKS = /^ {0,3}\/session(?:\s|$)/mu;

function toLost(comment: CommentNode, number: number, ours: Identity): LostComment | null {
  const { id, body, author, fullDatabaseId, lastEditedAt } = comment;
  if (author === null || isOurs(author, ours) || !ASKS.test(body)) return null;
  if (fullDatabaseId == null || lastEditedAt !== null || wasAnswered(comment)) return null;
  return { id, commentId: fullDatabaseId, number, login: loginOf(author), body };
}
