import { BUILT_IN_FAILURES } from '../../domain/failure.ts';
import { translateRows } from './bracket-rows.ts';
import { translateLine, translateText, type Translation } from './bracket-text.ts';
import { splitCells, type SourceLine, type TableBlock } from './markdown-blocks.ts';
import type { OrchestrationDocumentFields } from './orchestration-document-fields.ts';
import { textPart, valuePart, type Part } from './parts.ts';

type FailureField = keyof OrchestrationDocumentFields['failures'][number];

/** By the first cell of the table of sources. */
const LOCATIONS: ReadonlyMap<string, keyof OrchestrationDocumentFields> = new Map([
  ['implementation prompt', 'promptLocation'],
  ['context handoff', 'handoffLocation'],
  ['shared types', 'typesLocation'],
]);

const FAILURE_COLUMNS: ReadonlyMap<string, FailureField> = new Map([
  ['failure type', 'title'],
  ['indicator', 'indicator'],
  ['action', 'action'],
  ['escalation target', 'target'],
]);

const FAILURE_TITLES = new Set(BUILT_IN_FAILURES.map(({ title }) => title.toLowerCase()));

/** A table of the reference with our rows, links and cells in it; what the user added stays. */
export function translateTable(table: TableBlock, translation: Translation): readonly Part[] {
  return [
    ...table.head.flatMap((line) => translateLine(line, translation)),
    ...(isFailureTable(table) ? failureRows(table, translation) : otherRows(table, translation)),
  ];
}

function isFailureTable({ columns, rows }: TableBlock): boolean {
  return columnOf(columns, 'failure type') !== -1 && rows.some((row) => isOurs(row, columns));
}

function isOurs(row: SourceLine, columns: readonly string[]): boolean {
  const cell = splitCells(row.text)[columnOf(columns, 'failure type') + 1] ?? '';
  return FAILURE_TITLES.has(plain(cell));
}

/** Ours stand where the first of the reference's stood. */
function failureRows({ columns, rows }: TableBlock, translation: Translation): readonly Part[] {
  const first = rows.findIndex((row) => isOurs(row, columns));
  return rows.flatMap((row, index) => {
    if (index === first) return [eachFailure(columns, row.number)];
    return isOurs(row, columns) ? [] : translateLine(row, translation);
  });
}

function eachFailure(columns: readonly string[], line: number): Part {
  const cells = columns.flatMap((column) => {
    const field = FAILURE_COLUMNS.get(plain(column));
    const value = field === undefined ? textPart('—') : valuePart(field, line, { from: 'row' });
    return [textPart('| '), value, textPart(' ')];
  });
  return {
    kind: 'each',
    list: { from: 'document', name: 'failures', line },
    body: [...cells, textPart('|\n')],
    otherwise: [],
  };
}

function otherRows({ columns, rows }: TableBlock, translation: Translation): readonly Part[] {
  return translateRows(rows, translation, {
    none: () => `| None |${' — |'.repeat(Math.max(0, columns.length - 1))}`,
    single: (row) => sourceRow(row, columns, translation) ?? translateLine(row, translation),
  });
}

/** A row of the sources with our links in its cell, or null where it is none. */
function sourceRow(
  row: SourceLine,
  columns: readonly string[],
  translation: Translation,
): readonly Part[] | null {
  const cells = splitCells(row.text);
  const at = columnOf(columns, 'location') + 1;
  const field = LOCATIONS.get(plain(cells[1] ?? ''));
  if (field === undefined || at === 0 || cells[at] === undefined) return null;
  const before = `${cells.slice(0, at).join('|')}| `;
  const after = ` |${cells.slice(at + 1).join('|')}`;
  return [
    ...translateText({ ...row, text: before }, translation),
    valuePart(field, row.number, {}),
    ...translateLine({ ...row, text: after }, translation),
  ];
}

function columnOf(columns: readonly string[], name: string): number {
  return columns.findIndex((column) => plain(column) === name);
}

function plain(cell: string): string {
  return cell.replace(/[*_`]/g, '').trim().toLowerCase();
}
