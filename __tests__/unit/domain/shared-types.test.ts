import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { parseSharedTypes } from '../../../src/domain/shared-types.ts';

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
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (source) => {
        expect(parseSharedTypes(source, FILE).types).toBeInstanceOf(Map);
      }),
    );
  });
});
