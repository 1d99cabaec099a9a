import type { CommandAnswer, StatusAnswer } from '../domain/answer.ts';
import type { Status } from '../domain/implementation-state.ts';
import { renderCommandHelp } from './command-help.ts';
import { bulletList, codeSpan } from './markdown.ts';
import { shortSha } from './links.ts';
import { gateLine, queueLine } from './reply-to-request.ts';
import { afterEnd, sentence, STATUS_SIGNS, who } from './wording.ts';

export function replyToCommand(reply: CommandAnswer): string {
  if (reply.kind === 'help') {
    return `Comment one of these, on a line of its own:\n\n${renderCommandHelp(reply.known)}`;
  }
  const id = codeSpan(reply.module);
  switch (reply.kind) {
    case 'requested':
      return `${id} is requested. Next: it starts by itself once its gates pass, or is told here what it waits for.`;
    case 'withdrawn':
      return `The request for ${id} is withdrawn. Next: nothing; \`/session start ${reply.module}\` asks for it again.`;
    case 'retried':
      return `Attempt ${String(reply.attempt)} of ${String(reply.maxAttempts)} at ${id} is over, and the module is requested again. Next: it starts by itself once its gates pass; its document tells what happened here.`;
    case 'rearmed':
      return `Escalation #${String(reply.escalation)} is resolved and ${id} is requested again. Next: it starts by itself as attempt ${String(reply.nextAttempt)} of ${String(reply.maxAttempts)} once its gates pass.`;
    case 'halted':
      return `${id} is halted${reply.failureType === null ? '' : ` (${codeSpan(reply.failureType)})`} and its escalation is opened. Next: whoever it is addressed to answers it; pushes here move nothing until then.`;
    case 'verifying':
      return `The verification of ${id} at \`${shortSha(reply.headSha)}\` is started. Next: the check and the comment in #${String(reply.pullRequest)} tell what it comes to.`;
    case 'status':
      return status(reply);
    case 'spec-acknowledged':
      return `The session of ${id} is held to its specification as the base has it now. Next: the coder works from that one.`;
    case 'cancelled':
      return `Attempt ${String(reply.attempt)} at ${id} is cancelled, its pull request closed and its branch kept; the module is pending. Next: ${afterEnd(reply)}`;
    case 'let-go':
      return `${id} is let go: pending, not requested, what was open of it closed and its branches kept. Next: nothing; put ${id} back under \`modules\` in the config if it is to be built after all.`;
    case 'reopened':
      return `${id} is pending again; what rests on it stays as it is. Next: \`/session start ${reply.module}\` begins attempt ${String(reply.nextAttempt)} of ${String(reply.maxAttempts)}.`;
    case 'adopted':
      return `${id} is complete, without a session of its own. Next: what waited for it starts by itself.`;
  }
}

/** One line for each thing there is to say, and where to look for more. */
function status(reply: StatusAnswer): string {
  const { module, pullRequest, escalation, headSha, blockedReason, requestedBy } = reply;
  const isPending = reply.status === 'pending';
  const lines = [
    ...(reply.attempt === 0
      ? []
      : [`Attempt ${String(reply.attempt)} of ${String(reply.maxAttempts)}${inPull(pullRequest)}`]),
    ...(headSha === null ? [] : [`Head \`${shortSha(headSha)}\`${failedOf(reply)}`]),
    ...(blockedReason === null
      ? []
      : [
          `Blocked${escalation === null ? '' : ` by #${String(escalation)}`}: ${sentence(blockedReason)}`,
        ]),
    ...(isPending
      ? [requestedBy === null ? 'Not requested' : `Requested by ${who(requestedBy)}`]
      : []),
    ...(isPending && reply.paused ? ['New sessions are paused in the config'] : []),
    ...reply.unmet.map(gateLine),
    ...(reply.queue === null ? [] : [queueLine(reply.queue, reply.paused)]),
    ...(reply.dashboard === null ? [] : [`All modules: #${String(reply.dashboard)}`]),
  ];
  return `${STATUS_SIGNS[reply.status]} ${codeSpan(module)} is ${STATUS_WORDS[reply.status]}.\n\n${bulletList(lines)}`;
}

function inPull(pullRequest: number | null): string {
  return pullRequest === null ? '' : `: #${String(pullRequest)}`;
}

function failedOf({ failed, selfFixLimit }: StatusAnswer): string {
  return failed === 0 ? '' : `; ${String(failed)} of ${String(selfFixLimit)} self-fixes used`;
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  pending: 'pending',
  'in-progress': 'in progress',
  review: 'verified and waits for review',
  complete: 'complete',
  blocked: 'blocked',
};
