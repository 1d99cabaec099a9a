import type { Client } from './client.ts';
import { isOurs, type Identity } from './conversations.ts';
import type { CommentNode } from './graphql-types.ts';

const COMMENTS = `comments(first: 100, after: $after) {
      nodes { id body author { login __typename } } pageInfo { hasNextPage endCursor }
    }`;

const COMMENTS_QUERY = `
query comments($id: ID!, $after: String) {
  node(id: $id) {
    ... on Issue { ${COMMENTS} }
    ... on PullRequest { ${COMMENTS} }
  }
}`;

interface CommentsAnswer {
  readonly node: {
    readonly comments?: {
      readonly nodes: readonly CommentNode[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

/** From the oldest on, a request for each hundred: what we keep up to date was mostly written early. */
export async function findComment(
  { client, identity }: { readonly client: Client; readonly identity: Identity },
  subject: string,
  isIt: (body: string) => boolean,
): Promise<CommentNode | null> {
  let after: string | null = null;
  do {
    const variables: Readonly<Record<string, string | null>> = { id: subject, after };
    const { node }: CommentsAnswer = await client.graphql<CommentsAnswer>(
      COMMENTS_QUERY,
      variables,
    );
    const { nodes = [], pageInfo } = node?.comments ?? {};
    const found = nodes.find((one) => isOurs(one.author, identity) && isIt(one.body));
    if (found !== undefined) return found;
    after = pageInfo?.hasNextPage === true ? pageInfo.endCursor : null;
  } while (after !== null);
  return null;
}
