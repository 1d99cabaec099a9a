import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { parseSharedTypes } from '../../../src/domain/shared-types.ts';
import { anyText } from '../../support/any-text.ts';

const FILE = 'shared-types.ts';

/** `name start-end …` of every type. */
function placesOf(source: string): readonly string[] {
  const { types, problems } = parseSharedTypes(source, FILE);
  expect(problems).toEqual([]);
  return [...types.values()].map(({ name, ranges }) =>
    [name, ...ranges.map(({ start, end }) => `${start}-${end}`)].join(' '),
  );
}

describe('the shared types of a file', () => {
  it.each([
    ['an interface', 'export interface A {\n  x: number;\n}', ['A 1-3']],
    ['a declaration that is not exported', 'interface A {}', ['A 1-1']],
    ['a type alias', 'export type A<T> =\n  | T\n  | null;', ['A 1-3']],
    [
      'enums',
      'export enum A { X }\nconst enum B { Y }\ndeclare enum C { Z }',
      ['A 1-1', 'B 2-2', 'C 3-3'],
    ],
    ['classes', 'export abstract class A {}\ndeclare class B {}', ['A 1-1', 'B 2-2']],
    ['constants', 'export const A = 1,\n  B = 2;', ['A 1-2', 'B 1-2']],
    [
      'destructured constants',
      'export const { A, b: B, ...C } = x;\nexport const [D, , E = 1, ...{ f: [F] }] = y;',
      ['A 1-1', 'B 1-1', 'C 1-1', 'D 2-2', 'E 2-2', 'F 2-2'],
    ],
    [
      'abstract and decorated classes, wherever the decorators stand',
      '@x\nexport abstract class A {}\nexport @x() class B { @x c = 1; accessor d = 2; }',
      ['A 1-2', 'B 3-3'],
    ],
    ['classes whose parameters are decorated', 'class A {\n  m(@x a: 1) {}\n}', ['A 1-3']],
    ['constant enums', 'export const enum A { X }\ndeclare const enum B {}', ['A 1-1', 'B 2-2']],
    [
      'functions that are only declared',
      'declare function f(): void;\nexport default function () {}',
      ['f 1-1', 'default 2-2'],
    ],
    [
      'overloads',
      'export function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a: any) {}',
      ['f 1-3'],
    ],
    [
      'declarations that merge',
      'interface A { x: 1 }\n\ntype B = 1;\n\ninterface A { y: 1 }',
      ['A 1-1 5-5', 'B 3-3'],
    ],
    ['a value and a type of one name', 'export const A = 1;\nexport type A = typeof A;', ['A 1-2']],
    ['a namespace', 'export namespace N {\n  export interface A {}\n}', ['N 1-3', 'N.A 2-2']],
    [
      'a namespace in a namespace',
      'namespace N.M { type A = 1 }',
      ['N 1-1', 'N.M 1-1', 'N.M.A 1-1'],
    ],
    ['a re-export', "export type { A, B as C } from './x';", ['A 1-1', 'C 1-1']],
    ['a re-exported namespace', "export * as ns from './x';", ['ns 1-1']],
    [
      'what it imports and hands on',
      "import { A } from './x';\nimport type { B, C } from './y';\nexport { A };\nexport type { B as D };",
      ['A 1-1 3-3', 'D 2-2 4-4'],
    ],
    [
      'a default under its own name',
      'interface A {}\n\nexport default A;',
      ['A 1-1', 'default 1-1 3-3'],
    ],
    [
      'a class and what merges with it',
      'class A {}\n\nnamespace A {\n  type B = 1;\n}',
      ['A 1-1 3-5', 'A.B 4-4'],
    ],
    ['another name for a type', 'interface A {}\n\nexport { A as B, A };', ['A 1-1', 'B 1-1 3-3']],
    ['a default', 'export default interface A {}', ['A 1-1']],
    ['a default without a name', 'export default class {}', ['default 1-1']],
    ['a global declaration', 'declare global {\n  interface Window {}\n}', ['Window 2-2']],
    ['an import by assignment', "import A = require('a');", ['A 1-1']],
    ['nothing it can name', "export * from './x';\nimport './y';\ndeclare module 'z' {}", []],
    ['only comments', '// interface A {}\n/* type B = 1 */', []],
  ])('are found in %s', (_, source, places) => {
    expect(placesOf(source)).toEqual(places);
  });

  it('begin at their first word, not at the comment above', () => {
    const { types } = parseSharedTypes('/** Why. */\nexport interface A {\n  x: 1;\n}\n', FILE);
    expect(types.get('A')).toEqual({
      name: 'A',
      ranges: [{ start: 2, end: 4 }],
      text: 'export interface A {\n  x: 1;\n}',
    });
  });

  it('change with the file that an imported one comes from', () => {
    const texts = ['./x', './y'].map(
      (from) =>
        parseSharedTypes(`import { A } from '${from}';\nexport { A };`, FILE).types.get('A')?.text,
    );
    expect(texts[0]).toBe("A from './x'\nA");
    expect(texts[1]).not.toBe(texts[0]);
  });

  it('may be in statements that name nothing, which are told apart', () => {
    const source = "export * from './a';\n\ndeclare module 'b' {\n  interface C {}\n}\n";
    expect(parseSharedTypes(source, FILE).unread).toEqual([
      { line: 1, text: "export * from './a'" },
      { line: 3, text: "declare module 'b'" },
    ]);
  });

  it('read the same with Windows line ends and a byte order mark', () => {
    const source = 'interface A {\n  x: 1;\n}\n';
    expect(parseSharedTypes(`\uFEFF${source.replaceAll('\n', '\r\n')}`, FILE)).toEqual(
      parseSharedTypes(source, FILE),
    );
  });
});

describe('a file that does not parse', () => {
  it('is a problem with its line', () => {
    const { problems } = parseSharedTypes('type A = 1;\ninterface {', FILE);
    expect(problems).toEqual([
      expect.objectContaining({
        file: FILE,
        line: 2,
        message: expect.stringMatching(/^The shared types cannot be parsed: /),
      }),
    ]);
  });

  it('keeps the types around an error that can be passed over', () => {
    const { types, problems } = parseSharedTypes('let a = 1;\nlet a = 2;\ninterface B {}', FILE);
    expect(problems.map(({ line }) => line)).toEqual([2]);
    expect(types.has('B')).toBe(true);
  });

  it('tells only its first error where it is long, since each costs a stack trace', () => {
    const { problems } = parseSharedTypes('let a;\n'.repeat(150_000), FILE);
    expect(problems.map(({ line }) => line)).toEqual([2]);
  });

  it('may hand on one type under more names than anybody would', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `export { A as B${index} };`);
    const { problems } = parseSharedTypes('interface A {}\n\n'.repeat(5000) + names.join(''), FILE);
    expect(problems.map(({ message }) => message)).toEqual([
      'The aliases stand for more than 100000 declarations.',
    ]);
  });

  it('may be nested beyond what a parser bears', () => {
    const depth = 50_000;
    const { problems } = parseSharedTypes(
      `type A = ${'['.repeat(depth)}${']'.repeat(depth)};`,
      FILE,
    );
    expect(problems).toHaveLength(1);
  });

  it('never ends in an exception', () => {
    const words = [
      'interface ',
      'type ',
      'A',
      '{',
      '}',
      '=',
      ';',
      'export ',
      'namespace ',
      'declare ',
      'enum ',
      '@x ',
      '"',
      '`',
      '/*',
      '\n',
      '<',
      '>',
      '(',
      ')',
      'default ',
    ];
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, anyText()), (source) => {
        expect(parseSharedTypes(source, FILE).types).toBeInstanceOf(Map);
      }),
    );
  });
});
