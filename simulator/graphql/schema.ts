import { readFileSync } from 'node:fs';

import { buildASTSchema, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';

let built: GraphQLSchema | null = null;

/** GitHub's published schema; reading its 1.2 MB takes about 0.3 s, so that it happens once and late. */
export function githubSchema(): GraphQLSchema {
  if (built !== null) return built;
  const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  const document = parse(readFileSync(file, 'utf8'), { noLocation: true });
  built = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  return built;
}
