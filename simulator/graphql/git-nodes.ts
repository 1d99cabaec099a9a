import type { GraphQLResolveInfo } from 'graphql';

import { notFound } from '../errors.ts';
import type { Commit, Person, TreeEntry } from '../git/objects.ts';
import type { JsonBody } from '../json-body.ts';
import type { Annotation, CheckRun, CheckSuite, Repository } from '../model.ts';
import { accountOfEmail } from '../present/account.ts';
import { presentCheckRun } from '../present/check-run.ts';
import { presentCommit } from '../present/commit.ts';
import { latestRuns } from '../rest/checks.ts';
import { nodeId } from '../world.ts';
import { actorNode } from './actors.ts';
import { connection } from './connection.ts';
import { allowReading } from './context.ts';
import type { Context, GraphObject } from './context.ts';

/** Past this a blob's text is cut off and `isTruncated` says so. */
const MAX_TEXT_BYTES = 512_000;

export function refNode(context: Context, repo: Repository, ref: string): GraphObject | null {
  const oid = repo.git.refs.get(ref);
  if (oid === undefined) return null;
  const match = /^(refs\/[^/]+\/)(.+)$/.exec(ref);
  return {
    __typename: 'Ref',
    id: nodeId('REF', `${String(repo.id)}:${ref}`),
    name: match?.[2] ?? ref,
    prefix: match?.[1] ?? '',
    repository: () => context.repositoryNode(context, repo),
    target: () => objectNode(context, repo, oid),
  };
}

/** Any git object by SHA or by an expression such as `branch:path`; null when there is none. */
export async function objectNode(
  context: Context,
  repo: Repository,
  expression: string,
): Promise<GraphObject | null> {
  const colon = expression.indexOf(':');
  const start = colon < 0 ? expression : expression.slice(0, colon);
  const commit = await repo.git.commitOf(start);
  const root = commit ?? (/^[0-9a-f]{40}$/.test(start) ? start : null);
  if (root === null) return null;
  const found = await repo.git.objects.find(root + (colon < 0 ? '' : expression.slice(colon)));
  if (found === null) return null;
  if (found.type === 'commit') return commitNode(context, repo, found.oid);
  const path = colon < 0 ? '' : expression.slice(colon + 1).replace(/\/$/, '');
  if (found.type === 'tree') return treeNode(context, repo, found.oid, path);
  return found.type === 'blob' ? blobNode(context, repo, found.oid) : null;
}

function gitObject(context: Context, repo: Repository, oid: string): GraphObject {
  return {
    id: nodeId('O', `${String(repo.id)}:${oid}`),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    repository: () => context.repositoryNode(context, repo),
  };
}

async function blobNode(
  context: Context,
  repo: Repository,
  oid: string,
): Promise<GraphObject | null> {
  const content = await repo.git.objects.blob(oid);
  if (content === null) return null;
  const isBinary = content.includes(0);
  const isTruncated = content.length > MAX_TEXT_BYTES;
  const text = isBinary ? null : content.subarray(0, MAX_TEXT_BYTES).toString();
  const size = { byteSize: content.length, isBinary, isTruncated };
  return { __typename: 'Blob', ...gitObject(context, repo, oid), text, ...size };
}

/** `path` is where the tree lies, so that its entries can tell their full paths. */
function treeNode(context: Context, repo: Repository, oid: string, path = ''): GraphObject {
  return {
    __typename: 'Tree',
    ...gitObject(context, repo, oid),
    entries: async () => {
      const entries = (await repo.git.objects.tree(oid)) ?? [];
      return entries.map((entry) => entryNode(context, repo, entry, path));
    },
  };
}

function entryNode(
  context: Context,
  repo: Repository,
  entry: TreeEntry,
  directory: string,
): GraphObject {
  const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
  return {
    name: entry.name,
    path,
    type: entry.type,
    oid: entry.oid,
    mode: parseInt(entry.mode, 8),
    object: () =>
      entry.type === 'tree'
        ? treeNode(context, repo, entry.oid, path)
        : objectNode(context, repo, entry.oid),
  };
}

/** Unlike `object(expression:)`, GitHub's `file(path:)` tells a missing path as an error beside its null. */
async function fileNode(
  context: Context,
  repo: Repository,
  commit: string,
  path: string,
): Promise<GraphObject> {
  const slash = path.lastIndexOf('/');
  const directory = path.slice(0, Math.max(slash, 0));
  const folder = await repo.git.objects.find(`${commit}:${directory}`);
  const entries = folder === null ? null : await repo.git.objects.tree(folder.oid);
  const entry = entries?.find((one) => one.name === path.slice(slash + 1));
  if (entry === undefined) throw notFound(`Could not resolve file for path '${path}'.`);
  return entryNode(context, repo, entry, directory);
}

function personNode(context: Context, person: Person): GraphObject {
  const { name, email, date } = person;
  return { name, email, date, user: actorNode(context, accountOfEmail(context.world, email)) };
}

export async function commitNode(
  context: Context,
  repo: Repository,
  oid: string,
): Promise<GraphObject | null> {
  const commit = await repo.git.objects.commit(oid);
  return commit === null ? null : presentCommitNode(context, repo, commit);
}

function presentCommitNode(context: Context, repo: Repository, commit: Commit): GraphObject {
  const { oid, message } = commit;
  const [headline = '', ...body] = message.split('\n');
  const { html_url } = presentCommit(context.world, repo, commit);
  const commits = (oids: readonly string[]) => (args: JsonBody, info: GraphQLResolveInfo) =>
    connection(args, info, oids, (other) => commitNode(context, repo, other));
  return {
    __typename: 'Commit',
    ...gitObject(context, repo, oid),
    message,
    messageHeadline: headline,
    messageBody: body.join('\n').trim(),
    url: html_url,
    author: personNode(context, commit.author),
    committer: personNode(context, commit.committer),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    signature: repo.verifiedCommits.has(oid) ? { __typename: 'GpgSignature', isValid: true } : null,
    tree: () => treeNode(context, repo, commit.tree),
    parents: commits(commit.parents),
    history: async (args: JsonBody, info: GraphQLResolveInfo) => {
      const path = args.optional('path') ?? null;
      return commits(await repo.git.history.log(oid, { path }))(args, info);
    },
    file: (args: JsonBody) => fileNode(context, repo, oid, args.string('path')),
    checkSuites: (args: JsonBody, info: GraphQLResolveInfo) =>
      checkSuites(context, repo, oid, args, info),
  };
}

function checkSuites(
  context: Context,
  repo: Repository,
  oid: string,
  args: JsonBody,
  info: GraphQLResolveInfo,
): GraphObject {
  allowReading(context, repo, 'checks');
  const filter = args.object('filterBy');
  const app = filter?.integer('appId');
  const name = filter?.optional('checkName');
  const suites = [...repo.checkSuites.values()].filter(
    (suite) =>
      suite.headSha === oid &&
      (app ?? suite.app.id) === suite.app.id &&
      (name === undefined || runsOf(repo, suite).some((run) => run.name === name)),
  );
  return connection(args, info, suites, (suite) => suiteNode(context, repo, suite));
}

function runsOf(repo: Repository, suite: CheckSuite): readonly CheckRun[] {
  return [...repo.checkRuns.values()].filter((run) => run.suite === suite);
}

function suiteNode(context: Context, repo: Repository, suite: CheckSuite): GraphObject {
  const { app } = suite;
  return {
    __typename: 'CheckSuite',
    id: nodeId('CS', suite.id),
    databaseId: suite.id,
    createdAt: suite.createdAt,
    app: { id: nodeId('A', app.id), databaseId: app.id, slug: app.slug, name: app.name },
    commit: () => commitNode(context, repo, suite.headSha),
    checkRuns: (args: JsonBody, info: GraphQLResolveInfo) => {
      const filter = args.object('filterBy');
      const all = runsOf(repo, suite);
      const runs = filter?.optional('checkType') === 'ALL' ? all : latestRuns(all);
      const name = filter?.optional('checkName');
      const named = name === undefined ? runs : runs.filter((run) => run.name === name);
      return connection(args, info, named, (run) => checkRunNode(context, repo, run));
    },
  };
}

export function checkRunNode(context: Context, repo: Repository, run: CheckRun): GraphObject {
  const presented = presentCheckRun(context.world, repo, run);
  return {
    __typename: 'CheckRun',
    id: presented.node_id,
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    detailsUrl: presented.details_url,
    url: presented.html_url,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    annotations: (args: JsonBody, info: GraphQLResolveInfo) =>
      connection(args, info, run.annotations, annotationNode),
    checkSuite: () => suiteNode(context, repo, run.suite),
    repository: () => context.repositoryNode(context, repo),
  };
}

function annotationNode(annotation: Annotation): GraphObject {
  const { startLine, endLine, startColumn, endColumn } = annotation;
  return {
    __typename: 'CheckAnnotation',
    path: annotation.path,
    annotationLevel: annotation.level.toUpperCase(),
    message: annotation.message,
    title: annotation.title,
    rawDetails: annotation.rawDetails,
    location: {
      start: { line: startLine, column: startColumn },
      end: { line: endLine, column: endColumn },
    },
  };
}
