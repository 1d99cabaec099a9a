import type { ChangedFile } from '../domain/world.ts';
import type { Client, RepositoryName } from './client.ts';
import { toChangedFiles } from './conversations.ts';
import type { PullRequestNode } from './graphql-types.ts';
import { FILES_QUERY } from './queries.ts';

type Files = NonNullable<PullRequestNode['files']>;

/**
 * A pull request's files by the three-dot diff: the first hundred cost nothing, each further hundred a request.
 * Where one was renamed they are read over REST, since GraphQL does not tell where it came from.
 */
export async function readChangedFiles(
  client: Client,
  name: RepositoryName,
  node: PullRequestNode,
): Promise<readonly ChangedFile[]> {
  const nodes = [...(node.files?.nodes ?? [])];
  let page = node.files?.pageInfo;
  while (page?.hasNextPage === true && page.endCursor !== null) {
    const more = await client.graphql<{ repository: { pullRequest: { files: Files } } }>(
      FILES_QUERY,
      { owner: name.owner, name: name.repo, number: node.number, after: page.endCursor },
    );
    const { files } = more.repository.pullRequest;
    nodes.push(...files.nodes);
    page = files.pageInfo;
  }
  const isRenamed = nodes.some((one) => one.changeType === 'RENAMED');
  return isRenamed ? readRenamedFiles(client, name, node.number) : toChangedFiles(nodes);
}

async function readRenamedFiles(
  client: Client,
  name: RepositoryName,
  number: number,
): Promise<readonly ChangedFile[]> {
  const files = await client.paginate(client.rest.pulls.listFiles, {
    ...name,
    pull_number: number,
    per_page: 100,
  });
  return files.map((file) => ({
    path: file.filename,
    status: toStatus(file.status),
    previousPath: file.previous_filename ?? null,
  }));
}

function toStatus(status: string): ChangedFile['status'] {
  if (status === 'added' || status === 'copied') return 'added';
  return status === 'removed' || status === 'renamed' ? status : 'modified';
}
