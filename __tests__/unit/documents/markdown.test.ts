import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bulletList,
  codeSpan,
  details,
  escapeCell,
  escapeInline,
  fence,
  neutralise,
  plainLine,
  quote,
  reveal,
  table,
} from '../../../src/documents/markdown.ts';
import { cellsOf, fencedLines, hostile, LIVE_REFERENCES, parseInline, visible } from './gfm.ts';

const ZWSP = '\u200B';
const unbroken = (text: string): string => text.replaceAll(ZWSP, '');

describe('escapeInline', () => {
  it.each([
    ['plain words stay as they are', 'All is well.', 'All is well.'],
    ['code stays code', 'Use `_` here', 'Use `_` here'],
    ['a lone backtick is escaped', 'a ` b', 'a \\` b'],
    ['a name with underscores stays readable', 'snake_case_name', 'snake_case_name'],
    ['emphasis is escaped', '*a* _b_ ~c~', '\\*a\\* \\_b\\_ \\~c\\~'],
    [
      'a URL becomes code without the full stop behind it',
      'See https://x.y/z.',
      'See `https://x.y/z`.',
    ],
    ['a mention is broken up', 'cc @octocat', `cc @${ZWSP}octocat`],
    ['a closing keyword loses its number', 'Fixes: acme/x#12', `Fixes: acme/x#${ZWSP}12`],
    ['lines become one', 'a\r\n\n  b', 'a b'],
    ['a list mark at the start opens no list', '- a', '\\- a'],
    ['a number at the start opens no list', '1. a', '1\\. a'],
    ['a heading mark at the start opens no heading', '# a', '\\# a'],
    ['a hidden character shows', 'a\u202Eb', 'a\\[U+202E\\]b'],
    ['an emoji keeps its parts', '❤️ 👩‍🚀', '❤️ 👩‍🚀'],
  ])('%s', (_, text, expected) => {
    expect(escapeInline(text)).toBe(expected);
  });

  it('shows hostile text as it is, as text and code alone', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nodes = parseInline(escapeInline(text));
        const seen = visible(nodes, ['text', 'code', 'markup']);
        expect(nodes.filter(({ kind }) => kind === 'markup')).toEqual([]);
        expect(unbroken(seen).replace(/[`\s]/g, '')).toBe(reveal(text).replace(/[`\s]/g, ''));
      }),
    );
  });

  it('leaves no live reference in the text of it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const seen = visible(parseInline(escapeInline(text)), ['text']);
        for (const live of LIVE_REFERENCES) expect(seen).not.toMatch(live);
      }),
    );
  });

  it('cuts what no line should hold', () => {
    expect(escapeInline('a'.repeat(100_000)).length).toBeLessThan(3_000);
  });
});

describe('table', () => {
  it('keeps its columns whatever its cells hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const rows = table(['A', 'B', 'C'], [[escapeCell(first), codeSpan(second), 'x']]).split(
          '\n',
        );
        expect(rows).toHaveLength(3);
        for (const row of rows) expect(cellsOf(row)).toBe(3);
      }),
    );
  });

  it('shows a dash for an empty cell', () => {
    expect(escapeCell(' \n')).toBe('—');
  });
});

describe('fence', () => {
  it('holds any text in one block', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = fence(text, 'text').split('\n');
        expect(fencedLines(lines)).toBe(lines.length);
      }),
    );
  });

  it('is one longer than the longest run inside', () => {
    expect(fence('a ```` b')).toBe('`````\na ```` b\n`````');
  });

  it('stays short where the text is nothing but backticks', () => {
    const [bounds = ''] = fence('`'.repeat(10_000)).split('\n');
    expect(bounds).toHaveLength(17);
  });
});

describe('neutralise', () => {
  it('changes nothing that shows', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unbroken(neutralise(text))).toBe(reveal(text));
      }),
    );
  });

  it('leaves nothing live, read as source or with its backslashes dropped', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const source = neutralise(text);
        const shown = source.replace(/\\([!-/:-@[-`{-~])/g, '$1');
        for (const live of LIVE_REFERENCES) {
          expect(source).not.toMatch(live);
          expect(shown).not.toMatch(live);
        }
        expect(source).not.toMatch(/<[a-z!/?]|&#?[a-z0-9]+;|\]\(|\]:|\]\[/i);
      }),
    );
  });

  it.each(
    [
      'close',
      'closes',
      'closed',
      'fix',
      'fixes',
      'fixed',
      'resolve',
      'resolves',
      'resolved',
    ].flatMap((keyword) => [
      `${keyword} #1`,
      `${keyword.toUpperCase()}: #1`,
      `${keyword} acme/plex#1`,
      `${keyword} GH-1`,
      `${keyword} https://github.com/acme/plex/issues/1`,
    ]),
  )('%s closes nothing', (text) => {
    for (const live of LIVE_REFERENCES) {
      expect(neutralise(text)).not.toMatch(live);
      expect(visible(parseInline(escapeInline(text)), ['text'])).not.toMatch(live);
    }
  });
});

describe('details', () => {
  it('keeps its summary text, though GitHub reads that line as HTML', () => {
    expect(details('a </summary> <!-- b & @octocat', 'Body.')).toBe(
      `<details>\n<summary>a &lt;/summary&gt; &lt;!-- b &amp; @${ZWSP}octocat</summary>\n\nBody.\n\n</details>`,
    );
  });
});

describe('quote', () => {
  it('marks every line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const line of quote(text).split('\n')) expect(line).toMatch(/^>/);
      }),
    );
  });
});

describe('plainLine', () => {
  it('is one line without live references', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = plainLine(text);
        expect(line).not.toContain('\n');
        for (const live of LIVE_REFERENCES) expect(line).not.toMatch(live);
      }),
    );
  });
});

it('takes megabytes of nothing but marks', () => {
  const bomb = '`|@#'.repeat(500_000);
  expect(escapeInline(bomb).length).toBeLessThan(6_000);
  expect(neutralise(bomb).length).toBeGreaterThan(bomb.length);
  expect(fence(bomb).startsWith('```\n')).toBe(true);
  expect(bulletList(['a', 'b'])).toBe('- a\n- b');
});
