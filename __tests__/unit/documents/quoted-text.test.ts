import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  codeSpan,
  details,
  escapeCell,
  escapeInline,
  fence,
  quote,
  reveal,
  table,
} from '../../../src/documents/markdown.ts';
import { hostile, LIVE_REFERENCES } from './gfm.ts';
import { liveText, nodesOf } from './syntax-tree.ts';

const HIDDEN = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

function typesOf(markdown: string): readonly string[] {
  return nodesOf(markdown).map(({ type }) => type);
}

function expectInert(markdown: string): void {
  const live = liveText(markdown);
  for (const reference of LIVE_REFERENCES) expect(live).not.toMatch(reference);
  expect(markdown).not.toMatch(HIDDEN);
  expect(markdown).not.toContain('\u0000');
}

describe('as GitHub’s dialect parses it, hostile text', () => {
  it('in a fence is one code node that holds it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [root, code, ...more] = nodesOf(`${fence(text, 'text')}\n`);
        expect([root?.type, code?.type, more]).toEqual(['root', 'code', []]);
        expect(code).toMatchObject({ lang: 'text', value: reveal(text).trimEnd() });
      }),
    );
  });

  it('in a folded section is one code node between the two ends of it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const types = typesOf(details(text, fence(text)));
        expect(types).toEqual(['root', 'html', 'code', 'html']);
      }),
    );
  });

  it('in a code span is one span, in a cell too', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        if (span.startsWith('`')) {
          expect(typesOf(`a ${span} b`)).toEqual([
            'root',
            'paragraph',
            'text',
            'inlineCode',
            'text',
          ]);
        }
        const types = typesOf(table(['A', 'B'], [[span, 'b']]));
        expect(types.filter((type) => type === 'tableCell')).toHaveLength(4);
        expectInert(span);
      }),
    );
  });

  it('in a line is text and code, and reaches nobody', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const markdown of [`- ${escapeInline(text)}`, `**a** ${escapeInline(text)}`]) {
          const kinds = ['root', 'list', 'listItem', 'paragraph', 'strong', 'text', 'inlineCode'];
          const allowed = escapeInline(text).includes('<code>') ? [...kinds, 'html'] : kinds;
          expect(typesOf(markdown).filter((type) => !allowed.includes(type))).toEqual([]);
          expectInert(markdown);
        }
      }),
    );
  });

  it('in a cell ends neither cell nor row', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const row = [escapeCell(one), escapeCell(other)];
        const markdown = table(['A', 'B'], [row, ['c', 'd']]);
        const cells = typesOf(markdown).filter((type) => type === 'tableCell');
        expect(cells).toHaveLength(6);
        expectInert(markdown);
      }),
    );
  });

  it('in a quotation stays there and reaches nobody', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nodes = nodesOf(`before\n\n${quote(text)}\n\n## after\n`);
        const [root] = nodes;
        const blocks = root?.type === 'root' ? root.children.map(({ type }) => type) : [];
        expect(blocks).toEqual(['paragraph', 'blockquote', 'heading']);
        expect(
          nodes.filter(({ type }) => /^(?:html|link|image|definition|footnote)/.test(type)),
        ).toEqual([]);
        expectInert(quote(text));
      }),
    );
  });
});
