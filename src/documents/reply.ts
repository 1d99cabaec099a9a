import { parseMarker, renderMarker } from './marker.ts';
import { replyToRequest, type RequestReply } from './reply-to-request.ts';
import { replyToSession, type SessionReply } from './reply-to-session.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';

/** Everything that can be said to somebody, in facts. */
export type Reply = RequestReply | SessionReply;

/** A comment: what happened and what to do next; the hidden key is equal for the same reply, so that it is given once. */
export function renderReply(reply: Reply, key: string): string {
  const marker = renderMarker('reply', { key });
  const text = isRequestReply(reply) ? replyToRequest(reply) : replyToSession(reply);
  return `${truncate(text, BODY_LIMIT - marker.length - 2, '*Cut here: GitHub takes no more.*')}\n\n${marker}`;
}

/** The key of a reply of ours, or null. */
export function parseReply(body: string): string | null {
  return parseMarker(body, 'reply')?.get('key') ?? null;
}

const REQUEST_KINDS: Readonly<Record<RequestReply['kind'], true>> = {
  started: true,
  waiting: true,
  waited: true,
  'start-failed': true,
  'unknown-module': true,
  'nothing-ready': true,
  'not-permitted': true,
  already: true,
  exhausted: true,
  'requested-before': true,
  'halt-refused': true,
  'unknown-command': true,
  help: true,
};

function isRequestReply(reply: Reply): reply is RequestReply {
  return Object.hasOwn(REQUEST_KINDS, reply.kind);
}
