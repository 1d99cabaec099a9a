import type { Diagnostic, Failure, FailureRow } from '../domain/failure.ts';
import type { CommandResult } from '../domain/verification.ts';
import { renderFoldedLog } from './command-log.ts';
import { bulletList, codeSpan, escapeInline } from './markdown.ts';
import { failureTitle, targetCell } from './wording.ts';

/** Diagnostics shown per failure; the check's annotations have them all. */
const DIAGNOSTICS_SHOWN = 10;

export interface FailureSectionView {
  readonly failures: readonly Failure[];
  readonly commands: readonly CommandResult[];
  readonly table: readonly FailureRow[];
  /** What becomes of what could not be judged, in Markdown; where it is not given, the table's row says it. */
  readonly unjudged?: string | null;
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
    row === undefined ? '' : `**To do:** ${toDo(row, view)}`,
    renderDiagnostics(failure.diagnostics, failure.omitted),
    command === undefined ? '' : renderFoldedLog(command),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function toDo(row: FailureRow, { unjudged = null }: FailureSectionView): string {
  if (row.action === 'retry' && unjudged !== null) return unjudged;
  return `${escapeInline(row.instruction)} (${targetCell(row)})`;
}

/** Diagnostics with their places, the first of many; `omitted` more were found than are at hand. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], omitted = 0): string {
  if (diagnostics.length + omitted === 0) return '';
  const shown = diagnostics.slice(0, DIAGNOSTICS_SHOWN).map(renderDiagnostic);
  const more = diagnostics.length - shown.length + omitted;
  return bulletList(more === 0 ? shown : [...shown, `and ${String(more)} more`]);
}

function renderDiagnostic({ file, line, code, message }: Diagnostic): string {
  const place = file === null ? '' : codeSpan(line === null ? file : `${file}:${String(line)}`);
  const name = code === null ? '' : codeSpan(code);
  return [place, name, escapeInline(message)].filter((part) => part !== '').join(' ');
}
