import type { Conversation, LostComment } from '../domain/world.ts';
import { toConversation, type Identity } from './conversations.ts';
import type { ConversationNode, PullRequestNode } from './graphql-types.ts';
import { findLostComments } from './lost-comments.ts';
import type { SceneLook } from './queries.ts';

/** What the scene's query answers, by its aliases. */
export type SceneData = Readonly<Record<string, unknown>>;

export function nodesOf(data: SceneData, keys: readonly string[]): readonly ConversationNode[] {
  return keys.flatMap((key) => {
    const found = data[key] as { readonly nodes: readonly ConversationNode[] } | undefined;
    return found?.nodes ?? [];
  });
}

export function readOwn(data: SceneData, look: SceneLook, ours: Identity): readonly Conversation[] {
  const keys = ['own_issues', ...look.sessions.map((_, index) => `s${index}_same`)];
  return nodesOf(data, keys)
    .map((node) => toConversation(node, ours))
    .filter((conversation) => conversation.ours);
}

/** Pull requests that are looked at for their check alone: the one that woke us, or in a sweep those that changed last. */
export function readBesides(data: SceneData): readonly PullRequestNode[] {
  const pointed = (data['pull'] ?? null) as PullRequestNode | null;
  const recent = data['recent_pulls'] as { readonly nodes: readonly PullRequestNode[] } | undefined;
  return pointed === null ? (recent?.nodes ?? []) : [pointed];
}

/** Among all conversations that were read, and those that changed last. */
export function readLostComments(
  data: SceneData,
  look: SceneLook,
  ours: Identity,
): readonly LostComment[] {
  if (look.swept === undefined) return [];
  const lists = ['asking_issues', 'asking_pulls', 'recent_issues', 'recent_pulls'];
  const single = [
    ...look.conversations.map((number) => `n${number}`),
    ...look.sessions.map((_, index) => `s${index}_pull`),
  ];
  const nodes = single.flatMap((key) => (data[key] ?? []) as ConversationNode | readonly []);
  const found = look.sessions.map((_, index) => `s${index}_found`);
  const all = [...nodes, ...nodesOf(data, [...found, ...lists])];
  return findLostComments(all, ours, look.swept.commentsSince);
}
