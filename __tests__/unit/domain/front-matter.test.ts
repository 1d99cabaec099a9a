import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFrontMatter, renderFrontMatter } from '../../../src/domain/front-matter.ts';
import { jsonText } from '../../../src/domain/json-text.ts';
import { anyText } from '../../support/any-text.ts';

function valuesOf(text: string): Record<string, string> | null {
  const fields = parseFrontMatter(text.split('\n'))?.fields;
  return fields === undefined
    ? null
    : Object.fromEntries([...fields].map(([key, { value }]) => [key, value]));
}

describe('parseFrontMatter', () => {
  it.each([
    ['a word', 'a: b', { a: 'b' }],
    ['a line of words', 'a: b: c, [d] {e}', { a: 'b: c, [d] {e}' }],
    ['a value in double quotes', 'a: "b # \\"c\\" \\u0041" # d', { a: 'b # "c" A' }],
    ['an escape that only YAML knows', 'a: "\\x41"', { a: '\\x41' }],
    ['a value in single quotes', "a: 'it''s' # d", { a: "it's" }],
    ['a comment behind a value', 'a: b#c # d', { a: 'b#c' }],
    ['nothing but a comment', 'a: # d', { a: '' }],
    ['no value', 'a:', { a: '' }],
    ['a list', 'a:\n  - b\n  - c\nd: e', { a: '- b\n- c', d: 'e' }],
    ['a list that is not indented', 'a:\n- b', { a: '- b' }],
    ['blank lines and comments', '# x\n\na: b\n  # y\n', { a: 'b' }],
    ['a key twice', 'a: b\na: c\n  d', { a: 'b' }],
    [
      'an alias and a tag, which stay text',
      'a: &x !!js/function b\nc: *x',
      {
        a: '&x !!js/function b',
        c: '*x',
      },
    ],
    [
      'keys of every object',
      '__proto__: a\nconstructor: b',
      { ['__proto__']: 'a', constructor: 'b' },
    ],
    ['nothing at all', '', {}],
  ])('reads %s', (_case, text, values) => {
    expect(valuesOf(`---\n${text}\n---\nBody`)).toEqual(values);
    expect(valuesOf(`---\r\n${text.replaceAll('\n', '\r\n')}\r\n...\r\nBody`)).toEqual(values);
  });

  it.each([
    ['begins otherwise', '\n---\na: b\n---'],
    ['never ends', '---\na: b\n'],
    ['holds a sentence', '---\nA rule.\n---'],
    ['holds a key without a blank behind its colon', '---\na:b\n---'],
    ['holds a heading of its own', '---\na: b\n===\n---'],
    ['holds a line that is no metadata for its length', `---\na: ${'b'.repeat(3_000)}\n---`],
  ])('is null where the file %s', (_case, text) => {
    expect(valuesOf(text)).toBeNull();
  });

  it('knows where each key stands and how many lines there are', () => {
    const found = parseFrontMatter(['---', '', 'a: b', '# c', 'd: e', '---', 'f: g']);
    expect([found?.fields.get('a')?.line, found?.fields.get('d')?.line]).toEqual([3, 5]);
    expect(found?.length).toBe(6);
  });

  it('takes no longer for lines made to slow it down', () => {
    const bombs = [
      `a: ${' '.repeat(1_900)}x`,
      `a: "${'\\'.repeat(1_900)}`,
      `a: ${"''".repeat(900)}`,
    ];
    const lines = Array.from({ length: 20_000 }, (_, at) => `  ${bombs[at % 3] ?? ''}`);
    expect(parseFrontMatter(['---', 'a:', ...lines, '---'])?.fields.size).toBe(1);
  });

  it('reads back what was rendered, whatever the values', () => {
    const value = fc.oneof(
      fc.string(),
      anyText(),
      fc.constantFrom('a # b', '- ', '---', '*a', '@b', 'x\n---\ny: z', '\u202E\u2028'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Za-z][\w-]{0,20}$/), value), (fields) => {
        const text = renderFrontMatter(Object.entries(fields));
        expect(text.split('\n')).toHaveLength(Object.keys(fields).length + 2);
        expect(valuesOf(text)).toEqual({ ...fields });
      }),
    );
  });
});

describe('jsonText', () => {
  it('is read back, and shows every character that it holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.constant('\u202E\u200B\u{E0041}\uD800')), (text) => {
        expect(JSON.parse(jsonText(text))).toBe(text);
        expect(jsonText(text)).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
        );
      }),
    );
  });
});
