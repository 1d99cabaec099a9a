import { unprocessable } from '../errors.ts';
import type { Comment, ReactionContent } from '../model.ts';
import type { Context, GraphObject } from './context.ts';

/** GraphQL's names of what REST calls `+1`, `confused` and so on. */
const CONTENTS: Readonly<Record<string, ReactionContent>> = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
};

export function reactionOf(name: string): ReactionContent {
  const content = CONTENTS[name];
  if (content === undefined) throw unprocessable(`There is no reaction ${name}.`);
  return content;
}

/** One group for each kind of reaction, also where nobody gave any. */
export function reactionGroups({ credential }: Context, comment: Comment): readonly GraphObject[] {
  const viewer = credential.kind === 'none' ? null : credential.account.id;
  return Object.entries(CONTENTS).map(([name, content]) => {
    const given = comment.reactions.filter((reaction) => reaction.content === content);
    return {
      content: name,
      createdAt: given[0]?.createdAt ?? null,
      viewerHasReacted: given.some((reaction) => reaction.account.id === viewer),
    };
  });
}
