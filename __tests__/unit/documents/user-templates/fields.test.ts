import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderDashboard } from '../../../../src/documents/dashboard.ts';
import { renderEscalationIssue } from '../../../../src/documents/escalation-issue.ts';
import { renderOrchestrationDocument } from '../../../../src/documents/orchestration-document.ts';
import { renderPullRequestBody } from '../../../../src/documents/pull-request-body.ts';
import type { Template, TemplateName } from '../../../../src/documents/template.ts';
import { fillingsOf, KNOWN_BRACKETS } from '../../../../src/documents/user-templates/brackets.ts';
import {
  text,
  texts,
  type Field,
  type Fields,
  type FieldsOf,
} from '../../../../src/documents/user-templates/field.ts';
import { TEMPLATE_FIELDS } from '../../../../src/documents/user-templates/fields.ts';
import { DOCUMENT, ESCALATION } from '../views.ts';
import { DASHBOARD, PULL_REQUEST } from './page-views.ts';
import { readGfm } from './read-gfm.ts';

const DOCS = new URL('../../../../docs/templates.md', import.meta.url);

const RENDERERS: readonly (readonly [TemplateName, (template: Template) => string])[] = [
  ['orchestration-document', (template) => renderOrchestrationDocument(DOCUMENT, template)],
  ['pull-request-body', (template) => renderPullRequestBody(PULL_REQUEST, template)],
  ['escalation-issue', (template) => renderEscalationIssue(ESCALATION, template)],
  ['dashboard', (template) => renderDashboard(DASHBOARD, template)],
];

/** What a renderer hands to its template. */
function handed(render: (template: Template) => string): ReadonlyMap<string, unknown> {
  let fields: object = {};
  render((given) => {
    fields = given;
    return '';
  });
  return new Map(Object.entries(fields));
}

function kindOf(value: unknown): Field['kind'] | 'unknown' {
  if (typeof value === 'string' || typeof value === 'number') return 'text';
  if (typeof value === 'boolean') return 'flag';
  const [first] = itemsOf(value);
  if (first === undefined) return 'unknown';
  return typeof first === 'object' ? 'rows' : 'texts';
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function namesOf(row: unknown): readonly string[] {
  return typeof row === 'object' && row !== null ? Object.keys(row) : [];
}

describe('the fields of each template', () => {
  it.each(RENDERERS)('are those that the renderer of %s hands over', (name, render) => {
    const fields = TEMPLATE_FIELDS[name];
    const given = handed(render);
    expect([...given.keys()].toSorted()).toEqual(Object.keys(fields).toSorted());
    for (const [field, definition] of Object.entries(fields)) {
      const value = given.get(field);
      expect([field, kindOf(value)]).toEqual([field, definition.kind]);
      if (definition.kind !== 'rows') continue;
      const [row] = itemsOf(value);
      expect(namesOf(row).toSorted()).toEqual(Object.keys(definition.row).toSorted());
    }
  });

  it.each(RENDERERS)('have among them what brackets are filled with, in %s', (name) => {
    const fillings = KNOWN_BRACKETS.flatMap((bracket) => fillingsOf(bracket, name) ?? []);
    const fields = fillings.flatMap((one) => (typeof one === 'string' ? [] : [one.field]));
    expect(fields.filter((field) => !Object.hasOwn(TEMPLATE_FIELDS[name], field))).toEqual([]);
  });

  it('do not compile where they are not what is handed over', () => {
    interface Handed {
      readonly name: string;
      readonly notes: readonly string[];
    }
    const name = text('A name.', 'x');
    const notes = texts('Notes.', 'x');
    const right = { name, notes } satisfies FieldsOf<Handed>;
    // @ts-expect-error A field is missing.
    const fewer = { name } satisfies FieldsOf<Handed>;
    // @ts-expect-error A field is there no more.
    const more = { name, notes, other: name } satisfies FieldsOf<Handed>;
    // @ts-expect-error A list is taken for a text.
    const other = { name, notes: name } satisfies FieldsOf<Handed>;
    expect([right, fewer, more, other]).toHaveLength(4);
  });

  it.each(RENDERERS)('are each told with an example that stays in its place, for %s', (name) => {
    const examples = (fields: Fields): readonly (readonly string[])[] =>
      Object.values(fields).map((field) => {
        if (field.kind === 'flag') return [];
        return field.kind === 'rows' ? examples(field.row).flat() : [field.example];
      });
    expect(examples(TEMPLATE_FIELDS[name]).flat()).not.toContain('');
  });
});

/** The rows that docs/templates.md has for a template's fields. */
function documented(fields: Fields): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const kind = { text: '', flag: 'Flag. ', texts: 'List. ', rows: 'List. ' }[field.kind];
    const rows = field.kind === 'rows' ? Object.entries(field.row) : [];
    return [
      [name, plain(`${kind}${field.says}`)],
      ...rows.map(([inner, { says }]) => [`${inner} in ${name}`, plain(says)]),
    ];
  });
}

function plain(sentence: string): string {
  return sentence.replaceAll('`', '');
}

describe('docs/templates.md', () => {
  const { tables, headings } = readGfm(readFileSync(DOCS, 'utf8'));

  it.each(RENDERERS)('tells every field of %s, and no other', (name) => {
    const withFields = tables.filter(([head]) => head?.[0] === 'Field');
    const at = headings.filter((heading) => heading in TEMPLATE_FIELDS).indexOf(name);
    expect(withFields[at]?.slice(1)).toEqual(documented(TEMPLATE_FIELDS[name]));
  });

  it('tells every bracket of the reference, and no other', () => {
    const [brackets = []] = tables.filter(([head]) => head?.[0] === 'Bracket');
    const told = brackets.slice(1).flatMap(([cell = '']) => cell.split(' · '));
    const special = ['[N] of 3', 'prompt-[N]', '(lines [X]-[Y])', '✅/❌'];
    expect(told.toSorted()).toEqual([...KNOWN_BRACKETS, ...special].toSorted());
  });
});
