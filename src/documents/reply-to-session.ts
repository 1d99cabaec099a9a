import { codeSpan } from './markdown.ts';
import { who } from './wording.ts';

/** What is told on a session's pull request or escalation when its course changes. */
export type SessionReply =
  | { readonly kind: 'halted'; readonly module: string; readonly failureType: string | null }
  | { readonly kind: 'closed-by-hand'; readonly module: string; readonly attempt: number }
  | {
      readonly kind: 'resumed';
      readonly module: string;
      readonly by: string;
      readonly nextAttempt: number;
      readonly maxAttempts: number;
    }
  | {
      readonly kind: 'stays-blocked';
      readonly module: string;
      readonly why:
        | { readonly kind: 'not-completed' }
        | { readonly kind: 'not-permitted'; readonly login: string };
    }
  | {
      readonly kind: 'stale-pull-request';
      readonly module: string;
      /** The pull request of the session that runs now. */
      readonly current: number | null;
    };

export function replyToSession(reply: SessionReply): string {
  const id = codeSpan(reply.module);
  switch (reply.kind) {
    case 'halted':
      return `${id} is halted${reply.failureType === null ? '' : ` (${codeSpan(reply.failureType)})`} and its escalation is opened. Next: whoever it is addressed to answers it; pushes here move nothing until then.`;
    case 'closed-by-hand':
      return `This pull request was closed, which ends attempt ${String(reply.attempt)} at ${id}; the module is pending again. Next: comment \`/session start ${reply.module}\` for the next attempt.`;
    case 'resumed':
      return `Resolved by ${who(reply.by)}. Next: ${id} starts again by itself as attempt ${String(reply.nextAttempt)} of ${String(reply.maxAttempts)} once its gates pass; its document tells what happened here.`;
    case 'stays-blocked':
      return `${id} stays blocked: ${staysBlocked(reply.why)}`;
    case 'stale-pull-request':
      return `This pull request belongs to an attempt at ${id} that is over, so it was closed. Next: ${reply.current === null ? `comment \`/session start ${reply.module}\` for a new session.` : `work on in #${String(reply.current)}.`}`;
  }
}

function staysBlocked(
  why: Extract<SessionReply, { readonly kind: 'stays-blocked' }>['why'],
): string {
  if (why.kind === 'not-permitted') {
    return `${who(why.login)} may not resolve an escalation, that takes the role \`write\` or one above it. Next: somebody who has it reopens this issue and closes it as completed.`;
  }
  return 'this issue was not closed as completed. Next: write the resolution as a comment, reopen the issue and close it as completed.';
}
