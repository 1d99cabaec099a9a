import type { CommandRefusal } from '../domain/answer.ts';
import type { CommandName } from '../domain/commands.ts';
import type { Status } from '../domain/implementation-state.ts';
import { renderCommandHelp } from './command-help.ts';
import { codeSpan } from './markdown.ts';

const NOTHING = 'Nothing was changed.';

export function refuseCommand(reply: CommandRefusal): string {
  switch (reply.kind) {
    case 'refused':
      return refused(reply);
    case 'last-attempt':
      return `Attempt ${String(reply.attempt)} at ${codeSpan(reply.module)} is the last one, so there is none to go on with. ${NOTHING} Next: work on in this session, or comment \`/session halt <failure-type> <reason>\`: its escalation, closed as completed, grants ${String(reply.grants)} more.`;
    case 'merged-already':
      return `#${String(reply.pullRequest)} of ${codeSpan(reply.module)} is merged already. ${NOTHING} Next: wait for the run of that merge, then \`/session status\` tells what it came to.`;
    case 'old-session':
      return `This pull request belongs to an attempt at ${codeSpan(reply.module)} that is over. ${NOTHING} Next: comment ${codeSpan(reply.form)} in #${String(reply.current)}, where the module’s session is.`;
    case 'no-module':
      return `Which module is meant is not clear here. ${NOTHING} Next: comment ${codeSpan(reply.form)}.`;
    case 'no-session-pull-request':
      return `#${String(reply.pullRequest)} is no pull request of a session that is under way. ${NOTHING} Next: give the number that the dashboard shows for the module.`;
    case 'no-reason':
      return `That needs a reason, which stays on record. ${NOTHING} Next: comment ${codeSpan(reply.form)}.`;
    case 'spec-unchanged':
      return `The session of ${codeSpan(reply.module)} works from the specification as it is. ${NOTHING} There is nothing to acknowledge.`;
    case 'nothing-to-verify':
      return NOTHING_TO_VERIFY[reply.why](codeSpan(reply.module));
    case 'halt-refused':
      return haltRefused(reply);
    case 'unknown-command':
      return unknownCommand(reply);
    case 'too-many-commands':
      return `A comment may hold ${String(reply.limit)} commands; this one and what follows it were not looked at. Next: put them into another comment.`;
  }
}

const NOTHING_TO_VERIFY = {
  'no-pull-request': (id) =>
    `The session of ${id} has no pull request yet. ${NOTHING} Next: wait for it; the first push is verified by itself.`,
  closed: (id) =>
    `The pull request of ${id} is not open. ${NOTHING} Next: \`/session status\` tells where the module is.`,
  'only-document': (id) =>
    `The head of ${id} holds nothing but the document. ${NOTHING} Next: implement what it asks for and push; every push is verified by itself.`,
} as const satisfies Readonly<Record<string, (id: string) => string>>;

type Of<Kind extends CommandRefusal['kind']> = Extract<CommandRefusal, { readonly kind: Kind }>;

function haltRefused({ why, types, nearest, form }: Of<'halt-refused'>): string {
  const next = `${NOTHING} Next: comment ${codeSpan(form)}.`;
  const known = `Types: ${types.map((type) => codeSpan(type)).join(', ')}.`;
  switch (why) {
    case 'no-session':
      return `There is no running session here to halt. ${next}`;
    case 'unknown-type':
      return `That is no failure type.${didYouMean(nearest)} ${next} ${known}`;
    case 'no-reason':
      return `A HALT needs a reason: it is what the escalation asks about. ${next} ${known}`;
  }
}

function unknownCommand({ asked, nearest, known }: Of<'unknown-command'>): string {
  return `There is no command ${codeSpan(asked)}.${didYouMean(nearest)} ${NOTHING} These are known:\n\n${renderCommandHelp(known)}`;
}

function didYouMean(nearest: readonly string[]): string {
  const names = nearest.map((one) => codeSpan(one)).join(' or ');
  return nearest.length === 0 ? '' : ` Did you mean ${names}?`;
}

/** A status as it stands in a sentence, with where to look. */
function refused({ command, module, status, pullRequest, escalation }: Of<'refused'>): string {
  const id = codeSpan(module);
  const at = pullRequest === null ? '' : ` in #${String(pullRequest)}`;
  const by = escalation === null ? '' : ` by #${String(escalation)}`;
  const is: Readonly<Record<Status, string>> = {
    pending: 'is pending, without a session',
    'in-progress': `is in progress${at}`,
    review: `is verified${at} and waits for review`,
    complete: 'is complete',
    blocked: `is blocked${by}`,
  };
  const next = NEXT[command]?.[status] ?? '`/session help` lists what can be done.';
  return `${id} ${is[status]}. ${NOTHING} Next: ${next.replaceAll('<id>', module)}`;
}

const RESOLVE =
  'answer the escalation and close it as completed, or comment `/session retry <id>`.';

/** What would do something, by what was asked and where the module is. */
const NEXT: Readonly<Partial<Record<CommandName, Readonly<Partial<Record<Status, string>>>>>> = {
  retry: {
    pending: 'it has not been tried yet: comment `/session start <id>`.',
    complete: '`/session reopen <id> <reason>` gives it back; then `/session start <id>`.',
    blocked: 'its escalation is being opened: comment again once it is there.',
  },
  halt: {
    blocked: 'answer the escalation and close it as completed.',
  },
  verify: {
    pending: '`/session start <id>` starts a session, whose pushes are verified by themselves.',
    complete: '`/session reopen <id> <reason>` gives it back, to be built anew.',
  },
  'ack-spec': {
    pending: '`/session start <id>` starts a session from the specification as it is.',
    complete: '`/session reopen <id> <reason>` gives it back, to be built anew.',
    blocked: 'the next attempt works from the specification as it is then.',
  },
  cancel: {
    pending: 'there is nothing to cancel, it is not requested either.',
    complete: '`/session reopen <id> <reason>` gives it back, to be built anew.',
    blocked: `its attempt is over already: ${RESOLVE}`,
  },
  reopen: {
    pending: 'comment `/session start <id>`.',
    'in-progress': 'comment `/session retry <id>` to begin again.',
    review: 'comment `/session retry <id>` to begin again.',
    blocked: RESOLVE,
  },
  complete: {
    'in-progress':
      'merge its pull request once it is verified, or comment `/session cancel <id>` first.',
    review: 'review and merge its pull request.',
    complete: 'nothing is left to do.',
    blocked: `${RESOLVE} Then cancel that attempt and declare the module complete.`,
  },
};
