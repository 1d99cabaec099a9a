import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { details, fence } from '../../../src/documents/markdown.ts';
import { BODY_LIMIT, truncate } from '../../../src/documents/truncate.ts';
import { fencedLines, hostile } from './gfm.ts';

const POINTER = 'The rest is elsewhere.';

describe('truncate', () => {
  it('leaves what fits as it is', () => {
    expect(truncate('a\nb', 3, POINTER)).toBe('a\nb');
    expect(truncate('a'.repeat(BODY_LIMIT), BODY_LIMIT, POINTER)).toHaveLength(BODY_LIMIT);
  });

  it('cuts after a whole line and points to the whole', () => {
    const cut = truncate('0123456789\n'.repeat(100), 500, POINTER);
    expect(cut.length).toBeLessThanOrEqual(500);
    expect(cut.endsWith(`0123456789\n\n${POINTER}`)).toBe(true);
  });

  it('closes the block and the folded section that the cut left open', () => {
    const cut = truncate(details('Log', fence('line\n'.repeat(500), 'text')), 1_000, POINTER);
    expect(cut.endsWith(`line\n\`\`\`\n\n</details>\n\n${POINTER}`)).toBe(true);
  });

  it('never splits a character', () => {
    for (let limit = 200; limit < 210; limit += 1) {
      expect(truncate('😀'.repeat(200), limit, POINTER)).not.toMatch(/\p{Cs}/u);
    }
  });

  it('keeps the limit and the fence whatever the log holds', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 20, maxLength: 60 }), (logs) => {
        const block = fence(logs.join('\n'), 'text');
        const cut = truncate(block, 400, POINTER);
        const lines = cut.split('\n');
        expect(cut.length).toBeLessThanOrEqual(Math.max(400, 0));
        if (block.length > 400) expect(fencedLines(lines)).toBe(lines.length - 2);
      }),
    );
  });
});
