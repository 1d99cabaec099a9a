import { GraphqlResponseError } from '@octokit/graphql';
import type { Client } from './client.ts';

/**
 * Asks GraphQL. What is not there (a file, an issue that was deleted or transferred) is null with a NOT_FOUND
 * beside it, and the rest of the answer stands; every other error is thrown.
 */
export async function ask<Data>(
  client: Client,
  query: string,
  variables: Readonly<Record<string, string | number>>,
): Promise<Data> {
  try {
    return await client.graphql<Data>(query, variables);
  } catch (error) {
    if (!(error instanceof GraphqlResponseError)) throw error;
    const { data, errors } = error as GraphqlResponseError<Data | null>;
    const isMissing = errors?.every(({ type }: { readonly type?: string }) => type === 'NOT_FOUND');
    if (isMissing !== true || data === null) throw error;
    return data;
  }
}
