import type { Expression, Path } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { suggest } from '../../domain/nearest.ts';
import type { ProblemLog } from '../../domain/problem.ts';
import { fieldNamed, type Field, type Fields, type RowsField, type TextsField } from './field.ts';
import type { Reference } from './parts.ts';

/** What a template may name at one place of it. */
export interface Scope {
  readonly fields: Fields;
  /** The list whose row it is, inside `each`. */
  readonly list: RowsField | TextsField | null;
  readonly log: ProblemLog;
  /** What is added to a line of the text for a line of the file. */
  readonly linesAbove: number;
}

interface Found {
  readonly reference: Reference;
  readonly field: Field;
}

const LOOP_NAMES = ['index', 'first', 'last'];
const LOOP_FIELD: Field = { kind: 'text', says: 'A loop’s own value.', example: '0' };
const ITEM_FIELD: Field = { kind: 'text', says: 'An item of a list.', example: '' };

const NAMES_LISTED = 'docs/templates.md lists the fields of each template.';

export function lineOf(node: Expression, scope: Scope): number {
  return node.loc.start.line + scope.linesAbove;
}

/** The field that an expression names, or null where a problem has been noted. */
export function resolve(expression: Expression, scope: Scope): Found | null {
  const line = lineOf(expression, scope);
  if (expression.type !== 'PathExpression') {
    scope.log.add(line, 'A literal or a call stands in place of a field.', NAMES_LISTED);
    return null;
  }
  const [name = 'this', ...deeper] = expression.parts;
  if (deeper.length > 0) {
    const message = `"${expression.original}" reaches into a value.`;
    scope.log.add(line, message, 'Name a field alone; a list’s fields stand inside its `each`.');
    return null;
  }
  if (expression.data) return loopValue(expression, name, scope);
  return expression.depth === 0 && scope.list !== null
    ? rowValue(expression, name, { ...scope, list: scope.list })
    : documentValue(expression, name, scope);
}

function loopValue(path: Path, name: string, scope: Scope): Found | null {
  const line = lineOf(path, scope);
  if (scope.list !== null && path.depth === 0 && LOOP_NAMES.includes(name)) {
    return { reference: { from: 'loop', name, line }, field: LOOP_FIELD };
  }
  const message = `"${path.original}" is not known here.`;
  scope.log.add(line, message, 'Only `@index`, `@first` and `@last` are, inside `each`.');
  return null;
}

function rowValue(
  path: Path,
  name: string,
  scope: Scope & { readonly list: RowsField | TextsField },
): Found | null {
  const line = lineOf(path, scope);
  const row: Fields = scope.list.kind === 'rows' ? scope.list.row : {};
  const field = scope.list.kind === 'texts' && name === 'this' ? ITEM_FIELD : fieldNamed(row, name);
  if (field !== null) return { reference: { from: 'row', name, line }, field };
  scope.log.add(line, `"${path.original}" is not known inside this \`each\`.`, () => {
    if (fieldNamed(scope.fields, name) !== null) return `Write "../${name}".`;
    if (scope.list.kind === 'texts') return 'Its items are plain: write "this".';
    return suggest(name, Object.keys(row), `It has ${Object.keys(row).join(', ')}.`);
  });
  return null;
}

function documentValue(path: Path, name: string, scope: Scope): Found | null {
  const line = lineOf(path, scope);
  const outermost = scope.list === null ? 0 : 1;
  const field = path.depth === outermost ? fieldNamed(scope.fields, name) : null;
  if (field !== null) return { reference: { from: 'document', name, line }, field };
  const message = `The field "${path.original}" is not known.`;
  scope.log.add(line, message, () => suggest(name, Object.keys(scope.fields), NAMES_LISTED));
  return null;
}
