import type { PullRequest, Conversation } from '../domain/world.ts';
import { ask } from './ask.ts';
import { readBlob, readUntrustedBlob } from './blobs.ts';
import type { Client, RepositoryName } from './client.ts';
import { readChangedFiles } from './changed-files.ts';
import { toConversation, toPullRequest, type HeadFiles } from './conversations.ts';
import type { BlobNode, ConversationNode, FileNode, PullRequestNode } from './graphql-types.ts';
import { sceneQuery, type SceneLook, type SessionLook } from './queries.ts';

/** What the config made us look at: the spec pack, the sessions and the conversations. */
export interface Scene {
  readonly prompts: string | null;
  readonly types: string | null;
  /** File name to blob id. */
  readonly handoffs: ReadonlyMap<string, string>;
  readonly pulls: ReadonlyMap<string, PullRequest>;
  readonly conversations: ReadonlyMap<number, Conversation>;
  readonly pull: PullRequest | null;
}

type SceneData = Readonly<Record<string, unknown>>;

interface SpecNode {
  readonly prompts?: FileNode | null;
  readonly types?: FileNode | null;
  readonly handoffs?: {
    readonly object: { readonly entries?: readonly TreeEntryNode[] } | null;
  } | null;
}

interface TreeEntryNode {
  readonly name: string;
  readonly type: string;
  readonly oid: string;
}

/** One request, and one more for each further hundred files of a pull request. */
export async function readScene(
  client: Client,
  name: RepositoryName,
  look: SceneLook,
  viewer: string,
): Promise<Scene> {
  const { query, variables } = sceneQuery(look);
  const { repository: data } = await ask<{ repository: SceneData }>(client, query, {
    owner: name.owner,
    name: name.repo,
    ...variables,
  });
  const spec = data['spec'] as SpecNode | null;
  const [prompts, types, ...sessions] = await Promise.all([
    readBlob(client, name, spec?.prompts?.object ?? null),
    readBlob(client, name, spec?.types?.object ?? null),
    ...look.sessions.map((session, index) =>
      readSession(client, name, { data, session, index, viewer }),
    ),
  ]);
  const entries = spec?.handoffs?.object?.entries ?? [];
  const foreign = (data['pull'] ?? null) as PullRequestNode | null;
  return {
    prompts,
    types,
    handoffs: new Map(
      entries.filter((one) => one.type === 'blob').map((one) => [one.name, one.oid]),
    ),
    pulls: new Map(sessions.flatMap((one) => (one === null ? [] : [one]))),
    conversations: readConversations(data, look.conversations, viewer),
    pull: foreign === null ? null : toPullRequest(foreign, viewer, 'none', NO_FILES),
  };
}

const NO_FILES: HeadFiles = {
  files: [],
  filesComplete: false,
  claim: null,
  escalationReport: null,
  present: new Set(),
};

function readConversations(
  data: SceneData,
  numbers: readonly number[],
  viewer: string,
): ReadonlyMap<number, Conversation> {
  return new Map(
    numbers.flatMap((number) => {
      const node = (data[`n${number}`] ?? null) as ConversationNode | null;
      return node === null ? [] : [[number, toConversation(node, viewer)] as const];
    }),
  );
}

interface SessionData {
  readonly data: SceneData;
  readonly session: SessionLook;
  readonly index: number;
  readonly viewer: string;
}

async function readSession(
  client: Client,
  name: RepositoryName,
  { data, session, index, viewer }: SessionData,
): Promise<readonly [string, PullRequest] | null> {
  const key = `s${index}`;
  const found = data[`${key}_found`] as { nodes: readonly PullRequestNode[] } | undefined;
  const node = (data[`${key}_pull`] ?? found?.nodes[0] ?? null) as PullRequestNode | null;
  if (node === null) return null;
  const blob = (part: string): BlobNode | null =>
    (data[`${key}_${part}`] ?? null) as BlobNode | null;
  const present = session.deliverables.filter((_, number) => blob(`d${number}`) !== null);
  // Files read for the sake of a result whose head is gone say nothing of the head that is there.
  const current = session.rev === session.branch || session.rev === node.headRefOid;
  const files = await readChangedFiles(client, name, node);
  const head = {
    files,
    filesComplete: files.length >= node.changedFiles,
    claim: current ? readUntrustedBlob(blob('claim')) : null,
    escalationReport: current ? readUntrustedBlob(blob('report')) : null,
    present: new Set(present),
  };
  const subject = session.branch.replace(/^session\//u, '');
  return [session.module, toPullRequest(node, viewer, subject, head)];
}
