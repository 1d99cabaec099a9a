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

  it('leaves nothing live in text without code, read as source or with its backslashes dropped', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const source = neutralise(text.replace(/[`~]/g, ''));
        const shown = source.replace(/\\([!-/:-@[-`{-~])/g, '$1');
        for (const live of LIVE_REFERENCES) {
          expect(source).not.toMatch(live);
          expect(shown).not.toMatch(live);
        }
        expect(source).not.toMatch(/<[a-z!/?]|&#?[a-z0-9]+;|\]\(|\]:|\]\[/i);
      }),
    );
  });

  it('leaves nothing live beside code spans, however they are nested and crossed', () => {
    const piece = fc.constantFrom('`', '``', '@octocat', '#1', '<b>', 'a', ' ', '\n', '\\', '\n\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const paragraphs = neutralise(pieces.join('').replace(/`{3,}/g, '``')).split(/\n\s*\n/);
        const seen = paragraphs.map((one) => visible(parseInline(one), ['text', 'markup']));
        expect(seen.join('\n')).not.toMatch(/@octocat|#1|<b>/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a span', 'See `Result<IMediaItem[]>` of `@acme/api`.'],
    ['a span of several backticks', 'See `` a`<b> `` here'],
    ['a span in a table’s cell', '| Type | `Map<string, T>` |'],
    ['a fence', '```ts\nimport a from "@acme/api"; // see #1\n```'],
    ['a fence of tildes around one of backticks', '~~~\n```\n@octocat\n~~~'],
  ])('leaves %s to be copied', (_, text) => {
    expect(neutralise(text)).toBe(text);
  });

  it.each([
    ['a span that an earlier line opens', 'a ` b\nc `@octocat` d'],
    ['a backtick that is escaped', '\\`@octocat`'],
    ['runs of unlike length', '``@octocat`'],
    ['a cell that ends within the span', '| a |\n| - |\n| `a | @octocat` |'],
    ['a formula that takes in a backtick', '$a ` b$ @octocat ` c'],
    ['a formula that an earlier line opens', '$a\n`b$ c` d `@octocat`'],
    ['a block of formulas', '$$\na ` b\n\n$$\n`@octocat`'],
    ['a fence that is indented', ' ```\n```\n@octocat'],
    ['a fence in a list', '- a\n  ```\n@octocat'],
    ['a fence in a quote', '> ```\n@octocat'],
    ['a fence whose info has a backtick', '``` a`b\n@octocat'],
    ['a fence that an indented line ends', '```\na\n  ```\n@octocat'],
    ['a fence that has ended', '```\na\n```\n@octocat'],
    ['a block that GitHub draws', '```mermaid\nclick A href "@octocat"\n```'],
  ])('takes %s for text', (_, text) => {
    expect(neutralise(text)).toContain(`@${ZWSP}octocat`);
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
