import { ProblemsError, SessionwrightError } from '../domain/errors.ts';
import { EMPTY_STATE, type ImplementationState } from '../domain/implementation-state.ts';
import type { SpecFile } from '../domain/spec-file.ts';
import { parseState } from '../domain/state-file.ts';
import type { Repository } from '../domain/world.ts';
import { ask } from './ask.ts';
import { readBlob, readSpecFile } from './blobs.ts';
import type { Client, RepositoryName } from './client.ts';
import type { ActorNode, BlobNode, FileNode } from './graphql-types.ts';
import { GROUND_QUERY } from './queries.ts';

/** Where everything else is read from: who we are, the base's tip with its config, and the state. */
export interface Ground {
  readonly viewer: string;
  readonly repository: Repository;
  readonly baseSha: string;
  /** The last commits of the base, its tip first. */
  readonly recent: readonly string[];
  readonly state: ImplementationState;
  /** The state branch's tip; null before the first run. */
  readonly revision: string | null;
  /** The last commits of the state branch, its tip first. */
  readonly revisions: readonly string[];
  /** When it was committed. */
  readonly movedAt: string | null;
  /** The first issue that bears our label, as a rule the dashboard: read with the state, it tells of no later one. */
  readonly firstIssue: IssueNode | null;
}

interface IssueNode {
  readonly number: number;
  readonly body: string;
  readonly author: ActorNode | null;
}

export interface GroundLook {
  /** `HEAD`, or the base branch where it is not the default one. */
  readonly rev: string;
  readonly config: string;
  readonly stateBranch: string;
  readonly stateFile: string;
  /** The id of the repository that the run is for; null where only its name is known. */
  readonly repositoryId: number | null;
}

interface GroundData {
  readonly viewer: { readonly login: string };
  readonly repository: {
    readonly id: string;
    readonly databaseId: number | null;
    readonly url: string;
    /** Where it lies now: GitHub leads a former name here. */
    readonly nameWithOwner: string;
    readonly isArchived: boolean;
    readonly hasIssuesEnabled: boolean;
    readonly defaultBranchRef: { readonly name: string } | null;
    readonly base: {
      readonly oid?: string;
      readonly history?: { readonly nodes: readonly { readonly oid: string }[] };
      readonly config?: FileNode | null;
      readonly imported?: FileNode | null;
    } | null;
    readonly state: {
      readonly target: {
        readonly oid: string;
        readonly committedDate?: string;
        readonly history?: { readonly nodes: readonly { readonly oid: string }[] };
        readonly file?: FileNode | null;
      } | null;
    } | null;
    readonly sessions: { readonly nodes: readonly unknown[] } | null;
    readonly ours: { readonly nodes: readonly IssueNode[] };
  } | null;
}

/** What was read, before the state is looked at: only the config says which file that is in. */
export interface Survey {
  readonly look: GroundLook;
  readonly data: GroundData;
  readonly defaultBranch: string;
  readonly baseSha: string;
  readonly config: SpecFile;
}

/** One request; throws where the repository or its base cannot be read. */
export async function surveyGround(
  client: Client,
  name: RepositoryName,
  look: GroundLook,
): Promise<Survey> {
  const data = await ask<GroundData>(client, GROUND_QUERY, {
    owner: name.owner,
    name: name.repo,
    rev: look.rev,
    config: look.config,
    branch: `refs/heads/${look.stateBranch}`,
    file: look.stateFile,
  });
  const { repository } = data;
  if (repository === null || isAnother(repository.databaseId, look.repositoryId)) {
    throw unseen(name);
  }
  if (repository.base?.oid === undefined || repository.defaultBranchRef === null) {
    throw missingBase(name, look.rev);
  }
  if (repository.isArchived) throw archived(repository.nameWithOwner);
  return {
    look,
    data,
    defaultBranch: repository.defaultBranchRef.name,
    baseSha: repository.base.oid,
    config: await readSpecFile(client, name, repository.base.config?.object ?? null),
  };
}

/** A name that was given up by a rename may belong to another repository by the time an event is handled. */
function isAnother(seen: number | null, wanted: number | null): boolean {
  return seen !== null && wanted !== null && seen !== wanted;
}

/** Where the repository lies now: a commit names it, and takes no former name. */
export function presentName({ data }: Survey, known: RepositoryName): RepositoryName {
  const [owner = known.owner, repo = known.repo] = data.repository?.nameWithOwner.split('/') ?? [];
  return { owner, repo };
}

/** The survey with its state read; throws where the state cannot be read whole, or is gone. */
export async function settleGround(
  client: Client,
  name: RepositoryName,
  survey: Survey,
): Promise<Ground> {
  const { data, look, defaultBranch } = survey;
  const { repository } = data;
  if (repository?.base?.oid === undefined) throw missingBase(name, look.rev);
  const { base } = repository;
  const { owner, repo } = presentName(survey, name);
  const stateBlob = repository.state?.target?.file?.object ?? null;
  if (repository.state !== null && stateBlob === null) throw missingState(look);
  const known = (repository.sessions?.nodes.length ?? 0) + repository.ours.nodes.length > 0;
  if (repository.state === null && known) throw missingState(look);
  const stateText = await readState(client, name, stateBlob ?? base.imported?.object ?? null);
  return {
    viewer: data.viewer.login,
    repository: {
      owner,
      name: repo,
      id: repository.id,
      url: repository.url,
      defaultBranch,
      hasIssues: repository.hasIssuesEnabled,
    },
    baseSha: repository.base.oid,
    recent: base.history?.nodes.map((commit) => commit.oid) ?? [],
    state: stateText === null ? EMPTY_STATE : wholeState(stateText, look),
    revision: repository.state?.target?.oid ?? null,
    revisions: repository.state?.target?.history?.nodes.map((commit) => commit.oid) ?? [],
    movedAt: repository.state?.target?.committedDate ?? null,
    firstIssue: repository.ours.nodes[0] ?? null,
  };
}

/** The state file's text as the survey found it, however broken; null where its branch or the file is gone. */
export async function readStateText(
  client: Client,
  name: RepositoryName,
  { data }: Survey,
): Promise<string | null> {
  return readState(client, name, data.repository?.state?.target?.file?.object ?? null);
}

/** A garbled file may pass for binary: it is then no JSON, as any other that cannot be read. */
async function readState(
  client: Client,
  name: RepositoryName,
  blob: BlobNode | null,
): Promise<string | null> {
  return blob?.isBinary === true ? BINARY_STATE : readBlob(client, name, blob);
}

const BINARY_STATE = '\u0000';

function wholeState(text: string, look: GroundLook): ImplementationState {
  const state = parseState(text, look.stateFile);
  if (!state.ok) throw new ProblemsError('state-unreadable', state.problems);
  return state.value;
}

function missingBase(name: RepositoryName, rev: string): SessionwrightError {
  return SessionwrightError.of('base-missing', { rev, repository: `${name.owner}/${name.repo}` });
}

function unseen({ owner, repo }: RepositoryName): SessionwrightError {
  return SessionwrightError.of('repository-not-seen', { repository: `${owner}/${repo}` });
}

/** https://docs.github.com/en/repositories/archiving-a-github-repository/archiving-repositories */
function archived(repository: string): SessionwrightError {
  return SessionwrightError.of('repository-archived', { repository });
}

function missingState(look: GroundLook): SessionwrightError {
  return SessionwrightError.of('state-missing', { file: look.stateFile, branch: look.stateBranch });
}
