import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Slugger from 'github-slugger';
import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { COMMANDS } from '../../src/cli/commands.ts';
import { diagnose } from '../../src/decide/doctor/diagnose.ts';
import { manualPage } from '../../src/domain/messages/manual.ts';
import { facts } from '../support/doctor-facts.ts';
import { createProgram } from '../../src/cli/main.ts';
import { documentedPages, nodesOf } from '../support/code-blocks.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

async function read(file: string): Promise<string> {
  return readFile(path.join(HOME, file), 'utf8');
}

/** The rows of the page's table of threats, without its head. */
async function threats(): Promise<readonly string[]> {
  const [, table = ''] = (await read('docs/security.md')).split('<!-- threats:');
  return table.split('\n').filter((line) => /^\| (?!attack|:?-)/u.test(line));
}

function testsIn(row: string): readonly { readonly file: string; readonly title: string }[] {
  return [...row.matchAll(/`([\w/.-]+\.test\.ts)`: "([^"]+)"/gu)].map(
    ([, file = '', title = '']) => ({ file, title }),
  );
}

describe('docs/security.md', () => {
  it('names a test for every attack', async () => {
    const rows = await threats();
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) expect(testsIn(row)).not.toEqual([]);
  });

  it('names tests that are there', async () => {
    for (const { file, title } of (await threats()).flatMap(testsIn)) {
      const source = await read(path.join('__tests__', file));
      expect({ file, title, found: isTest(source, title) }).toMatchObject({ found: true });
    }
  });

  it('would find out that a test is skipped or gone', () => {
    expect(isTest("it('holds', () => {", 'holds')).toBe(true);
    expect(isTest("it.each([1])(\n  'holds',", 'holds')).toBe(true);
    expect(isTest("it.skip('holds', () => {", 'holds')).toBe(false);
    expect(isTest("// 'holds'", 'holds')).toBe(false);
  });
});

describe('docs/cli.md', () => {
  const program = createProgram({ stdout: quiet(), stderr: quiet() });
  for (const add of COMMANDS) add(program, () => Promise.resolve());

  it.each(program.commands.map((command) => [command.name(), command] as const))(
    'tells of %s, with each of its options',
    async (name, command) => {
      const page = await read('docs/cli.md');
      expect(headingsOf(page)).toContain(name);
      for (const { long } of [...command.options, ...program.options]) {
        if (long !== '--version') expect(page).toContain(long ?? '');
      }
    },
  );

  function quiet() {
    return { write: () => undefined, isTerminal: false };
  }
});

describe('what doctor links to', () => {
  it('is in the manual, under a heading that is there', async () => {
    const manual = manualPage('');
    const links = new Set(diagnose(facts({ checkout: NO_CHECKOUT })).map(({ link }) => link));
    const own = [...links].filter((link) => link.startsWith(manual));
    expect(own.length).toBeGreaterThan(5);
    for (const link of own) {
      const [file = '', heading = null] = link.slice(manual.length).split('#');
      const text = await read(`docs/${file}`);
      if (heading !== null)
        expect({ link, found: headingsOf(text) }).toMatchObject({
          found: expect.arrayContaining([heading]) as unknown,
        });
    }
  });
});

const NO_CHECKOUT = { isGit: false, hasCommit: false, hasOrigin: false, remote: null };

describe('links between the pages', () => {
  it('lead to a file, and to a heading where they name one', async () => {
    const headings = new Map<string, Promise<readonly string[]>>();
    const headingsIn = (file: string): Promise<readonly string[]> => {
      const found = headings.get(file) ?? read(file).then(headingsOf);
      headings.set(file, found);
      return found;
    };
    for (const page of await documentedPages()) {
      for (const { file, heading } of linksIn(page, await read(page))) {
        expect({ page, file, there: existsSync(path.join(HOME, file)) }).toEqual({
          page,
          file,
          there: true,
        });
        if (heading === null || !file.endsWith('.md')) continue;
        expect({ page, file, headings: await headingsIn(file) }).toMatchObject({
          headings: expect.arrayContaining([heading]) as unknown,
        });
      }
    }
  });
});

/** Whether a test of that title is run: its words stand where a call's first argument does. */
function isTest(source: string, title: string): boolean {
  const quoted = title.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?:\bit|[\])\x60])\(\s*['"\x60]${quoted}['"\x60],`, 'u').test(
    source,
  );
}

interface Link {
  readonly file: string;
  readonly heading: string | null;
}

function linksIn(page: string, text: string): readonly Link[] {
  return nodesOf(text)
    .flatMap(urlsOf)
    .flatMap((url) => {
      if (/^\w+:/u.test(url)) return [];
      const [file = '', heading = null] = url.split('#');
      return [{ file: file === '' ? page : path.join(path.dirname(page), file), heading }];
    });
}

function urlsOf(node: Nodes): readonly string[] {
  switch (node.type) {
    case 'link':
    case 'image':
    case 'definition':
      return [node.url];
    case 'html':
      return [...node.value.matchAll(/ (?:src|srcset|href)="([^"]*)"/gu)].map(
        ([, url = '']) => url,
      );
    default:
      return [];
  }
}

function headingsOf(text: string): readonly string[] {
  const slugger = new Slugger();
  return nodesOf(text).flatMap((node) =>
    node.type === 'heading' ? [slugger.slug(toString(node))] : [],
  );
}
