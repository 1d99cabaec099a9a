import type { FailureRow } from '../domain/failure.ts';
import type { AttemptOutcome, Status } from '../domain/implementation-state.ts';
import { escapeInline } from './markdown.ts';

export const STATUS_SIGNS: Readonly<Record<Status, string>> = {
  pending: '⚪',
  'in-progress': '🔵',
  review: '🟣',
  complete: '🟢',
  blocked: '🔴',
};

const OUTCOMES: Readonly<Record<AttemptOutcome, string>> = {
  halted: 'halted',
  failed: 'failed',
  'timed-out': 'failed (timed out)',
  cancelled: 'cancelled',
  closed: 'closed by hand',
  merged: 'passed (merged)',
  retried: 'stopped for a retry',
};

export function outcomeWords(outcome: AttemptOutcome): string {
  return OUTCOMES[outcome];
}

/** `phase-1-review` as `Phase 1 Review`. */
export function targetTitle(target: string): string {
  return target
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** The last column of the failure table. */
export function targetCell(row: FailureRow): string {
  if (row.target !== null) return `→ ${escapeInline(targetTitle(row.target))}`;
  if (row.action === 'retry') return 'Retry';
  return row.action === 'halt' ? '→ Planning Agent' : 'Self-fix';
}

/** A failure type's title; the id itself where no row has it. */
export function failureTitle(table: readonly FailureRow[], id: string | null): string | null {
  if (id === null) return null;
  return table.find((row) => row.id === id)?.title ?? id;
}

/** Escaped, and with a full stop where the text lacks an end. */
export function sentence(text: string): string {
  const escaped = escapeInline(text);
  return /[.!?…]$/.test(escaped) ? escaped : `${escaped}.`;
}

/** `1 module`, `2 modules`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${String(number)} ${number === 1 ? noun : plural}`;
}

/** `5.1 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** A login as code, which GitHub does not turn into a mention. */
export function who(login: string): string {
  return `\`${login.replace(/[^\w[\]-]/g, '')}\``;
}

/** How a module that somebody stopped is asked for again, and what that comes to after its last attempt. */
export function afterEnd({ module, isLast }: { module: string; isLast: boolean }): string {
  return isLast
    ? `all attempts are spent, so \`/session retry ${module}\` opens an escalation, whose answer grants more.`
    : `\`/session retry ${module}\` begins the next attempt.`;
}
