/**
 * Handlebars' parser alone: text to a syntax tree, its whitespace rules applied. The package's own
 * types say neither which statements there are nor which parts may be missing
 * (https://github.com/handlebars-lang/handlebars.js/blob/v4.7.10/docs/compiler-api.md).
 */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  export interface Node {
    readonly loc: { readonly start: { readonly line: number } };
  }

  export interface Program {
    readonly body: readonly Statement[];
    readonly blockParams?: readonly string[];
  }

  export type Statement = Content | Comment | Mustache | Block | Foreign;

  export interface Content extends Node {
    readonly type: 'ContentStatement';
    /** After the whitespace control. */
    readonly value: string;
    /** As it stands in the file. */
    readonly original: string;
  }

  export interface Comment extends Node {
    readonly type: 'CommentStatement';
  }

  export interface Mustache extends Node {
    readonly type: 'MustacheStatement';
    readonly path: Expression;
    readonly params: readonly Expression[];
    readonly hash?: unknown;
  }

  export interface Block extends Node {
    readonly type: 'BlockStatement';
    readonly path: Expression;
    readonly params: readonly Expression[];
    readonly hash?: unknown;
    readonly program?: Program;
    readonly inverse?: Program;
  }

  export interface Foreign extends Node {
    readonly type: 'PartialStatement' | 'PartialBlockStatement' | 'Decorator' | 'DecoratorBlock';
  }

  export type Expression = Path | Literal;

  export interface Path extends Node {
    readonly type: 'PathExpression';
    readonly data: boolean;
    readonly depth: number;
    readonly parts: readonly string[];
    readonly original: string;
  }

  export interface Literal extends Node {
    readonly type:
      | 'SubExpression'
      | 'StringLiteral'
      | 'NumberLiteral'
      | 'BooleanLiteral'
      | 'NullLiteral'
      | 'UndefinedLiteral';
  }

  export function parse(template: string): Program;
}
