import type { Diagnostic, Failure, FailureRow } from '../domain/failure.ts';
import type { CommandOutcome, CommandResult } from '../domain/verification.ts';
import { bulletList, codeSpan, details, escapeInline, fence } from './markdown.ts';
import { count, failureTitle, targetCell } from './wording.ts';

/** Diagnostics shown per failure; the check's annotations have them all. */
const DIAGNOSTICS_SHOWN = 10;

/** Characters of a log that are shown for one failure. */
const TAIL_SHOWN = 8_000;

export interface FailureSectionView {
  readonly failures: readonly Failure[];
  readonly commands: readonly CommandResult[];
  readonly table: readonly FailureRow[];
}

/** What failed, each with its type, what to do, whom it goes to, and the end of its log. */
export function renderFailures(view: FailureSectionView, heading = '###'): string {
  return view.failures.map((failure) => renderFailure(failure, view, heading)).join('\n\n');
}

function renderFailure(failure: Failure, view: FailureSectionView, heading: string): string {
  const row = view.table.find(({ id }) => id === failure.type);
  const command = view.commands.find(({ id }) => id === failure.source);
  const title = escapeInline(failureTitle(view.table, failure.type) ?? failure.type);
  const source = escapeInline(command?.name ?? failure.source);
  const parts = [
    `${heading} ${title}: ${source}`,
    escapeInline(failure.message),
    row === undefined ? '' : `**To do:** ${escapeInline(row.instruction)} (${targetCell(row)})`,
    renderDiagnostics(failure.diagnostics),
    command === undefined ? '' : renderLog(command),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The command and the end of its output, folded. */
export function renderLog(command: CommandResult): string {
  if (command.tail.trim() === '') return `${codeSpan(command.run)} printed nothing.`;
  return details(
    `Log of ${command.name}`,
    `${fence(command.run, 'bash')}\n\n${fence(lastLines(command.tail), 'text')}`,
  );
}

/** How a command ended, in a table's cell. */
export function resultCell(result: CommandResult): string {
  if (result.outcome.kind === 'exited' && result.outcome.exitCode === 0) {
    if (result.testsRun === 0 && !result.allowEmpty) return '❌ ran no test';
    return result.testsRun === null ? '✅ passed' : `✅ passed (${count(result.testsRun, 'test')})`;
  }
  return `${result.outcome.kind === 'skipped' ? '⏭️' : '❌'} ${endWords(result.outcome)}`;
}

function endWords(outcome: CommandOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exit code ${String(outcome.exitCode)}`;
    case 'signalled':
      return `ended by ${escapeInline(outcome.signal)}`;
    case 'timed-out':
      return `stopped after ${count(outcome.afterSeconds, 'second')}`;
    case 'not-started':
      return `not started: ${escapeInline(outcome.reason)}`;
    case 'skipped':
      return `skipped: ${escapeInline(outcome.because)}`;
  }
}

function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return '';
  const shown = diagnostics.slice(0, DIAGNOSTICS_SHOWN).map(renderDiagnostic);
  const more = diagnostics.length - shown.length;
  return bulletList(more === 0 ? shown : [...shown, `and ${String(more)} more`]);
}

function renderDiagnostic({ file, line, code, message }: Diagnostic): string {
  const place = file === null ? '' : codeSpan(line === null ? file : `${file}:${String(line)}`);
  const name = code === null ? '' : codeSpan(code);
  return [place, name, escapeInline(message)].filter((part) => part !== '').join(' ');
}

function lastLines(log: string): string {
  if (log.length <= TAIL_SHOWN) return log;
  const end = log.slice(-TAIL_SHOWN);
  const line = end.indexOf('\n');
  const whole = line === -1 ? end.replace(/^[\uDC00-\uDFFF]/, '') : end.slice(line + 1);
  return `(earlier lines left out)\n${whole}`;
}
