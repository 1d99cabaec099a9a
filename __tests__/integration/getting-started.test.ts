import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { codeBlocksOf } from '../support/code-blocks.ts';
import { commandsOf, ourArguments } from '../support/shell-blocks.ts';
import { git, sessionwright, temporaryFolders } from '../support/terminal.ts';

const HOME = path.resolve(import.meta.dirname, '../..');
const PAGE = 'docs/getting-started.md';

const folders = temporaryFolders();
afterAll(() => folders.remove());

interface Typed {
  readonly command: string;
  /** A line that is `…` alone stands for any number of lines. */
  readonly shown: readonly string[];
}

/** What the page has typed in, and what it says is seen then. */
async function played(): Promise<readonly Typed[]> {
  const text = await readFile(path.join(HOME, PAGE), 'utf8');
  const consoles = codeBlocksOf(PAGE, text).filter(({ language }) => language === 'console');
  return consoles.flatMap((block) =>
    block.text
      .split(/^\$ /mu)
      .slice(1)
      .map((part) => {
        const [command = '', ...shown] = part.trimEnd().split('\n');
        return { command, shown };
      }),
  );
}

/** Whether an output reads as shown. */
function isAsShown(output: string, shown: readonly string[]): boolean {
  const pattern = shown.map((line) =>
    line === '…'
      ? String.raw`(?:.*\n)*`
      : `${line.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`)}\n`,
  );
  return new RegExp(`^${pattern.join('')}$`, 'u').test(output);
}

describe('docs/getting-started.md', () => {
  it('shows what is seen when its commands are typed in one after the other', async () => {
    const folder = await folders.empty();
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    const typed = await played();
    expect(typed.length).toBeGreaterThanOrEqual(4);
    for (const { command, shown } of typed) {
      const [words = []] = commandsOf({ language: 'sh', text: command });
      const { stdout } = await sessionwright(folder, ourArguments(words) ?? []);
      expect({ command, stdout, isAsShown: isAsShown(stdout, shown) }).toMatchObject({
        isAsShown: true,
      });
    }
  });

  it('would not show what is seen no more', () => {
    expect(isAsShown('a\nb\nc\n', ['a', '…'])).toBe(true);
    expect(isAsShown('a\nb\nc\n', ['…', 'c'])).toBe(true);
    expect(isAsShown('a\nb\nc\n', ['a', 'c'])).toBe(false);
    expect(isAsShown('a.\n', ['a+'])).toBe(false);
  });

  it('asks for a module by the label that init tells of', async () => {
    const text = await readFile(path.join(HOME, PAGE), 'utf8');
    const folder = await folders.empty();
    const { stdout } = await sessionwright(folder, [
      ...['init', '--yes', '--json', '--modules', 'Task Store, Command Line'],
    ]);
    const { next } = JSON.parse(stdout) as { next: readonly string[] };
    const [, label = ''] = /gh label create (\S+)/u.exec(next.join('\n')) ?? [];
    expect(text).toContain(`gh label create ${label}\n`);
    expect(text).toContain(`--label ${label}\n`);
  });

  it('is linked from wherever somebody begins to read', async () => {
    for (const page of ['README.md', 'docs/concepts.md', 'docs/faq.md', 'docs/cli.md']) {
      expect(await readFile(path.join(HOME, page), 'utf8')).toContain('getting-started.md');
    }
  });
});
