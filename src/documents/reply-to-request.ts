import type { Queue, RequestAnswer } from '../domain/answer.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { bulletList, codeSpan, escapeInline } from './markdown.ts';
import { more } from './manual-links.ts';
import { sentence, who } from './wording.ts';

export function replyToRequest(reply: RequestAnswer): string {
  switch (reply.kind) {
    case 'started':
      return `Started ${codeSpan(reply.module)}, attempt ${String(reply.attempt)} of ${String(reply.maxAttempts)}: #${String(reply.pullRequest)}. Next: its coder works there; the pull request says how.`;
    case 'waiting':
      return waiting(reply);
    case 'waited':
      return `${codeSpan(reply.module)} waited here and has started: #${String(reply.pullRequest)}.`;
    case 'waits-no-longer':
      return `${codeSpan(reply.module)} waits no longer: it is blocked again by #${String(reply.escalation)}. Next: once that is closed as completed, it starts by itself.`;
    case 'start-failed':
      return `${codeSpan(reply.module)} could not start: ${sentence(reply.told.message)} No attempt is spent. Next: ${reply.told.fix} ${more(reply.told.code)}`;
    case 'unknown-module':
      return unknownModule(reply);
    case 'nothing-ready':
      return nothingReady(reply.waiting);
    case 'not-permitted':
      return `${who(reply.login)} may not ${escapeInline(reply.what)} here: that takes the role ${codeSpan(reply.needs)} or one above it. Nothing was changed. Next: ask somebody who has it, or to be given it.`;
    case 'already':
      return already(reply);
    case 'exhausted':
      return `All attempts at ${codeSpan(reply.module)} are spent (${String(reply.attempts)}), so it is blocked and its escalation is opened. Next: answer that and close it as completed, which grants new attempts.`;
    case 'requested-before':
      return `${codeSpan(reply.module)} has been requested already, by ${who(reply.by)}. Nothing was changed. It starts by itself once its gates pass; the dashboard tells what it waits for.`;
  }
}

type Of<Kind extends RequestAnswer['kind']> = Extract<RequestAnswer, { readonly kind: Kind }>;

function waiting({ module, unmet, queue, paused }: Of<'waiting'>): string {
  const reasons = [
    ...(paused
      ? ['**New sessions are paused.** To clear it: set `paused: false` in the config.']
      : []),
    ...unmet.map(gateLine),
    ...(queue === null ? [] : [queueLine(queue, paused)]),
  ];
  if (reasons.length === 0) {
    return `${codeSpan(module)} is requested and starts with the next run. Nothing is left to do.`;
  }
  return `${codeSpan(module)} is requested and waits for:\n\n${bulletList(reasons)}\n\nIt starts by itself as soon as that is cleared; there is no need to ask again.`;
}

/** An unmet gate, why, and what clears it. */
export function gateLine({ title, verdict, reason, clears }: GateVerdict): string {
  const state = verdict === 'unknown' ? ' (not known yet)' : '';
  const clearing = clears === '' ? '' : ` To clear it: ${sentence(clears)}`;
  return `**${escapeInline(title)}**${state}: ${sentence(reason)}${clearing}`;
}

/** What holds a request whose gates are met: the sessions that run, or else how many one run begins. */
export function queueLine({ place, running, limit }: Queue, paused: boolean): string {
  const at = `place ${String(place)} in the queue`;
  if (running >= limit) {
    return `**A free session**: ${String(running)} of ${String(limit)} are running; ${at}. It clears when one of them ends.`;
  }
  return paused
    ? `**Its turn**: ${at}.`
    : `**Its turn**: one run begins no more sessions than ${codeSpan('max-starts-per-run')} allows; ${at}. It clears with the next event or sweep.`;
}

function unknownModule({ asked, nearest }: Of<'unknown-module'>): string {
  const names = nearest.map((id) => codeSpan(id)).join(', ');
  const hint =
    nearest.length === 0
      ? 'Next: look for the id under `modules` in the config.'
      : `Did you mean ${names}? Next: ask again with the right id.`;
  return `There is no module ${codeSpan(asked)}. Nothing was changed. ${hint}`;
}

function nothingReady(waiting: readonly string[]): string {
  if (waiting.length === 0) return 'No module is left to start. Nothing was changed.';
  const names = waiting.map((id) => codeSpan(id)).join(', ');
  return `No module is ready to start. Nothing was changed. These still wait: ${names}. Next: the dashboard tells for what.`;
}

function already({ module, status, pullRequest, escalation }: Of<'already'>): string {
  const id = codeSpan(module);
  const where = pullRequest === null ? '' : ` in #${String(pullRequest)}`;
  switch (status) {
    case 'in-progress':
      return `${id} is running already${where}. Nothing was changed. To begin again, comment \`/session retry ${module}\`, which ends the attempt.`;
    case 'review':
      return `${id} is verified already${where} and waits for review. Nothing was changed. Next: review and merge it, or comment \`/session retry ${module}\` to begin again.`;
    case 'complete':
      return `${id} is complete already${where}. Nothing was changed, and nothing is left to do. To build it anew, comment \`/session reopen ${module} <reason>\`.`;
    case 'blocked':
      return `${id} is blocked${escalation === null ? '' : ` by #${String(escalation)}`}. Nothing was changed. Next: answer that escalation and close it as completed, or comment \`/session retry ${module}\`; the module then starts by itself.`;
    case 'pending':
      return `${id} is pending. Nothing was changed. Next: comment \`/session start ${module}\`.`;
  }
}
