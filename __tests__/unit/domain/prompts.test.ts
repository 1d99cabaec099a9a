import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';

import { headingText } from '../../../src/domain/heading-text.ts';
import { findHeadings } from '../../../src/domain/markdown-headings.ts';
import { parsePrompts, promptLikeLines } from '../../../src/domain/prompts.ts';
import { anyText } from '../../support/any-text.ts';

const FILE = 'prompts.md';

function promptNumbers(markdown: string): readonly number[] {
  return [...parsePrompts(markdown, FILE).prompts.keys()];
}

function slugsOf(markdown: string): readonly string[] {
  return [...parsePrompts(markdown, FILE).prompts.values()].map(({ slug }) => slug);
}

describe('the prompts of a file', () => {
  it('go from their heading to the last line before the next of their rank', () => {
    const markdown =
      '# All\n\n## Prompt 1: A\nfirst\n\n### Notes\nmore\n\n\n## Prompt 2: B\n# Annex\n';
    const { prompts, problems } = parsePrompts(markdown, FILE);
    expect(problems).toEqual([]);
    expect(prompts.get(1)).toEqual({
      number: 1,
      heading: 'Prompt 1: A',
      slug: 'prompt-1-a',
      startLine: 3,
      endLine: 7,
      text: '## Prompt 1: A\nfirst\n\n### Notes\nmore',
    });
    expect(prompts.get(2)).toMatchObject({ startLine: 10, endLine: 10 });
  });

  it.each([
    ['a title', '## Prompt 3: Plex Authentication', [3]],
    ['a dash', '## Prompt 3 — Plex', [3]],
    ['nothing else', '#### Prompt 3', [3]],
    ['markup and other case', '## **PROMPT 12**: `x`', [12]],
    ['a Setext underline', 'Prompt 4: Plex\n---', [4]],
    ['a Setext underline of two lines', 'Prompt 4:\nPlex\n===', [4]],
    ['a closing sequence', '## Prompt 5 ##', [5]],
    ['Windows line ends', '\uFEFF## Prompt 6\r\ntext\r\n', [6]],
    ['no number', '## Prompt', []],
    ['a part of a number', '## Prompt 3.1: part', []],
    ['a number with a letter', '## Prompt 3b', []],
    ['another word', '## Prompts 3', []],
    ['no space after the signs', '##Prompt 3', []],
    ['seven signs', '####### Prompt 3', []],
  ])('are found by a heading with %s', (_, markdown, numbers) => {
    expect(promptNumbers(markdown)).toEqual(numbers);
  });

  it.each([
    ['a fence', '```md\n## Prompt 3\n```'],
    ['a fence of tildes with backticks in it', '~~~\n```\n## Prompt 3\n~~~'],
    ['a fence that is never closed', '````\n```\n## Prompt 3\n'],
    ['a fence in a list', '- item\n\n  ```\n## x\n'.replace('## x', '  ## Prompt 3')],
    ['a comment', '<!--\n## Prompt 3\n-->'],
    ['a comment of one line', '<!-- ## Prompt 3 -->'],
    ['preformatted HTML', '<pre>\n\n## Prompt 3\n\n</pre>'],
    ['an HTML block without a blank line', '<details>\n## Prompt 3\n</details>'],
    ['indented code', 'text\n\n    ## Prompt 3'],
    ['a quotation', '> ## Prompt 3'],
    ['a list item', '- ## Prompt 3'],
    ['front matter', '---\nPrompt 3: x\n---\n'],
    ['a table', '| Prompt 3 |\n|---|\n| x |\n---'],
  ])('are not looked for in %s', (_, markdown) => {
    expect(promptNumbers(markdown)).toEqual([]);
  });

  it.each([
    ['a closed fence', '```\n```\n## Prompt 3'],
    ['a comment that is closed', '<!--\n-->\n## Prompt 3'],
    ['a details tag and a blank line', '<details>\n\n## Prompt 3'],
    ['a list', '- item\n## Prompt 3'],
    ['a paragraph', 'text\n## Prompt 3'],
  ])('are found right after %s', (_, markdown) => {
    expect(promptNumbers(markdown)).toEqual([3]);
  });

  it('may not share a number', () => {
    const { prompts, problems } = parsePrompts('## Prompt 1: A\n## Prompt 1: B\n', FILE);
    expect(prompts.get(1)?.heading).toBe('Prompt 1: A');
    expect(problems).toEqual([
      {
        code: 'pack-prompts',
        file: FILE,
        line: 2,
        message: 'Prompt 1 is there twice, on lines 1 and 2.',
        fix: 'Give one of the two another number.',
      },
    ]);
  });

  it('may name their own number in a heading of theirs', () => {
    expect(parsePrompts('## Prompt 1\n### Prompt 1 in short\n', FILE).problems).toEqual([]);
  });

  it('read the same with Windows line ends', () => {
    const markdown = '## Prompt 1\ntext\n\nmore\n';
    expect(parsePrompts(markdown.replaceAll('\n', '\r\n'), FILE)).toEqual(
      parsePrompts(markdown, FILE),
    );
  });
});

describe('a line that reads like a prompt’s heading', () => {
  it.each([
    ['no space after its signs', '##Prompt 3: Plex', [[3, 1]]],
    ['bold text in place of signs', 'text\n\n**Prompt 3: Plex**\n', [[3, 3]]],
    [
      'nothing before it, twice',
      'Prompt 3: A\n- Prompt 3: B\n> Prompt 4\n',
      [
        [3, 1],
        [4, 3],
      ],
    ],
    ['words before it', 'See Prompt 3 or Prompt 3.1\nPrompt 3.1\n', []],
  ])('is found with %s', (_, markdown, lines) => {
    expect([...promptLikeLines(markdown)]).toEqual(lines);
  });
});

describe('the slug of a heading', () => {
  it('counts every heading of the file, nested ones too', () => {
    const markdown = '# Prompt 1\n> ## Prompt 2\n\n- ## Prompt 2\n\n## Prompt 2\n';
    expect(slugsOf(markdown)).toEqual(['prompt-1', 'prompt-2-2']);
  });

  it.each([
    ['code', '## Prompt 1: `IPlexToken<T>`', 'prompt-1-iplextokent'],
    ['a link', '## Prompt 1: [Plex](https://plex.tv)', 'prompt-1-plex'],
    ['an image', '## Prompt 1 ![logo](a.png)', 'prompt-1'],
    ['emphasis', '## Prompt 1: _very_ **bold** snake_case', 'prompt-1-very-bold-snake_case'],
    ['an ampersand', '## Prompt 1: A &amp; B', 'prompt-1-a--b'],
    ['an emoji code', '## Prompt 1: :rocket: Go', 'prompt-1-rocket-go'],
    ['an umlaut', '## Prompt 1: Übung', 'prompt-1-übung'],
    ['an HTML tag', '## Prompt 1: <b>x</b>', 'prompt-1-x'],
  ])('is what GitHub makes of %s', (_, markdown, slug) => {
    expect(slugsOf(markdown)).toEqual([slug]);
  });
});

describe('any file at all', () => {
  const pieces = [
    '# a',
    '## Prompt 1',
    '```',
    '~~~',
    '<!--',
    '-->',
    '> ',
    '- ',
    '1. ',
    '    ',
    '\t',
    '---',
    '===',
    '|',
    '\n',
    '\r\n',
    '<pre>',
    '`',
    '*',
    '_',
    '[',
    '](',
    '&#x;',
  ];

  it('is read without an exception, and each section lies within it', () => {
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, anyText()), (markdown) => {
        const lines = markdown.split(/\r\n|\r|\n/).length;
        for (const { startLine, endLine } of parsePrompts(markdown, FILE).prompts.values()) {
          expect(startLine).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeGreaterThanOrEqual(startLine);
          expect(endLine).toBeLessThanOrEqual(lines);
        }
      }),
    );
  });

  it.each([
    ['quotation marks', '> '.repeat(50_000)],
    ['list marks', '- '.repeat(50_000)],
    ['spaces', `# ${' '.repeat(200_000)}x`],
    ['backticks', `# ${'`'.repeat(50_000)}x`],
    ['stars', '* '.repeat(50_000) + 'x'],
    ['brackets', `# ${'['.repeat(50_000)}`],
  ])('may have a line of nothing but %s', (_, line) => {
    expect(parsePrompts(`${line}\n\n## Prompt 1\n`, FILE).problems).toEqual([]);
  });

  it('has headings in ascending lines', () => {
    const headings = findHeadings(['# a', 'b', '===', '> # c', '### d']);
    expect(headings.map(({ level, line, nested }) => [level, line, nested])).toEqual([
      [1, 1, false],
      [1, 2, false],
      [1, 4, true],
      [3, 5, false],
    ]);
  });

  it.each([
    ['Prompt 5: Cache with Map<string, number>', 'Prompt 5: Cache with Map<string, number>'],
    ['Record<K, V>', 'Record<K, V>'],
    ['List<Foo[]>', 'List<Foo[]>'],
    ['matrix[row][col]', 'matrix[row][col]'],
    ['T[][1]', 'T[][1]'],
    ['See [RFC](https://example.org/Foo_(bar))', 'See RFC'],
    ['[the [x] type](u)', 'the [x] type'],
    ['[a](b "c (d)")', 'a'],
    ['![alt](a(b).png) z', 'z'],
    ['&copy; &hellip; &lt;', '© … <'],
    ['an <em class="a">em</em> tag', 'an em tag'],
    ['ends with a # #', 'ends with a # #'],
    ['[text][label] and [text][other]', 'text and [text][other]'],
    ['~~old~~ *new* __and__ snake_case', 'old new and snake_case'],
  ])('%s is read as %s', (heading, text) => {
    expect(headingText(heading, new Set(['label']))).toBe(text);
  });

  it('agrees with a whole Markdown parser on any heading', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '[',
      ']',
      '(',
      ')',
      '*',
      '_',
      '~',
      '`',
      '!',
      '&',
      ';',
      '\\',
      '"',
      '#',
      ' ',
      'a',
      '1',
      'Map<string, number>',
      '&amp;',
      '<b>',
      '](u)',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const markdown = `# a${pieces.join('')}`;
        const [heading] = findHeadings([markdown]);
        const [node] = fromMarkdown(markdown, {
          extensions: [gfm()],
          mdastExtensions: [gfmFromMarkdown()],
        }).children;
        const expected = toString(node, { includeImageAlt: false, includeHtml: false }).trim();
        expect(headingText(heading?.source ?? '')).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('reads no more than a few thousand headings with markup, so that a file of nothing else ends soon', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `# *a* ${at}`).join('\n');
    const { prompts } = parsePrompts(`${many}\n## Prompt 1\n`, FILE);
    expect(prompts.get(1)?.slug).toBe('prompt-1');
  });

  it('keeps what only looks like markup', () => {
    expect(headingText('a * b _ c \\*d\\* `` ` `` 2 < 3 &unknown;')).toBe(
      'a * b _ c *d* ` 2 < 3 &unknown;',
    );
  });
});
