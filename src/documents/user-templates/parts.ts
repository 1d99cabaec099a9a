import { SessionwrightError } from '../../domain/errors.ts';

/**
 * A user's template, understood: what both forms become. It is run by the functions below and by
 * nothing else, so that no text of a template is ever turned into code.
 */
export type Part = TextPart | ValuePart | EachPart | ChoicePart;

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

export interface ValuePart {
  readonly kind: 'value';
  readonly of: Reference;
  readonly fit: Fit;
}

/** Its body is rendered once for each item, or what stands otherwise where there is none. */
export interface EachPart {
  readonly kind: 'each';
  readonly list: Reference;
  readonly body: readonly Part[];
  readonly otherwise: readonly Part[];
}

export interface ChoicePart {
  readonly kind: 'choice';
  readonly of: Reference;
  readonly whenTrue: readonly Part[];
  readonly whenFalse: readonly Part[];
}

/** What a template names, and the line it does so on. */
export interface Reference {
  readonly from: 'document' | 'row' | 'loop';
  /** `this` for the row itself, `index`, `first` and `last` for the loop. */
  readonly name: string;
  readonly line: number;
}

/** How a value is fitted to its place: as it is, without its backticks, or indented as a block. */
export type Fit = 'as it is' | 'bare' | { readonly indent: string };

/** Larger than any document worth reading; a template may repeat a long text for each of many rows. */
const MAX_RENDERED = 1_048_576;

interface Scope {
  readonly file: string;
  readonly document: ReadonlyMap<string, unknown>;
  readonly row: unknown;
  readonly loop: ReadonlyMap<string, unknown>;
}

export function textPart(text: string): TextPart {
  return { kind: 'text', text };
}

export function valuePart(
  name: string,
  line: number,
  {
    from = 'document',
    fit = 'as it is',
  }: Partial<Pick<Reference, 'from'> & Pick<ValuePart, 'fit'>>,
): ValuePart {
  return { kind: 'value', of: { from, name, line }, fit };
}

/** Throws an error that names the file, the line and the field where a value is not what it should be. */
export function renderParts(file: string, parts: readonly Part[], fields: object): string {
  const document = new Map(Object.entries(fields));
  const rendered = renderAll(parts, { file, document, row: undefined, loop: new Map() });
  if (rendered.length <= MAX_RENDERED) return rendered;
  throw SessionwrightError.of('template-too-long', { file, limit: MAX_RENDERED });
}

function renderAll(parts: readonly Part[], scope: Scope): string {
  return parts.map((part) => renderPart(part, scope)).join('');
}

function renderPart(part: Part, scope: Scope): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'value':
      return fitTo(part.fit, textOf(part.of, scope));
    case 'each':
      return renderEach(part, scope);
    case 'choice':
      return renderAll(isTruthy(valueOf(part.of, scope)) ? part.whenTrue : part.whenFalse, scope);
  }
}

function renderEach({ list, body, otherwise }: EachPart, scope: Scope): string {
  const value = valueOf(list, scope);
  if (!Array.isArray(value)) throw notUsable(list, scope, 'is not a list');
  const items: readonly unknown[] = value;
  if (items.length === 0) return renderAll(otherwise, scope);
  return items
    .map((row, index) => renderAll(body, { ...scope, row, loop: loopAt(index, items.length) }))
    .join('');
}

function loopAt(index: number, length: number): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['index', index],
    ['first', index === 0],
    ['last', index === length - 1],
  ]);
}

function textOf(reference: Reference, scope: Scope): string {
  const value = valueOf(reference, scope);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || reference.from === 'loop') return String(value);
  throw notUsable(reference, scope, 'is not a text');
}

function valueOf(reference: Reference, scope: Scope): unknown {
  const { from, name } = reference;
  if (from === 'row' && name === 'this') return scope.row;
  const named = from === 'row' ? valuesOf(scope.row) : scope[from];
  if (!named.has(name)) throw notUsable(reference, scope, 'is not there');
  return named.get(name);
}

function valuesOf(row: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(
    typeof row === 'object' && row !== null ? Object.entries(row) : [],
  );
}

/** As Handlebars decides (https://handlebarsjs.com/guide/builtin-helpers.html#if). */
function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function fitTo(fit: Fit, value: string): string {
  if (fit === 'as it is') return value;
  if (fit === 'bare') return value.replace(/^`+ ?(.*?) ?`+$/, '$1');
  const own = /^ */.exec(value)?.[0] ?? '';
  const lines = value.split('\n');
  return lines
    .map((line) => (line.startsWith(own) ? line.slice(own.length) : line))
    .map((line) => (line === '' ? line : `${fit.indent}${line}`))
    .join('\n');
}

function notUsable({ name, line }: Reference, { file }: Scope, why: string): SessionwrightError {
  return SessionwrightError.of('template-failed', { file, line, name, why });
}
