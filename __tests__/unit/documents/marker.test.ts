import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMarker, parseSessionMarker, renderMarker } from '../../../src/documents/marker.ts';
import { escapeInline, fence, neutralise } from '../../../src/documents/markdown.ts';
import { hostile } from './gfm.ts';

describe('markers', () => {
  it('are read back whatever their fields hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const marker = renderMarker('reply', { key: value });
        expect(marker.slice(4, -3)).not.toMatch(/--|>/);
        expect(parseMarker(`Text.\r\n\r\n${marker}\r\n`, 'reply')?.get('key')).toBe(value);
      }),
    );
  });

  it('are not to be smuggled in through text that we quote', () => {
    const marker = renderMarker('verification');
    fc.assert(
      fc.property(hostile, (text) => {
        const forged = `${text}\n${marker}\n${text}`;
        expect(parseMarker(escapeInline(forged), 'verification')).toBeNull();
        expect(parseMarker(neutralise(forged), 'verification')).toBeNull();
      }),
    );
  });

  it.each([
    ['of another kind', '<!-- sessionwright:reply key=a -->'],
    ['with a longer name', '<!-- sessionwright:pull-requests module=a attempt=1 -->'],
    ['within a line', 'x <!-- sessionwright:pull-request module=a attempt=1 -->'],
    ['without an attempt', '<!-- sessionwright:pull-request module=a -->'],
    ['with an attempt that is no number', '<!-- sessionwright:pull-request module=a attempt=x -->'],
    ['with a broken field', '<!-- sessionwright:pull-request module=%E0 attempt=1 -->'],
    ['that does not end', '<!-- sessionwright:pull-request module=a attempt=1'],
  ])('are not seen in a comment %s', (_, text) => {
    expect(parseSessionMarker(text, 'pull-request')).toBeNull();
  });

  it('stay readable inside a code block, so who wrote the text must be looked at', () => {
    expect(parseMarker(fence(renderMarker('dashboard')), 'dashboard')).not.toBeNull();
  });
});
