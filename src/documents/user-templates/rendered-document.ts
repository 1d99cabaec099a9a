import { readMetadataRows } from '../orchestration-document.ts';

/** A row of the Session Metadata, and how both forms of a template write it. */
interface MetadataRow {
  readonly name: string;
  readonly handlebars: string;
  readonly brackets: string;
}

const ROWS: readonly MetadataRow[] = [
  { name: 'Module ID', handlebars: '{{moduleId}}', brackets: '[module-id]' },
  { name: 'Session ID', handlebars: '{{sessionId}}', brackets: '[UUID-v4]' },
  { name: 'Started', handlebars: '{{startedAt}}', brackets: '[ISO timestamp]' },
  { name: 'Attempt', handlebars: '{{attempt}} of {{maxAttempts}}', brackets: '[N] of 3' },
  { name: 'Planning Agent Version', handlebars: '{{plannerVersion}}', brackets: '[version]' },
];

/** What is wrong with a rendered document's metadata, which we and others read back. */
export interface MetadataGap {
  readonly message: string;
  readonly fix: string;
}

/** The metadata rows that do not say what the fields say. */
export function metadataGaps(rendered: string, fields: object): readonly MetadataGap[] {
  const values = new Map<string, unknown>(Object.entries(fields));
  const told = readMetadataRows(rendered);
  return ROWS.filter(({ name, handlebars }) => told.get(name) !== filled(handlebars, values)).map(
    (row) => gap(row, told.get(row.name)),
  );
}

function filled(handlebars: string, values: ReadonlyMap<string, unknown>): string {
  return handlebars.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values.get(name)));
}

function gap({ name, handlebars, brackets }: MetadataRow, told: string | undefined): MetadataGap {
  const message =
    told === undefined
      ? `The metadata row "${name}" is missing or not in one line of its own.`
      : `The metadata row "${name}" does not say what it should: the first of that name counts.`;
  const row = (value: string): string => `\`| **${name}** | ${value} |\``;
  return { message, fix: `Write ${row(handlebars)} in Handlebars, ${row(brackets)} in brackets.` };
}
