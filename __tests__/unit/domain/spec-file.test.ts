import { describe, expect, it } from '@jest/globals';

import { decodeSpecFile, specFileOf } from '../../../src/domain/spec-file.ts';

function bytesOf(text: string, encoding: BufferEncoding = 'utf8'): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}

const PROMPTS = '# Prompts\n\n## Prompt 1: Plex\n';

describe('the bytes of a file', () => {
  it.each([
    ['plain letters', 'Prompt 1', 'Prompt 1'],
    ['letters of every script', 'Übung 日本語 🎉\r\n', 'Übung 日本語 🎉\r\n'],
    ['a byte order mark', '\uFEFFPrompt 1', 'Prompt 1'],
    ['the replacement character, written on purpose', 'a \uFFFD b', 'a \uFFFD b'],
    ['nothing', '', ''],
  ])('are its text where they are UTF-8 with %s', (_, written, text) => {
    expect(decodeSpecFile(bytesOf(written))).toEqual({ kind: 'text', text });
  });

  it.each([
    [
      'UTF-16 with its mark',
      bytesOf(`\uFEFF${PROMPTS}`, 'utf16le'),
      null,
      'is UTF-16 text, not UTF-8.',
    ],
    ['UTF-16 without its mark', bytesOf(PROMPTS, 'utf16le'), null, 'is UTF-16 text, not UTF-8.'],
    [
      'UTF-16 of the other order',
      bytesOf(`\uFEFF${PROMPTS}`, 'utf16le')
        .slice()
        .map((_, index, all) => all[index ^ 1] ?? 0),
      null,
      'is UTF-16 text, not UTF-8.',
    ],
    [
      'Latin-1 on the third line',
      bytesOf('a\nb\ncafé\n', 'latin1'),
      3,
      'holds bytes that are not UTF-8.',
    ],
    [
      'a cut character at the end',
      bytesOf('a\nü').slice(0, -1),
      2,
      'holds bytes that are not UTF-8.',
    ],
    [
      'a surrogate',
      new Uint8Array([0x61, 0x0a, 0xed, 0xa0, 0x80]),
      2,
      'holds bytes that are not UTF-8.',
    ],
    [
      'a picture',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d, 0xff]),
      null,
      'is binary, not text.',
    ],
    ['a zero in the text', bytesOf('a\nb\0'), 2, 'is binary, not text.'],
    ['five million letters', new Uint8Array(5_000_000).fill(0x61), null, 'is larger than 4 MiB.'],
  ])('cannot be read as text where they are %s', (_, bytes, line, message) => {
    expect(decodeSpecFile(bytes)).toEqual({
      kind: 'unreadable',
      line,
      message,
      fix: expect.stringMatching(/\.$/),
    });
  });
});

describe('a text that was decoded elsewhere', () => {
  it('may be missing, too long or hold a zero', () => {
    expect(specFileOf('a')).toEqual({ kind: 'text', text: 'a' });
    expect(specFileOf(null)).toEqual({ kind: 'missing' });
    expect(specFileOf('a\0')).toMatchObject({ kind: 'unreadable', line: 1 });
    expect(specFileOf('a'.repeat(5_000_000))).toMatchObject({ kind: 'unreadable', line: null });
  });
});
