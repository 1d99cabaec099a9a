import {
  parse,
  type Block,
  type Mustache,
  type Program,
  type Statement,
} from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { noteUnfilled } from './handlebars-brackets.ts';
import { syntaxProblem } from './handlebars-syntax.ts';
import { lineOf, resolve, type Scope } from './handlebars-paths.ts';
import { textPart, type Part } from './parts.ts';

/** Parsing takes the square of what is left open, and nobody writes so many by hand. */
const MAX_BLOCKS = 500;

const BLOCKS_KNOWN = 'There are `each`, `if`, `unless` and `else`.';

const FOREIGN = {
  PartialStatement: 'A partial is included.',
  PartialBlockStatement: 'A partial is included.',
  Decorator: 'A decorator is used.',
  DecoratorBlock: 'A decorator is used.',
} as const;

/**
 * A template in Handlebars: fields, `each`, `if`, `unless` and `else`, whitespace as Handlebars has
 * it. Whatever else the language can do is a problem, and is noted in the scope's log.
 */
export function readHandlebars(template: string, scope: Scope): readonly Part[] {
  if (countBlocks(template) > MAX_BLOCKS) {
    scope.log.add(null, `It has more than ${MAX_BLOCKS} blocks.`, 'Write fewer.');
    return [];
  }
  const program = parseTemplate(template, scope);
  if (program === null) return [];
  noteUnfilled(program, scope);
  return readProgram(program, scope);
}

function countBlocks(template: string): number {
  return [...template.matchAll(/\{\{~?(?:[#^]|\{\{|\s*else\b)/g)].length;
}

function parseTemplate(template: string, scope: Scope): Program | null {
  try {
    return parse(template);
  } catch (error) {
    const { line, message, fix } = syntaxProblem(error, template);
    scope.log.add(line === null ? null : line + scope.linesAbove, message, fix);
    return null;
  }
}

function readProgram(program: Program | undefined, scope: Scope): readonly Part[] {
  if (program === undefined) return [];
  return program.body.flatMap((statement) => readStatement(statement, scope));
}

function readStatement(statement: Statement, scope: Scope): readonly Part[] {
  switch (statement.type) {
    case 'ContentStatement':
      return [textPart(statement.value)];
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return readMustache(statement, scope);
    case 'BlockStatement':
      return readBlock(statement, scope);
    default: {
      const line = statement.loc.start.line + scope.linesAbove;
      scope.log.add(line, FOREIGN[statement.type], 'Write what it stands for in its place.');
      return [];
    }
  }
}

function readMustache({ path, params, hash }: Mustache, scope: Scope): readonly Part[] {
  const line = lineOf(path, scope);
  if (params.length > 0 || hash !== undefined) {
    const message = `${nameOf(path)} is called as a helper.`;
    scope.log.add(line, message, `A value stands alone, as in {{name}}. ${BLOCKS_KNOWN}`);
    return [];
  }
  const found = resolve(path, scope);
  if (found === null) return [];
  const { field, reference } = found;
  if (field.kind === 'text') return [{ kind: 'value', of: reference, fit: 'as it is' }];
  const { name } = reference;
  if (field.kind === 'flag') {
    scope.log.add(line, `"${name}" is true or false.`, `Ask for it with {{#if ${name}}}.`);
  } else {
    scope.log.add(line, `"${name}" is a list.`, `Go through it with {{#each ${name}}}.`);
  }
  return [];
}

function readBlock(block: Block, scope: Scope): readonly Part[] {
  const { path, params, hash, program, inverse } = block;
  const line = lineOf(path, scope);
  const name = path.type === 'PathExpression' ? path.original : '';
  if (name !== 'each' && name !== 'if' && name !== 'unless') {
    scope.log.add(line, `The block ${nameOf(path)} is not known.`, BLOCKS_KNOWN);
    return [];
  }
  const [subject, ...more] = params;
  if (subject === undefined || more.length > 0 || hash !== undefined) {
    scope.log.add(line, `{{#${name}}} takes one field.`, `Write {{#${name} field}}.`);
    return [];
  }
  if ((program?.blockParams ?? inverse?.blockParams) !== undefined) {
    scope.log.add(line, '"as | |" gives a name to an item.', 'Name the item’s fields, or "this".');
    return [];
  }
  if (name === 'each') return readEach(block, subject, scope);
  const found = resolve(subject, scope);
  const inside = readProgram(program, scope);
  const outside = readProgram(inverse, scope);
  if (found === null) return [];
  const [whenTrue, whenFalse] = name === 'if' ? [inside, outside] : [outside, inside];
  return [{ kind: 'choice', of: found.reference, whenTrue, whenFalse }];
}

function readEach(
  { program, inverse }: Block,
  subject: Block['params'][number],
  scope: Scope,
): readonly Part[] {
  const line = lineOf(subject, scope);
  if (scope.list !== null) {
    scope.log.add(
      line,
      '{{#each}} stands inside another.',
      'Put it after the other: no list holds lists.',
    );
    return [];
  }
  const found = resolve(subject, scope);
  if (found === null) return [];
  const { field, reference } = found;
  if (field.kind !== 'rows' && field.kind !== 'texts') {
    scope.log.add(line, `"${reference.name}" is no list.`, `Write {{${reference.name}}} alone.`);
    return [];
  }
  const body = readProgram(program, { ...scope, list: field });
  return [{ kind: 'each', list: reference, body, otherwise: readProgram(inverse, scope) }];
}

function nameOf(path: Block['path']): string {
  return path.type === 'PathExpression' ? `"${path.original}"` : 'a literal';
}
