import type {
  Answer,
  CommandRefusal,
  Outcome,
  RequestAnswer,
  SessionAnswer,
} from '../domain/answer.ts';
import { refuseCommand } from './command-refusal.ts';
import { parseMarker, renderMarker } from './marker.ts';
import { codeSpan, shorten } from './markdown.ts';
import { replyToCommand } from './reply-to-command.ts';
import { replyToRequest } from './reply-to-request.ts';
import { replyToSession } from './reply-to-session.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';

/** As much of a command is repeated above its answer. */
const ASKED_LIMIT = 120;

/** A comment: what happened and what to do next; the hidden key is equal for the same reply, so that it is given once. */
export function renderReply(reply: Answer, key: string): string {
  return withKey(replyText(reply), key);
}

/** The one reply to a comment: each of its commands with what it came to, in their order. */
export function renderOutcomes(outcomes: readonly Outcome[], key: string): string {
  const [only, ...others] = outcomes;
  if (only !== undefined && others.length === 0) return renderReply(only.answer, key);
  const parts = outcomes.map(
    ({ asked, done, answer }) =>
      `${done ? '👍' : '😕'} ${codeSpan(shorten(asked, ASKED_LIMIT))}\n\n${replyText(answer)}`,
  );
  return withKey(parts.join('\n\n'), key);
}

/** The key of a reply of ours, or null. */
export function parseReply(body: string): string | null {
  return parseMarker(body, 'reply')?.get('key') ?? null;
}

function withKey(text: string, key: string): string {
  const marker = renderMarker('reply', { key });
  return `${truncate(text, BODY_LIMIT - marker.length - 2, '*Cut here: GitHub takes no more.*')}\n\n${marker}`;
}

const REQUEST_KINDS: Readonly<Record<RequestAnswer['kind'], true>> = {
  started: true,
  waiting: true,
  waited: true,
  'waits-no-longer': true,
  'start-failed': true,
  'unknown-module': true,
  'nothing-ready': true,
  'not-permitted': true,
  already: true,
  exhausted: true,
  'requested-before': true,
};

const SESSION_KINDS: Readonly<Record<SessionAnswer['kind'], true>> = {
  'closed-by-hand': true,
  'timed-out': true,
  resumed: true,
  'stays-blocked': true,
  'blocked-again': true,
  'not-blocked-again': true,
  'merged-while-blocked': true,
  'stale-pull-request': true,
  duplicate: true,
  'not-called': true,
  continued: true,
  'spec-drift': true,
  'spec-settled': true,
  orphaned: true,
};

const REFUSAL_KINDS: Readonly<Record<CommandRefusal['kind'], true>> = {
  refused: true,
  'last-attempt': true,
  'merged-already': true,
  'old-session': true,
  'no-module': true,
  'no-session-pull-request': true,
  'no-reason': true,
  'spec-unchanged': true,
  'nothing-to-verify': true,
  'halt-refused': true,
  'unknown-command': true,
  'too-many-commands': true,
};

/** What a reply says, without the key. */
export function replyText(reply: Answer): string {
  if (isOf(reply, REQUEST_KINDS)) return replyToRequest(reply);
  if (isOf(reply, SESSION_KINDS)) return replyToSession(reply);
  return isOf(reply, REFUSAL_KINDS) ? refuseCommand(reply) : replyToCommand(reply);
}

function isOf<Kind extends Answer['kind']>(
  reply: Answer,
  kinds: Readonly<Record<Kind, true>>,
): reply is Extract<Answer, { readonly kind: Kind }> {
  return Object.hasOwn(kinds, reply.kind);
}
