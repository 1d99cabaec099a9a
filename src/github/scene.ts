import { GraphqlResponseError } from '@octokit/graphql';
import * as v from 'valibot';
import type { PullRequest, Conversation } from '../domain/world.ts';
import { readBlob, readUntrustedBlob } from './blobs.ts';
import type { Client, RepositoryName } from './client.ts';
import { toChangedFiles, toConversation, toPullRequest, type HeadFiles } from './conversations.ts';
import type { BlobNode, ConversationNode, FileNode, PullRequestNode } from './graphql-types.ts';
import { FILES_QUERY, sceneQuery, type SceneLook, type SessionLook } from './queries.ts';

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
  const data = await ask(client, query, { owner: name.owner, name: name.repo, ...variables });
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
    pull: foreign === null ? null : toPullRequest(foreign, viewer, NO_FILES),
  };
}

const partialAnswer = v.object({ repository: v.record(v.string(), v.unknown()) });

/** An issue that was deleted or transferred is an error beside the answer; the rest of the answer stands. */
async function ask(
  client: Client,
  query: string,
  variables: Readonly<Record<string, string>>,
): Promise<SceneData> {
  try {
    const { repository } = await client.graphql<{ repository: SceneData }>(query, variables);
    return repository;
  } catch (error) {
    if (!(error instanceof GraphqlResponseError)) throw error;
    const missing = error.errors?.every((one: { type?: string }) => one.type === 'NOT_FOUND');
    const answer = v.safeParse(partialAnswer, error.data);
    if (missing !== true || !answer.success) throw error;
    return answer.output.repository;
  }
}

const NO_FILES: HeadFiles = {
  files: [],
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
  const head = {
    files: await readFiles(client, name, node),
    claim: current ? readUntrustedBlob(blob('claim')) : null,
    escalationReport: current ? readUntrustedBlob(blob('report')) : null,
    present: new Set(present),
  };
  return [session.module, toPullRequest(node, viewer, head)];
}

async function readFiles(client: Client, name: RepositoryName, node: PullRequestNode) {
  const nodes = [...(node.files?.nodes ?? [])];
  let page = node.files?.pageInfo;
  while (page?.hasNextPage === true && page.endCursor !== null) {
    const more = await client.graphql<{
      repository: { pullRequest: { files: NonNullable<PullRequestNode['files']> } };
    }>(FILES_QUERY, {
      owner: name.owner,
      name: name.repo,
      number: node.number,
      after: page.endCursor,
    });
    const { files } = more.repository.pullRequest;
    nodes.push(...files.nodes);
    page = files.pageInfo;
  }
  return toChangedFiles(nodes);
}
