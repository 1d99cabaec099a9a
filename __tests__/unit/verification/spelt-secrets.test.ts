import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskSpelt } from '../../../src/verification/spelt-secrets.ts';

function everyUnit(text: string): string {
  return [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}

describe('a secret that a format spells in its own way', () => {
  it.each([
    ['by escapes of JSON', '{"m":"is s3cr\\u0033t\\u002dcanary."}', '{"m":"is ***."}'],
    ['by escapes in capitals', '"s3cr3t\\u002Dcanary"', '"***"'],
    ['by decimal references of XML', '<a>s3cr3t&#45;can&#0097;ry</a>', '<a>***</a>'],
    ['by hexadecimal references of XML', '<a>s3cr3t&#x2D;canary</a>', '<a>***</a>'],
    ['twice', 's3cr3t&#45;canary \\ s3cr3t-canary', '*** \\ ***'],
    ['in part', 's3cr3t\\u002dcan', 's3cr3t\\u002dcan'],
  ])('is masked where it is spelt %s', (_case, text, expected) => {
    expect(maskSpelt(text, ['s3cr3t-canary'])).toBe(expected);
  });

  it('is masked line by line where it has several', () => {
    const text = '{"m":"first&quot;line\\nsec\\u006fnd line"}';
    expect(maskSpelt(text, ['first"line\nsecond line'])).toBe('{"m":"***\\n***"}');
  });

  it('is masked whatever its characters are', () => {
    const secret = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `${text}x`.trim());
    fc.assert(
      fc.property(secret, (text) => {
        expect(maskSpelt(`\\ ${JSON.stringify(text)}`, [text])).toBe('\\ "***"');
        expect(maskSpelt(`"${everyUnit(text)}"`, [text])).toBe('"***"');
      }),
    );
  });
});
