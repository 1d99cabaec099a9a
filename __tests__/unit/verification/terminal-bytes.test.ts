import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from '../../../src/domain/terminal-text.ts';
import { createTerminalBytes } from '../../../src/verification/terminal-bytes.ts';

function plainBytes(chunks: readonly Uint8Array[]): string {
  const filter = createTerminalBytes();
  return Buffer.concat(chunks.map((chunk) => Buffer.from(filter.push(chunk)))).toString();
}

/** What makes or breaks a sequence, in one, two and three bytes; a text's filter knows a fourth as two halves. */
const PIECE = fc.constantFrom(
  ...['a', '\n', '\r', '\t', '\u001b', '[', ']', '(', '3', 'm', '\u0007', '\\', '\u0000'],
  ...['\u009b', '\u009d', '\u0085', '\u00a0', '\u00bf', 'é', '€'],
);

describe('createTerminalBytes', () => {
  it('leaves of bytes what the filter of texts leaves of their text', () => {
    fc.assert(
      fc.property(fc.array(PIECE), (pieces) => {
        const text = pieces.join('');
        expect(plainBytes([Buffer.from(text)])).toBe(plainText(text));
      }),
    );
  });

  it('does so wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(PIECE), fc.integer({ min: 1, max: 3 }), (pieces, size) => {
        const bytes = Buffer.from(pieces.join(''));
        const count = Math.ceil(bytes.length / size);
        const chunks = Array.from({ length: count }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(plainBytes(chunks)).toBe(plainText(pieces.join('')));
      }),
    );
  });

  it('takes no byte that is part of a character for a control character', () => {
    const text = 'ě [31m – ț ƛ 蛛';
    expect(plainBytes([Buffer.from(text)])).toBe(text);
  });

  it('takes a character of four bytes out of a sequence as one', () => {
    expect(plainBytes([Buffer.from('a\u001b😀b😀')])).toBe('ab😀');
  });

  it('lets bytes that are no UTF-8 be', () => {
    expect([...createTerminalBytes().push(Uint8Array.of(0xff, 0x00, 0x9b, 0x41, 0xc3))]).toEqual([
      0xff, 0x41, 0xc3,
    ]);
  });
});
