import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTerminalFilter, plainText } from '../../../src/domain/terminal-text.ts';

describe('plainText', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['colours with a colon', '\u001b[38:5:1mred', 'red'],
    ['eight-bit sequences', '\u009b31mred', 'red'],
    ['links', '\u001b]8;;https://a.b\u0007text\u001b]8;;\u001b\\', 'text'],
    ['character sets', '\u001b(Btext', 'text'],
    ['a sequence within a sequence', '\u001b[3\u001b[31mred', 'red'],
    ['control characters', 'a\u0000b\u0008c\u007fd', 'abcd'],
    ['carriage returns', '10%\r20%\r\ndone\r\n', '10%\n20%\ndone\n'],
    ['a link that never ends', '\u001b]8;;x\nnext', '\nnext'],
    ['tabs', 'a\tb', 'a\tb'],
  ])('takes %s out', (_case, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('reads on after a string that is longer than any link', () => {
    expect(plainText(`\u001b]${'x'.repeat(10_000)}`).length).toBeGreaterThan(5000);
  });
});

describe('createTerminalFilter', () => {
  it('gives the same text however the chunks fall', () => {
    const piece = fc.constantFrom('a', '\n', '\r', '\u001b', '[', ']', '3', 'm', '\u0007', '\\');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const filter = createTerminalFilter();
        const together = pieces.map((text) => filter.push(text)).join('');
        expect(together).toBe(plainText(pieces.join('')));
      }),
    );
  });
});
