import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseConversation } from '../../build/screenshots/conversation.ts';
import { renderConversationPage } from '../../build/screenshots/conversation-page.ts';
import { renderMarkdown } from '../../build/screenshots/markdown.ts';
import { PICTURES } from '../../build/screenshots/pictures.ts';
import { documentedPages } from '../support/code-blocks.ts';

const HOME = path.resolve(import.meta.dirname, '../..');
const IMAGES = path.join(HOME, 'docs/images');

/** Whoever reads the README on the way loads all of them. */
const BYTES = 150 * 1024;

describe('the pictures', () => {
  const expected = [
    ...PICTURES.flatMap(({ name, schemes }) => schemes.map((scheme) => `${name}-${scheme}.png`)),
    'graph-dark.png',
    'graph-light.png',
  ];

  it('are those that npm run screenshots takes, and small', async () => {
    const files = await readdir(IMAGES);
    expect(files.toSorted()).toEqual(expected.toSorted());
    for (const file of files) {
      expect((await stat(path.join(IMAGES, file))).size).toBeLessThanOrEqual(BYTES);
    }
  });

  it('are shown, with words for who does not see them', async () => {
    const pages = await Promise.all(
      (await documentedPages()).map((page) => readFile(path.join(HOME, page), 'utf8')),
    );
    const text = pages.join('\n');
    for (const file of expected) expect(text).toContain(`images/${file}`);
    const images = [...text.matchAll(/<img [^>]*>|!\[([^\]]*)\]\([^)]*images\//gu)];
    for (const [image, words = /alt="([^"]*)"/u.exec(image)?.[1] ?? ''] of images) {
      expect([image, words.length > 20]).toEqual([image, true]);
    }
  });
});

describe('parseConversation', () => {
  const file = `# Build it (#4, open)

The body.

---

**1. github-actions[bot]** said:

It waits.

---

**2. maya** said:

How long?

---

**3. github-actions[bot]** changed comment 1 to:

It has started.

---

**4. github-actions[bot]** changed comment 3 to:

It is done.
`;

  it('has each comment once, in its last wording, where it was first said', () => {
    const { title, number, state, body, comments } = parseConversation(file);
    expect([title, number, state, body.trim()]).toEqual(['Build it', 4, 'open', 'The body.']);
    expect(comments.map(({ by, text }) => [by, text.trim()])).toEqual([
      ['github-actions[bot]', 'It is done.'],
      ['maya', 'How long?'],
    ]);
  });

  it('stops at a moment of the story', () => {
    const said = (upTo: number) =>
      parseConversation(file, upTo).comments.map(({ text }) => text.trim());
    expect([said(0), said(1), said(3)]).toEqual([
      [],
      ['It waits.'],
      ['It has started.', 'How long?'],
    ]);
  });

  it('refuses what the demo did not write', () => {
    expect(() => parseConversation('# Something else\n')).toThrow('as the demo begins it');
  });
});

describe('renderMarkdown', () => {
  it.each([
    [
      'a table',
      '| a |\n| - |\n| b |',
      '<thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr>',
    ],
    ['code with signs', '`<a>`', '<p><code>&lt;a&gt;</code></p>'],
    ['a number of an issue', 'See #12.', '<p>See <a href="#">#12</a>.</p>'],
    ['a diagram', '```mermaid\na --> b\n```', '<pre class="mermaid">a --&gt; b</pre>'],
    ['folded parts', '<details>\n\nx\n\n</details>', '<details><p>x</p></details>'],
    ['a list in its order', '1. a\n2. b', '<ol><li><p>a</p></li><li><p>b</p></li></ol>'],
  ])('renders %s', (_, text, html) => {
    expect(renderMarkdown(text)).toContain(html);
  });

  it('says so where it meets what no picture showed before', () => {
    expect(() => renderMarkdown('![x](y.png)')).toThrow('image');
  });
});

describe('renderConversationPage', () => {
  it('shows who opened it, its label, and signs as pictures', () => {
    const conversation = {
      title: 'A <b>',
      number: 7,
      state: 'open',
      body: '✅ passed',
      comments: [{ by: 'maya', text: 'Fine.' }],
    };
    const page = renderConversationPage(
      conversation,
      {
        opened: 'github-actions[bot]',
        label: { name: 'x', color: 'fbca04' },
        branch: 'session/a-1',
      },
      'mermaid.js',
    );
    expect(page).toContain('<h1>A &lt;b&gt; <span>#7</span></h1>');
    expect(page).toContain('from <code>session/a-1</code>');
    expect(page).toContain('#fbca04');
    expect(page).toMatch(/<svg class="sign"[\s\S]* passed[\s\S]*<b>maya<\/b> commented/u);
  });
});
