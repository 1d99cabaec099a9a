import { describe, expect, it } from '@jest/globals';
import { findFences } from '../../../src/domain/markdown-fences.ts';
import { findSections, markdownLines } from '../../../src/domain/markdown-sections.ts';

const REPORT = [
  '# Report',
  '',
  'Intro.',
  '## A `code` *title* ##',
  '',
  '```md',
  '## Not a heading',
  '```',
  '### Below',
  'text',
  'Setext',
  'over two lines',
  '---',
  '> ## Quoted',
  'last',
].join('\r\n');

describe('findSections', () => {
  it('gives each heading what stands below it', () => {
    const sections = findSections(markdownLines(`\uFEFF${REPORT}`));
    expect(sections.map(({ title, level, line }) => [title, level, line])).toEqual([
      ['Report', 1, 1],
      ['A code title', 2, 4],
      ['Below', 3, 9],
      ['text Setext over two lines', 2, 10],
    ]);
    expect(sections[1]?.text).toBe('```md\n## Not a heading\n```\n### Below');
    expect(sections[2]?.text).toBe('');
    expect(sections[3]?.text).toBe('> ## Quoted\nlast');
  });

  it('finds none where there is none', () => {
    expect(findSections(markdownLines(''))).toEqual([]);
    expect(findSections(markdownLines('```\n# a\n'))).toEqual([]);
  });
});

describe('findFences', () => {
  it('finds blocks of either kind, each up to a fence that is long enough', () => {
    const text = '````Markdown title\n```\na\n```\n````\n~~~ js\n```\n~~~~\n``` a`b\nc';
    expect(findFences(markdownLines(text))).toEqual([
      { language: 'markdown', lines: ['```', 'a', '```'] },
      { language: 'js', lines: ['```'] },
    ]);
  });

  it('takes the indent of a list item away, and no more', () => {
    expect(findFences(['1. x', '   ```json', '   {', '     "a": 1', ' }', '   ```'])).toEqual([
      { language: 'json', lines: ['{', '  "a": 1', '}'] },
    ]);
  });

  it('goes on to the end where nothing closes the block', () => {
    expect(findFences(['```', 'a', '``'])).toEqual([{ language: '', lines: ['a', '``'] }]);
  });
});
