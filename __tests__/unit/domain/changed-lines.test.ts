import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { countChangedLines } from '../../../src/domain/changed-lines.ts';

describe('the lines that a change puts in and takes out', () => {
  it.each([
    ['nothing', 'a\nb\n', 'a\nb\n', 0, 0],
    ['no more than the last line end', 'a\nb\n', 'a\nb', 0, 0],
    ['no more than the kind of line ends', 'a\r\nb\r\n', 'a\nb\n', 0, 0],
    ['a line in the middle', 'a\nb\nc', 'a\nx\nc', 1, 1],
    ['a line that moves', 'a\nb\nc\nd', 'd\na\nb\nc', 1, 1],
    ['everything from nothing', '', 'a\nb', 2, 0],
    ['everything to nothing', 'a\nb', '', 0, 2],
    ['an empty line', 'a', 'a\n\nb', 2, 0],
    ['one of two equal lines', 'a\na\nb', 'a\nb', 0, 1],
  ])('are counted where it changes %s', (_, before, after, added, removed) => {
    expect(countChangedLines(before, after)).toEqual({ added, removed });
  });

  it('lead from the one length to the other, and back again the other way round', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lengthOf = (lines: string): number => lines.split('\n').length;
        const { added, removed } = countChangedLines(before, after);
        expect(added - removed).toBe(lengthOf(after) - lengthOf(before));
        expect(countChangedLines(after, before)).toEqual({ added: removed, removed: added });
      }),
    );
  });

  it('are those from the first difference to the last where two long texts share next to nothing', () => {
    const lines = (count: number, word: string): string =>
      Array.from({ length: count }, (_, index) => `${word} ${index}`).join('\n');
    const [before, after] = [lines(40_000, 'old'), lines(50_000, 'new')];
    expect(countChangedLines(`same\n${before}\nend`, `same\n${after}\nend`)).toEqual({
      added: 50_000,
      removed: 40_000,
    });
  });
});
