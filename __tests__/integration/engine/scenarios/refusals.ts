import type { CommandName } from '../../../../src/domain/commands.ts';
import type { Status } from '../../../../src/domain/implementation-state.ts';

/** A command that the module's status does not allow: answered with why and what would, and nothing else. */
export interface Refusal {
  readonly command: CommandName;
  readonly status: Status;
  /** What follows the command where its module is named. */
  readonly words?: string;
  /** What would be allowed, in the answer's words. */
  readonly told: string;
}

export const REFUSALS: readonly Refusal[] = [
  { command: 'start', status: 'in-progress', told: 'comment `/session retry core`' },
  { command: 'start', status: 'review', told: 'review and merge it' },
  { command: 'start', status: 'blocked', told: 'answer that escalation' },
  { command: 'start', status: 'complete', told: '`/session reopen core <reason>`' },
  { command: 'retry', status: 'pending', told: 'comment `/session start core`' },
  { command: 'retry', status: 'complete', told: '`/session reopen core <reason>`' },
  {
    command: 'halt',
    status: 'pending',
    words: 'missing-type X.',
    told: 'There is no running session here to halt.',
  },
  {
    command: 'halt',
    status: 'blocked',
    words: 'missing-type X.',
    told: 'answer the escalation and close it as completed',
  },
  {
    command: 'halt',
    status: 'complete',
    words: 'missing-type X.',
    told: 'There is no running session here to halt.',
  },
  { command: 'verify', status: 'pending', told: '`/session start core`' },
  { command: 'verify', status: 'complete', told: '`/session reopen core <reason>`' },
  { command: 'ack-spec', status: 'pending', told: '`/session start core`' },
  { command: 'ack-spec', status: 'blocked', told: 'the next attempt works from' },
  { command: 'ack-spec', status: 'complete', told: '`/session reopen core <reason>`' },
  { command: 'cancel', status: 'pending', told: 'there is nothing to cancel' },
  { command: 'cancel', status: 'blocked', told: 'comment `/session retry core`' },
  { command: 'cancel', status: 'complete', told: '`/session reopen core <reason>`' },
  { command: 'reopen', status: 'pending', words: 'X.', told: 'comment `/session start core`' },
  { command: 'reopen', status: 'in-progress', words: 'X.', told: 'comment `/session retry core`' },
  { command: 'reopen', status: 'review', words: 'X.', told: 'comment `/session retry core`' },
  { command: 'reopen', status: 'blocked', words: 'X.', told: 'comment `/session retry core`' },
  {
    command: 'complete',
    status: 'in-progress',
    words: 'X.',
    told: 'comment `/session cancel core` first',
  },
  { command: 'complete', status: 'review', words: 'X.', told: 'review and merge' },
  { command: 'complete', status: 'blocked', words: 'X.', told: 'declare the module complete' },
  { command: 'complete', status: 'complete', words: 'X.', told: 'nothing is left to do' },
];
