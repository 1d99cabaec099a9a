import type { Status } from '../domain/implementation-state.ts';
import type { SpecChange } from '../domain/spec-pack.ts';
import { shortSha } from './links.ts';
import { bulletList, codeSpan, escapeInline } from './markdown.ts';
import { describeSpecChange, type SpecChangeRange } from './spec-changes.ts';
import { who } from './wording.ts';

/** What is told on a session's pull request or escalation when its course changes. */
export type SessionReply =
  | { readonly kind: 'closed-by-hand'; readonly module: string; readonly attempt: number }
  | { readonly kind: 'timed-out'; readonly module: string; readonly attempt: number }
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
  | { readonly kind: 'blocked-again'; readonly module: string; readonly by: string }
  | {
      readonly kind: 'not-blocked-again';
      readonly module: string;
      readonly status: Status;
      /** What blocks it instead. */
      readonly escalation: number | null;
    }
  | {
      readonly kind: 'merged-while-blocked';
      readonly module: string;
      readonly pullRequest: number;
      readonly mergeSha: string | null;
    }
  | {
      readonly kind: 'stale-pull-request';
      readonly module: string;
      readonly status: Status;
      /** The pull request of the session that runs now. */
      readonly current: number | null;
    }
  /** The specification changed under a session that runs. */
  | {
      readonly kind: 'spec-drift';
      readonly module: string;
      readonly changes: readonly SpecChange[];
      /** Up to the base branch, by its name: what is told stays the same while nothing more changes. */
      readonly range: SpecChangeRange;
    }
  /** The session runs and its coder does not know: what went wrong, in words of our own. */
  | {
      readonly kind: 'not-called';
      readonly module: string;
      readonly problem: string;
      readonly fix: string;
    }
  /** The branch begins at the last attempt's head. */
  | {
      readonly kind: 'continued';
      readonly module: string;
      /** The attempt that it goes on from. */
      readonly attempt: number;
      readonly from: string;
      /** The base branch. */
      readonly base: string;
      /** Whether the base could not be merged into it. */
      readonly conflicts: boolean;
    }
  /** What was told of a changed specification no longer holds. */
  | { readonly kind: 'spec-settled'; readonly module: string };

export function replyToSession(reply: SessionReply): string {
  const id = codeSpan(reply.module);
  switch (reply.kind) {
    case 'closed-by-hand':
      return `This pull request was closed, which ends attempt ${String(reply.attempt)} at ${id}; the module is pending again. Next: comment \`/session retry ${reply.module}\` for the next attempt.`;
    case 'timed-out':
      return `Nothing was pushed here for longer than \`session-timeout\` allows, which ends attempt ${String(reply.attempt)} at ${id}. Next: the module starts again by itself; its document tells what happened here.`;
    case 'resumed':
      return `Resolved by ${who(reply.by)}. Next: ${id} starts again by itself as attempt ${String(reply.nextAttempt)} of ${String(reply.maxAttempts)} once its gates pass; its document tells what happened here.`;
    case 'stays-blocked':
      return `${id} stays blocked: ${staysBlocked(reply.why)}`;
    case 'blocked-again':
      return `Reopened by ${who(reply.by)}: ${id} is blocked again. Next: write what has to be done differently, then close this issue as completed.`;
    case 'not-blocked-again':
      return notBlockedAgain(reply);
    case 'merged-while-blocked':
      return `#${String(reply.pullRequest)} of ${id} was merged${reply.mergeSha === null ? '' : ` as \`${shortSha(reply.mergeSha)}\``} while the module is blocked. It stays blocked. Next: decide what the merge means for the question above; closing this issue as completed starts another attempt on top of it.`;
    case 'stale-pull-request':
      return `This pull request belongs to an attempt at ${id} that is over, so it was closed. Next: ${afterStale(reply)}`;
    case 'not-called':
      return `The session of ${id} is open, but its coder was not called. ${escapeInline(reply.problem)} Next: ${reply.fix}`;
    case 'continued':
      return continued(reply);
    case 'spec-drift':
      return specDrift(reply);
    case 'spec-settled':
      return `The specification of ${id} had changed under this session; that is settled: the session works from the specification as the base has it. Next: nothing.`;
  }
}

type Of<Kind extends SessionReply['kind']> = Extract<SessionReply, { readonly kind: Kind }>;

function staysBlocked(why: Of<'stays-blocked'>['why']): string {
  if (why.kind === 'not-permitted') {
    return `${who(why.login)} may not resolve an escalation, that takes the role \`write\` or one above it. Next: somebody who has it reopens this issue and closes it as completed.`;
  }
  return 'this issue was not closed as completed. Next: write the resolution as a comment, reopen the issue and close it as completed.';
}

function notBlockedAgain({ module, status, escalation }: Of<'not-blocked-again'>): string {
  const id = codeSpan(module);
  if (status === 'complete') {
    return `${id} is complete, so opening this again blocks nothing. Next: comment \`/session reopen ${module} <reason>\` if it has to be built anew, and close this issue.`;
  }
  const by = escalation === null ? '' : ` by #${String(escalation)}`;
  return `${id} is blocked already${by}. Nothing was changed. Next: go on there, and close this issue.`;
}

function continued({ module, attempt, from, base, conflicts }: Of<'continued'>): string {
  const start = `This branch goes on from attempt ${String(attempt)} at ${codeSpan(module)}, at \`${shortSha(from)}\``;
  return conflicts
    ? `${start}. It conflicts with ${codeSpan(base)}, which is therefore not merged into it. Next: merge ${codeSpan(base)}, settle the conflicts, then mend what the document tells of that attempt.`
    : `${start}, with ${codeSpan(base)} merged in. Next: mend what the document tells of that attempt.`;
}

function specDrift({ module, changes, range }: Of<'spec-drift'>): string {
  const list = bulletList(changes.map((change) => describeSpecChange(change, range)));
  return `The specification of ${codeSpan(module)} changed on the base since this session began:\n\n${list}\n\nNothing else changes by that. Next: bring the branch up to date and work from the new text, then comment \`/session ack-spec ${module}\`, or \`/session retry ${module}\` for a new attempt from it.`;
}

function afterStale({ module, status, current }: Of<'stale-pull-request'>): string {
  if (current !== null) return `work on in #${String(current)}.`;
  if (status === 'complete') {
    return `nothing: the module is complete. \`/session reopen ${module} <reason>\` gives it back.`;
  }
  return `comment \`/session retry ${module}\` for a new session.`;
}
