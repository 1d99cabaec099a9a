import type { CheckOutput } from '../domain/writes.ts';
import { bulletList, codeSpan } from './markdown.ts';
import { renderNotASessionCheck } from './verification-report.ts';
import { count, who } from './wording.ts';

/** The check on a head that somebody wants verified once more. */
export function renderAskedCheck(by: string): CheckOutput {
  return {
    title: 'Waiting to be verified again',
    summary: `${who(by)} asked for this head to be verified again. Next: the run that does it brings this check up to date.`,
    text: '',
    annotations: [],
  };
}

/** A session in a merge group, and whether its head was found green. */
export interface GroupSessionView {
  readonly module: string;
  readonly pullRequest: number;
  readonly verified: boolean;
}

/** The required check on a merge group's head. */
export function renderMergeGroupCheck(sessions: readonly GroupSessionView[]): CheckOutput {
  if (sessions.length === 0) return renderNotASessionCheck();
  const red = sessions.filter((session) => !session.verified);
  const lines = sessions.map(
    ({ module, pullRequest, verified }) =>
      `${verified ? '✅' : '❌'} ${codeSpan(module)} in #${String(pullRequest)}: ${verified ? 'verified at its head' : 'not verified at its head'}`,
  );
  const next =
    red.length === 0
      ? 'Nothing is left to do: each was verified at the head that is merged here.'
      : 'Next: have the head of each that is not verified turn green, then queue it again.';
  return {
    title:
      red.length === 0
        ? count(sessions.length, 'verified session')
        : `${count(red.length, 'session')} not verified`,
    summary: `This merge group holds:\n\n${bulletList(lines)}\n\n${next}`,
    text: '',
    annotations: [],
  };
}
