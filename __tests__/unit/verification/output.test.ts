import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBoundedText } from '../../../src/verification/bounded-text.ts';
import { createOutputStream, lastLines } from '../../../src/verification/output-stream.ts';

const ENCODER = new TextEncoder();

function through(secrets: readonly string[], chunks: readonly Uint8Array[]): string {
  const stream = createOutputStream(secrets);
  return chunks.map((chunk) => stream.push(chunk)).join('') + stream.end();
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  const ordered = places.sort((a, b) => a - b);
  return ordered.slice(1).map((end, index) => bytes.slice(ordered[index], end));
}

describe('createOutputStream', () => {
  it.each([
    ['in one piece', ['the secret is s3cr3t-canary.\n']],
    ['split by chunks', ['the secret is s3c', 'r3t-can', 'ary.\n']],
    ['split by colours', ['the secret is s3c\u001b[31mr3t-\u001b[0mcanary.\n']],
    ['split by both', ['the secret is s3c\u001b', '[31mr3t-\u001b[0', 'mcanary.\n']],
    ['without an end of line', ['the secret is s3cr3t-canary.']],
  ])('masks a secret %s', (_case, chunks) => {
    const text = through(
      ['s3cr3t-canary'],
      chunks.map((chunk) => ENCODER.encode(chunk)),
    );
    expect(text.trimEnd()).toBe('the secret is ***.');
  });

  it('masks the longer of two secrets, and each line of one that has several', () => {
    const secrets = ['abc', 'abcdef', 'first line\nsecond line'];
    const output = 'abcdef abc\nfirst line\nsecond line\n';
    expect(through(secrets, [ENCODER.encode(output)])).toBe('*** ***\n***\n***\n');
  });

  it('lets no part of a secret through on a line that never ends', () => {
    const filler = 'x'.repeat(1000);
    const chunks = Array.from({ length: 300 }, () => ENCODER.encode(`${filler}top-secret`));
    const text = through(['top-secret'], chunks);
    expect(text).toBe(`${filler}***`.repeat(300));
  });

  it('gives the same text however the bytes are cut', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), cuts, (text, places) => {
        const bytes = ENCODER.encode(`a${text}sec\u001b[1mret\r\n${text}secret`);
        expect(through(['secret'], cutAt(bytes, places))).toBe(through(['secret'], [bytes]));
      }),
    );
  });

  it('makes text of bytes that are none', () => {
    expect(through([], [Uint8Array.of(0xff, 0x00, 0x41, 0xc3)])).toBe('\ufffdA\ufffd');
  });
});

describe('createBoundedText', () => {
  it('keeps what fits as it is', () => {
    const text = createBoundedText(100);
    text.push('a'.repeat(50));
    text.push('b'.repeat(50));
    expect(text.text()).toBe('a'.repeat(50) + 'b'.repeat(50));
  });

  it('keeps both ends of what does not, and counts the rest', () => {
    const kept = createBoundedText(200_000);
    for (let line = 0; line < 100_000; line += 1) kept.push(`line ${line}\n`);
    const text = kept.text();
    expect(text.length).toBeLessThan(400_000);
    expect(text.startsWith('line 0\n')).toBe(true);
    expect(text.endsWith('line 99999\n')).toBe(true);
    const left = Number(/… (\d+) characters/.exec(text)?.[1]);
    const total = Array.from({ length: 100_000 }, (_, line) => `line ${line}\n`).join('').length;
    expect(text.length - `\n… ${left} characters are left out here …\n`.length + left).toBe(total);
  });
});

describe('lastLines', () => {
  it.each([
    ['the last lines', 'a\nb\nc\n\n', 2, 100, 'b\nc'],
    ['whole lines only', 'aaaa\nbbbb\ncc', 9, 5, 'cc'],
    ['the end of a single line', 'aaaabbbb', 9, 4, 'bbbb'],
    ['nothing of nothing', '\n\n', 9, 4, ''],
  ])('gives %s', (_case, text, lines, length, expected) => {
    expect(lastLines(text, lines, length)).toBe(expected);
  });
});
