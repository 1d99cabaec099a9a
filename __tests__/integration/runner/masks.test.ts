import { describe, expect, it } from '@jest/globals';
import { createMasker } from '../../../simulator/runner/masks.ts';

describe('a masker', () => {
  const cases: readonly (readonly [string, readonly string[], string, string])[] = [
    ['hides a value wherever it stands', ['s3cret'], 'a s3cret, s3cret!', 'a ***, ***!'],
    ['hides each line of a value', ['first line\nsecond line'], 'x second line', 'x ***'],
    ['hides the base64 of a value', ['s3cretvalue'], btoa('s3cretvalue'), '***'],
    ['hides the URI form of a value', ['a&b=c'], 'x?y=a%26b%3Dc', 'x?y=***'],
    ['hides the JSON form of a value', ['say "hi"'], '{"x":"say \\"hi\\""}', '{"x":"***"}'],
    ['leaves nothing where values overlap', ['abcdef', 'defghi'], '-abcdefghi-', '-***-'],
    ['hides the longer of two with one start', ['abc', 'abcdef'], 'abcdef', '***'],
    ['ignores blank values', ['', '  '], 'a b', 'a b'],
  ];
  it.each(cases)('%s', (_name, values, text, expected) => {
    const masker = createMasker();
    for (const value of values) masker.add(value);
    expect(masker.mask(text)).toBe(expected);
    expect(masker.hides(text)).toBe(text !== expected);
  });

  it('finds a value inside longer base64, whatever its offset', () => {
    const masker = createMasker();
    masker.add('ghs_0123456789abcdef');
    const encoded = ['', 'x', 'xy', 'xyz'].map((prefix) =>
      btoa(`${prefix}ghs_0123456789abcdef and more`),
    );
    expect(encoded.map((text) => masker.hides(text))).toEqual([true, true, true, true]);
  });
});
