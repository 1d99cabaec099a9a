import type { GraphQLResolveInfo } from 'graphql';

import { ApiError } from '../errors.ts';
import type { JsonBody } from '../json-body.ts';
import type { GraphObject } from './context.ts';

/** https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
const MAX_PAGE_SIZE = 100;

function cursorOf(at: number): string {
  return Buffer.from(`cursor:${String(at)}`).toString('base64');
}

function positionOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const match = /^cursor:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  return match === null ? null : Number(match[1]);
}

function checkBounds(args: JsonBody, field: string): void {
  const size = args.integer('first') ?? args.integer('last');
  if (size === undefined) {
    const text = `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`;
    throw new ApiError(422, text, undefined, 'MISSING_PAGINATION_BOUNDARIES');
  }
  if (size <= MAX_PAGE_SIZE) return;
  const side = args.has('first') ? 'first' : 'last';
  const text =
    `Requesting ${String(size)} records on the \`${field}\` connection exceeds the ` +
    `\`${side}\` limit of ${String(MAX_PAGE_SIZE)} records.`;
  throw new ApiError(422, text, undefined, 'EXCESSIVE_PAGINATION');
}

/** One window of a list, in the shape of every connection; only what is in it gets presented. */
export function connection<T>(
  args: JsonBody,
  info: GraphQLResolveInfo,
  items: readonly T[],
  present: (item: T) => unknown,
): GraphObject {
  checkBounds(args, info.fieldName);
  const from = (positionOf(args.optional('after')) ?? -1) + 1;
  const to = positionOf(args.optional('before')) ?? items.length;
  const first = args.integer('first') ?? to - from;
  const last = args.integer('last') ?? first;
  const end = Math.max(from, Math.min(to, from + first));
  const start = Math.max(from, end - last);
  const window = items.slice(start, end);
  return {
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: window.length > 0 ? cursorOf(start) : null,
      endCursor: window.length > 0 ? cursorOf(end - 1) : null,
    },
    nodes: () => window.map((item) => present(item)),
    edges: () => window.map((item, at) => ({ cursor: cursorOf(start + at), node: present(item) })),
  };
}
