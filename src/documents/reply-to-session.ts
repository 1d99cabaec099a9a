import type { SessionAnswer } from '../domain/answer.ts';
import { orphanWords } from './orphan.ts';
import { shortSha } from './links.ts';
import { bulletList, codeSpan } from './markdown.ts';
import { more } from './manual-links.ts';
import { describeSpecChange } from './spec-changes.ts';
import { afterEnd, sentence, who } from './wording.ts';

export function replyToSession(reply: SessionAnswer): string {
  if (reply.kind === 'duplicate') {
    return `This is a second one of #${String(reply.original)}, so it was closed; nothing else changes by that. Next: go on in #${String(reply.original)}.`;
  }
  const id = codeSpan(reply.module);
  switch (reply.kind) {
    case 'closed-by-hand':
      return `This pull request was closed, which ends attempt ${String(reply.attempt)} at ${id}; the module is pending again. Next: ${afterEnd(reply)}`;
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
      return `The session of ${id} is open, but ${reply.isPartly ? 'not every way of calling its coder worked' : 'its coder was not called'}. ${sentence(reply.told.message)} Next: ${reply.told.fix} ${more(reply.told.code)}`;
    case 'continued':
      return continued(reply);
    case 'spec-drift':
      return specDrift(reply);
    case 'orphaned':
      return orphaned(reply);
    case 'spec-settled':
      return `The specification of ${id} had changed under this session; that is settled: the session works from the specification as the base has it. Next: nothing.`;
  }
}

type Of<Kind extends SessionAnswer['kind']> = Extract<SessionAnswer, { readonly kind: Kind }>;

function orphaned(reply: Of<'orphaned'>): string {
  const { what, next } = orphanWords(reply);
  return `${codeSpan(reply.module)} is not in the config any more. ${what} Next: ${next}`;
}

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
