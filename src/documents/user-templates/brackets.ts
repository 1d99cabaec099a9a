import type { TemplateName } from '../template.ts';
import type { OrchestrationDocumentFields } from './orchestration-document-fields.ts';

/** A field, put in for a bracket; `bare` where the field is code and the bracket stood for its text. */
export interface Filling {
  readonly field: string;
  readonly bare: boolean;
}

/** What a bracket becomes: texts to keep and fields. */
export type Fillings = readonly (string | Filling)[];

/** What a row or a list item that is repeated fills its brackets with. */
export type Repeated = 'dependencies' | 'attempts';

type DocumentField = keyof OrchestrationDocumentFields;
type RowField<List extends Repeated> = keyof OrchestrationDocumentFields[List][number];

const of = (field: DocumentField): Filling => ({ field, bare: false });
const bare = (field: 'moduleId' | 'sessionId'): Filling => ({ field, bare: true });

const IN_DOCUMENT: Readonly<Record<string, Fillings>> = {
  '[MODULE_NAME]': [of('name')],
  '[module-id]': [of('moduleId')],
  '[module-name]': [of('moduleId')],
  '<module-id>': [of('moduleId')],
  '[ModuleName]': [of('className')],
  '[UUID-v4]': [of('sessionId')],
  '[session-id]': [of('sessionId')],
  '[ISO timestamp]': [of('startedAt')],
  '[N]': [of('attempt')],
  '[attempt]': [of('attempt')],
  '[N] of': [of('attempt'), ' of ', of('maxAttempts')],
  'prompt-[N]': ['prompt-', of('promptNumber')],
  '[version]': [of('plannerVersion')],
  '[X]-[Y]': [of('typesRanges')],
  ' (lines [X]-[Y])': [of('typesLines')],
};

const OF_ONE_ATTEMPT: Readonly<Record<string, Fillings>> = {
  '[MODULE_NAME]': [of('name')],
  '[module-id]': [bare('moduleId')],
  '[module-name]': [bare('moduleId')],
  '<module-id>': [bare('moduleId')],
  '[N]': [of('attempt')],
  '[attempt]': [of('attempt')],
  '[N] of': [of('attempt'), ' of ', of('maxAttempts')],
};

/** What the brackets of each template become wherever they stand. */
const FILLINGS: Readonly<Record<TemplateName, Readonly<Record<string, Fillings>>>> = {
  'orchestration-document': IN_DOCUMENT,
  'pull-request-body': {
    ...OF_ONE_ATTEMPT,
    '[UUID-v4]': [bare('sessionId')],
    '[session-id]': [bare('sessionId')],
  },
  'escalation-issue': OF_ONE_ATTEMPT,
  dashboard: {},
};

const DEPENDENCY: Readonly<Record<string, RowField<'dependencies'>>> = {
  '[dep]': 'module',
  '[status]': 'status',
  '✅/❌': 'mark',
};

const ATTEMPT: Readonly<Record<string, RowField<'attempts'>>> = {
  '[N-1]': 'attempt',
  '[passed/failed]': 'outcome',
  '[description]': 'issue',
  '[what was fixed]': 'resolution',
};

const ROWS: Readonly<Record<Repeated, Readonly<Record<string, string>>>> = {
  dependencies: DEPENDENCY,
  attempts: ATTEMPT,
};

/** List items that stand for a whole list. */
const LISTS: Readonly<Record<string, 'blockers' | 'specChanges'>> = {
  '[List any blockers that were resolved]': 'blockers',
  '[List any spec changes, or "None"]': 'specChanges',
};

/** The ends of the range, which are many where the types do not touch. */
const HALVES: readonly string[] = ['[X]', '[Y]'];

/** Where a bracket may stand that is not known everywhere. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ...Object.keys(DEPENDENCY).map(
    (name) => [name, 'in a table row or list item that names `[dep-1]`'] as const,
  ),
  ...Object.keys(ATTEMPT).map(
    (name) => [name, 'in a table row or list item that names `[N-1]`'] as const,
  ),
  ...Object.keys(LISTS).map((name) => [name, 'as a list item of its own'] as const),
  ...HALVES.map((name) => [name, 'as `[X]-[Y]`'] as const),
]);

/** Every bracket of the reference, as it stands there. */
export const KNOWN_BRACKETS: readonly string[] = [
  ...Object.keys(IN_DOCUMENT).filter((name) => !/ of$|^prompt-|^ /.test(name)),
  '[dep-1]',
  ...[...PLACES.keys()].filter(
    (name) => name !== '[dep]' && name.startsWith('[') && !HALVES.includes(name),
  ),
];

export function isBracket(text: string): boolean {
  const name = nameOf(text);
  return Object.hasOwn(IN_DOCUMENT, name) || PLACES.has(name);
}

/** What a bracket becomes wherever it stands in a template; null where it may not stand just anywhere. */
export function fillingsOf(text: string, template: TemplateName): Fillings | null {
  const name = nameOf(text);
  const fillings = FILLINGS[template];
  return Object.hasOwn(fillings, name) ? (fillings[name] ?? null) : null;
}

/** Whether a bracket of the reference that is a link's text may be just that, `[status](…)`. */
export function isWord(text: string): boolean {
  return /^\[[a-z]+\]$/.test(text);
}

/** The field of a repeated row that a bracket stands for there, or null. */
export function rowFieldOf(text: string, list: Repeated): string | null {
  const name = nameOf(text);
  return Object.hasOwn(ROWS[list], name) ? (ROWS[list][name] ?? null) : null;
}

/** The list that a list item of nothing else stands for, or null. */
export function listOf(text: string): 'blockers' | 'specChanges' | null {
  return Object.hasOwn(LISTS, text) ? (LISTS[text] ?? null) : null;
}

/** Where a bracket of the reference may stand, or null where it may anywhere. */
export function placeOf(text: string): string | null {
  return PLACES.get(nameOf(text)) ?? null;
}

/** A dependency's and an attempts' number stand for themselves. */
function nameOf(text: string): string {
  if (/^\[dep-\d+\]$/.test(text)) return '[dep]';
  return text.startsWith('[N] of ') ? '[N] of' : text;
}
