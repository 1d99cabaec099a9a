import { parseClaim } from '../domain/claim.ts';
import { readStateEdit } from '../domain/state-edit.ts';
import type { FormerPack, SpecSources } from '../domain/read-spec.ts';
import type { TemplateFiles } from '../domain/template-file.ts';
import type { HandoffFile } from '../domain/validate-pack.ts';
import type {
  AskingComment,
  AskingLabel,
  Conversation,
  LabelledPull,
  LostComment,
  PullRequest,
} from '../domain/world.ts';
import { ask } from './ask.ts';
import { givenFile, givenWhole, readSpecFile, readUntrustedBlob } from './blobs.ts';
import type { Client, RepositoryName } from './client.ts';
import { readChangedFiles } from './changed-files.ts';
import {
  isOurs,
  toAskingComment,
  toAskingLabels,
  toConversation,
  toPullRequest,
  type HeadFiles,
  type Identity,
} from './conversations.ts';
import type {
  AskingCommentNode,
  BlobNode,
  ConversationNode,
  FileNode,
  PullRequestNode,
  RefNode,
} from './graphql-types.ts';
import { readLabelledPulls, readLabels } from './labels.ts';
import { nodesOf, readBesides, readLostComments, readOwn, type SceneData } from './swept-answer.ts';
import { formerBases, sceneQuery, type SceneLook, type SessionLook } from './queries.ts';

/** What the config made us look at: the spec pack, the sessions and the conversations. */
export interface Scene extends SpecSources {
  /** Modules whose session has a branch with something on it, where no pull request is on record. */
  readonly begun: ReadonlySet<string>;
  readonly pulls: ReadonlyMap<string, PullRequest>;
  /** Modules whose session's pull request is not there. */
  readonly gone: ReadonlySet<string>;
  readonly conversations: ReadonlyMap<number, Conversation>;
  readonly askingLabels: readonly AskingLabel[];
  readonly labels: ReadonlyMap<string, string>;
  readonly labelledPulls: readonly LabelledPull[];
  /** Pull requests that may be no session's, without their files. */
  readonly besides: readonly PullRequest[];
  /** The comment that woke us; null where none did, or where it is gone. */
  readonly comment: AskingComment | null;
  readonly lostComments: readonly LostComment[];
  /** Open issues and pull requests of ours; only a sweep looks for them. */
  readonly ownIssues: readonly Conversation[];
}

interface SceneAnswer {
  readonly repository: SceneData;
  readonly comment?: AskingCommentNode | null;
}

interface SpecNode {
  readonly state?: FileNode | null;
  readonly prompts?: FileNode | null;
  readonly types?: FileNode | null;
  readonly planningAgent?: FileNode | null;
  readonly codingAgent?: FileNode | null;
  readonly handoffs?: TreeNode | null;
  readonly templates?: TreeNode | null;
}

interface TreeNode {
  readonly object: { readonly entries?: readonly TreeEntryNode[] } | null;
}

interface TreeEntryNode {
  readonly name: string;
  readonly type: string;
  readonly oid: string;
  readonly object?: BlobNode | null;
}

/** One request, and one more for each further hundred files of a pull request. */
export async function readScene(
  client: Client,
  name: RepositoryName,
  look: SceneLook,
  ours: Identity,
): Promise<Scene> {
  const { query, variables } = sceneQuery(look);
  const { repository: data, comment } = await ask<SceneAnswer>(client, query, {
    owner: name.owner,
    name: name.repo,
    ...variables,
  });
  const spec = data['spec'] as SpecNode | null;
  const [prompts, types, ...sessions] = await Promise.all([
    readSpecFile(client, name, spec?.prompts?.object ?? null),
    readSpecFile(client, name, spec?.types?.object ?? null),
    ...look.sessions.map((session, index) =>
      readSession(client, name, { data, session, index, ours }),
    ),
  ]);
  const asking = nodesOf(data, ['asking_issues', 'asking_pulls']);
  const recent = nodesOf(data, ['recent_issues', 'recent_pulls']);
  const lostComments = readLostComments(data, look, ours);
  const isCommented = new Set(lostComments.map(({ number }) => number));
  return {
    prompts,
    types,
    handoffs: new Map(filesOf(spec?.handoffs).map((one) => [one.name, handoffFile(one)])),
    templates: templatesOf(filesOf(spec?.templates)),
    planningAgent: givenWhole(spec?.planningAgent?.object ?? null),
    codingAgent: givenWhole(spec?.codingAgent?.object ?? null),
    handoffTexts: readHandoffs(data, look),
    formerPacks: readFormerPacks(data, look),
    begun: readBegun(data, look.sessions),
    pulls: new Map(sessions.flatMap((one) => (one === null ? [] : [one]))),
    gone: new Set(
      look.sessions
        .filter(({ pullRequest }, index) => pullRequest !== null && sessions[index] === null)
        .map(({ module }) => module),
    ),
    conversations: new Map([
      ...[...asking, ...recent.filter(({ number }) => isCommented.has(number))].map(
        (node) => [node.number, toConversation(node, ours)] as const,
      ),
      ...readConversations(data, look.conversations, ours),
    ]),
    askingLabels: asking.flatMap((node) => toAskingLabels(node, new Set(look.askingLabels))),
    labels: readLabels(data, look.labels),
    labelledPulls: readLabelledPulls(data),
    besides: readBesides(data).map((node) => toPullRequest(node, ours, 'none', NO_FILES)),
    comment: toAskingComment(comment ?? null),
    lostComments,
    ownIssues: readOwn(data, look, ours),
  };
}

function filesOf(tree: TreeNode | null | undefined): readonly TreeEntryNode[] {
  return tree?.object?.entries?.filter((one) => one.type === 'blob') ?? [];
}

function handoffFile({ oid, object }: TreeEntryNode): HandoffFile {
  return { hash: oid, content: givenFile(object ?? null).file };
}

function templatesOf(entries: readonly TreeEntryNode[]): TemplateFiles {
  return new Map(
    entries.flatMap(({ name, object }) => {
      const file = givenWhole(object ?? null);
      if (file.kind === 'missing') return [];
      return [[name, file.kind === 'text' ? file.text : file] as const];
    }),
  );
}

function readHandoffs(data: SceneData, look: SceneLook): ReadonlyMap<string, string> {
  const keys = look.specs.flatMap((_, index) => [`h${index}_now`, `h${index}_before`]);
  return new Map(
    keys.flatMap((key) => {
      const blob = (data[key] ?? null) as BlobNode | null;
      const text = readUntrustedBlob(blob);
      return blob === null || text === null ? [] : [[blob.oid, text] as const];
    }),
  );
}

function readFormerPacks(data: SceneData, look: SceneLook): readonly FormerPack[] {
  return formerBases(look.specs).map((_, index) => {
    const commit: SpecNode | null = data[`former${index}`] ?? null;
    return {
      prompts: readUntrustedBlob(commit?.prompts?.object ?? null),
      types: readUntrustedBlob(commit?.types?.object ?? null),
    };
  });
}

function readBegun(data: SceneData, sessions: readonly SessionLook[]): ReadonlySet<string> {
  return new Set(
    sessions.flatMap(({ module, start }, index) => {
      const ref = (data[`s${index}_branch`] ?? null) as RefNode | null;
      return ref?.target == null || ref.target.oid === start ? [] : [module];
    }),
  );
}

const NO_FILES: HeadFiles = {
  files: [],
  filesComplete: false,
  claim: null,
  stateEdit: null,
  report: null,
  escalationReport: null,
  present: new Set(),
};

function readConversations(
  data: SceneData,
  numbers: readonly number[],
  ours: Identity,
): ReadonlyMap<number, Conversation> {
  return new Map(
    numbers.flatMap((number) => {
      const node = (data[`n${number}`] ?? null) as ConversationNode | null;
      return node === null ? [] : [[number, toConversation(node, ours)] as const];
    }),
  );
}

/** The one that a run without a record of it goes on with: the lowest open one of ours, or else the newest. */
function adoptedPull(nodes: readonly PullRequestNode[], ours: Identity): PullRequestNode | null {
  const open = nodes.filter(({ author, state }) => state === 'OPEN' && isOurs(author, ours));
  const [lowest] = open.sort((a, b) => a.number - b.number);
  return lowest ?? nodes.at(-1) ?? null;
}

interface SessionData {
  readonly data: SceneData;
  readonly session: SessionLook;
  readonly index: number;
  readonly ours: Identity;
}

async function readSession(
  client: Client,
  name: RepositoryName,
  { data, session, index, ours }: SessionData,
): Promise<readonly [string, PullRequest] | null> {
  const key = `s${index}`;
  const found = data[`${key}_found`] as { nodes: readonly PullRequestNode[] } | undefined;
  const adopted = adoptedPull(found?.nodes ?? [], ours);
  const node = (data[`${key}_pull`] ?? adopted) as PullRequestNode | null;
  if (node === null) return null;
  const blob = (part: string): BlobNode | null =>
    (data[`${key}_${part}`] ?? null) as BlobNode | null;
  const present = session.deliverables.filter((_, number) => blob(`d${number}`) !== null);
  // Files read for the sake of a result whose head is gone say nothing of the head that is there.
  const current = session.rev === session.branch || session.rev === node.headRefOid;
  const files = await readChangedFiles(client, name, node);
  const text = (part: string): string | null => readUntrustedBlob(blob(part));
  const touchesState = files.some(({ path }) => path === session.state);
  const baseState = readUntrustedBlob((data['spec'] as SpecNode | null)?.state?.object ?? null);
  const stateEdit = touchesState ? readStateEdit(text('state'), baseState, session.module) : null;
  const claimText = text('claim');
  const claim = claimText === null ? null : parseClaim(claimText, session.module);
  const head = {
    files,
    filesComplete: files.length >= node.changedFiles,
    claim: current ? (claim ?? stateEdit?.claim ?? null) : null,
    stateEdit,
    report: text('report'),
    escalationReport: current ? text('escalation') : null,
    present: new Set(present),
  };
  const subject = session.branch.replace(/^session\//u, '');
  return [session.module, toPullRequest(node, ours, subject, head)];
}
