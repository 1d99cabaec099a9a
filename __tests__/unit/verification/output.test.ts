import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBoundedBytes } from '../../../src/verification/bounded-bytes.ts';
import { boundLines } from '../../../src/verification/bounded-lines.ts';
import { maskBeginning, maskText } from '../../../src/verification/line-masker.ts';
import {
  cleanText,
  createOutputStream,
  lastLines,
} from '../../../src/verification/output-stream.ts';

const ENCODER = new TextEncoder();

function through(secrets: readonly string[], chunks: readonly Uint8Array[]): string {
  const stream = createOutputStream(secrets);
  const pieces = chunks.map((chunk) => Buffer.from(stream.push(chunk)));
  return Buffer.concat([...pieces, Buffer.from(stream.end())]).toString();
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

describe('cleanText', () => {
  it('does to a whole what the stream does to its pieces', () => {
    expect(cleanText(ENCODER.encode('a\u001b[1mb\u001b[0m secret\r\nsecret'), ['secret'])).toBe(
      'ab ***\n***',
    );
  });
});

describe('maskText', () => {
  it.each([
    ['nothing where there are no secrets', 'plain', [], 'plain'],
    ['every place', 'key, key and keykey', ['key'], '***, *** and ******'],
    ['what overlaps, once', 'aXbXc', ['aXb', 'bXc'], '***Xc'],
    ['text that is not ASCII', 'naïve – “geheim” ✓', ['“geheim”'], 'naïve – *** ✓'],
  ])('replaces %s', (_case, text, secrets, expected) => {
    expect(maskText(text, secrets)).toBe(expected);
  });
});

describe('maskBeginning', () => {
  it.each([
    ['a text that was cut within a secret', 'is s3cr3t-c…', 'is ***…'],
    ['one that says nothing of a cut', 'is s3cr3t-c', 'is ***'],
    ['one that ends with the beginnings of two', 'is s3cr3t…', 'is ***…'],
    ['too little of a secret to tell of it', 'is s3c…', 'is s3c…'],
    ['what only looks like one', 'is s3cr3t-c, it says…', 'is s3cr3t-c, it says…'],
    ['nothing', '', ''],
  ])('masks at its end %s', (_case, text, expected) => {
    expect(maskBeginning(text, ['3t-or-what', 's3cr3t-canary', '3t-canary'])).toBe(expected);
  });
});

describe('createBoundedBytes', () => {
  it('keeps more of a text whose beginning is worth it, and of no other', () => {
    const widening = { limitBytes: 40, isWorth: (text: string) => text.startsWith('{') };
    for (const [beginning, kept] of [
      ['{', 40],
      ['a', 20],
    ] as const) {
      const whole = createBoundedBytes(20, widening);
      const cut = createBoundedBytes(20, widening);
      whole.push(ENCODER.encode(beginning.padEnd(kept, 'x')));
      for (const character of beginning.padEnd(kept + 1, 'x')) cut.push(ENCODER.encode(character));
      expect([whole.text(), whole.isCut()]).toEqual([beginning.padEnd(kept, 'x'), false]);
      expect([cut.text().includes('1 bytes are left out'), cut.isCut()]).toEqual([true, true]);
    }
  });

  it('keeps what fits as it is', () => {
    const text = createBoundedBytes(100);
    text.push(ENCODER.encode('a'.repeat(50)));
    text.push(ENCODER.encode('b'.repeat(50)));
    expect(text.text()).toBe('a'.repeat(50) + 'b'.repeat(50));
  });

  it('keeps both ends of what does not, and counts the rest', () => {
    const kept = createBoundedBytes(200_000);
    let total = 0;
    for (let line = 0; line < 100_000; line += 1) {
      const bytes = ENCODER.encode(`line ${line}\n`);
      total += bytes.length;
      kept.push(bytes);
    }
    const text = kept.text();
    expect(text.startsWith('line 0\n')).toBe(true);
    expect(text.endsWith('line 99999\n')).toBe(true);
    const [gap = '', left = ''] = /\n… (\d+) bytes are left out here …\n/.exec(text) ?? [];
    expect(text.length - gap.length).toBe(200_000);
    expect(Number(left)).toBe(total - 200_000);
  });

  it('cuts no character in two', () => {
    for (let limit = 8; limit < 40; limit += 1) {
      const kept = createBoundedBytes(limit);
      for (const piece of ['aé', '€', '😀', 'é'.repeat(40), '😀', '€'])
        kept.push(ENCODER.encode(piece));
      expect(kept.text()).not.toContain('\ufffd');
    }
  });

  it('keeps the same however the bytes are cut', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 8 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), cuts, (bytes, places) => {
        const [whole, pieces] = [createBoundedBytes(40), createBoundedBytes(40)];
        whole.push(bytes);
        for (const piece of cutAt(bytes, places)) pieces.push(piece);
        expect(pieces.text()).toBe(whole.text());
      }),
    );
  });
});

describe('boundLines', () => {
  it.each([
    ['all where they fit', 'a\nb\nc\nd\n', 4, 'a\nb\nc\nd\n'],
    ['the first and the last', 'a\nb\nc\nd\ne\nf', 4, 'a\nb\n… 2 lines are left out here …\ne\nf'],
    ['empty ones too', '\n'.repeat(1000), 4, '\n\n… 996 lines are left out here …\n\n\n'],
    ['one that never ends', 'x'.repeat(1000), 4, 'x'.repeat(1000)],
    ['nothing of nothing', '', 4, ''],
  ])('keeps %s', (_case, text, limit, expected) => {
    expect(boundLines(text, limit)).toBe(expected);
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
