import { Evaluator, Lexer, Parser, data } from '@actions/expressions';
import { truthy } from '@actions/expressions/result';
import type { Json, JsonObject } from './json.ts';
import { isList, isObject, mapValues } from './json.ts';

/** What the status check functions answer; a place without them has none. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** The contexts an expression may name, and the status it may ask for. */
export interface Scope {
  readonly contexts: JsonObject;
  readonly status?: Status;
}

type ExpressionData = ReturnType<Evaluator['evaluate']>;

/** A template GitHub would refuse, with the expression at fault. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** The value of an expression without its `${{ }}`. */
function evaluate(source: string, scope: Scope): Json {
  return fromData(evaluateData(source, scope));
}

/**
 * The value of a YAML node with every `${{ }}` in it evaluated. A text that is one expression and
 * nothing else keeps the expression's type.
 */
export function evaluateTemplate(node: Json, scope: Scope): Json {
  if (typeof node === 'string') {
    const [only, ...others] = segmentsOf(node);
    if (only?.kind === 'expression' && others.length === 0) return evaluate(only.source, scope);
    return evaluateText(node, scope);
  }
  if (isList(node)) return node.map((item) => evaluateTemplate(item, scope));
  if (isObject(node)) return mapValues(node, (item) => evaluateTemplate(item, scope));
  return node;
}

/** The text of a YAML scalar with every `${{ }}` in it evaluated and coerced to text. */
export function evaluateText(node: Json, scope: Scope): string {
  if (typeof node !== 'string') return toData(node).coerceString();
  return segmentsOf(node)
    .map((segment) =>
      segment.kind === 'text' ? segment.text : evaluateData(segment.source, scope).coerceString(),
    )
    .join('');
}

/** The texts of a mapping of YAML scalars, as `env` and `with` hold them. */
export function evaluateTexts(mapping: JsonObject, scope: Scope): Record<string, string> {
  return mapValues(mapping, (value) => evaluateText(value, scope));
}

/**
 * The verdict of an `if:`, whose `${{ }}` may be left out; `success()` is implied unless a status
 * check function is called.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
 */
export function evaluateCondition(condition: Json, scope: Scope): boolean {
  const source = condition === null ? '' : toData(condition).coerceString().trim();
  if (source === '') return scope.status?.success ?? true;
  const segments = source.includes('${{') ? segmentsOf(source) : [expressionSegment(source)];
  const asksStatus = segments.some(
    (segment) => segment.kind === 'expression' && callsStatusFunction(segment.source),
  );
  if (!asksStatus && scope.status?.success === false) return false;
  const [only, ...others] = segments;
  if (only?.kind === 'expression' && others.length === 0) {
    return truthy(evaluateData(only.source, scope));
  }
  return evaluateText(source, scope) !== '';
}

type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string };

function expressionSegment(source: string): Segment {
  return { kind: 'expression', source };
}

function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf('${{', position);
    if (start < 0) break;
    const end = endOfExpression(text, start + 3);
    if (start > position) segments.push({ kind: 'text', text: text.slice(position, start) });
    segments.push(expressionSegment(text.slice(start + 3, end).trim()));
    position = end + 2;
  }
  if (position < text.length) segments.push({ kind: 'text', text: text.slice(position) });
  return segments;
}

/** Where `}}` closes an expression; one inside a quoted string does not. */
function endOfExpression(text: string, from: number): number {
  let quoted = false;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === "'") quoted = !quoted;
    if (!quoted && text.startsWith('}}', index)) return index;
  }
  throw new TemplateError(`The expression is not closed. Unescaped \${{ in: ${text}`);
}

const STATUS_FUNCTIONS: readonly string[] = ['success', 'failure', 'cancelled', 'always'];

function callsStatusFunction(source: string): boolean {
  const tokens = attempt(source, () => new Lexer(source).lex().tokens);
  return tokens.some(
    (token, index) =>
      STATUS_FUNCTIONS.includes(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
  );
}

function evaluateData(source: string, scope: Scope): ExpressionData {
  return attempt(source, () => {
    const functions = scope.status ? statusFunctions(scope.status) : [];
    const { tokens } = new Lexer(source).lex();
    const tree = new Parser(tokens, Object.keys(scope.contexts), functions).parse();
    const contexts = new data.Dictionary();
    for (const [name, value] of Object.entries(scope.contexts)) contexts.add(name, toData(value));
    return new Evaluator(
      tree,
      contexts,
      new Map(functions.map((definition) => [definition.name, definition])),
    ).evaluate();
  });
}

function statusFunctions(status: Status) {
  const answer = (name: string, value: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  return [
    answer('success', status.success),
    answer('failure', status.failure),
    answer('cancelled', status.cancelled),
    answer('always', true),
  ];
}

function attempt<Result>(source: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TemplateError(`The template is not valid. ${why}, in the expression: ${source}`, {
      cause,
    });
  }
}

function toData(value: Json): ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as ExpressionData;
}

function fromData(value: ExpressionData): Json {
  return JSON.parse(JSON.stringify(value, data.replacer)) as Json;
}
