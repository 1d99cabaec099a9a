import { beforeAll, describe, expect, it } from '@jest/globals';
import GithubSlugger from 'github-slugger';
import type { Heading, Link, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

import { renderOrchestrationDocument } from '../../../src/documents/orchestration-document.ts';
import type { ModuleConfig } from '../../../src/domain/config.ts';
import { formatProblem } from '../../../src/domain/problem.ts';
import { sessionPaths } from '../../../src/domain/session.ts';
import { specFileOf } from '../../../src/domain/spec-file.ts';
import type { LineRange } from '../../../src/domain/spec-pack.ts';
import { type PackValidation, validatePack } from '../../../src/domain/validate-pack.ts';
import { generatePack } from './generated-pack.ts';
import { DOCUMENT, REPOSITORY_URL, SESSION } from './views.ts';

const COUNT = 1000;
const SEED = 20260112;
const PACK = generatePack(COUNT, SEED);
const PINNED = `${REPOSITORY_URL}/blob/${SESSION.baseSha}/`;

/** What the template leaves to fill in, and how a value that is not there shows. */
const LEFT_OVER =
  /\[(?:MODULE_NAME|module-id|module-name|ModuleName|session-id|UUID-v4|ISO timestamp|version|dep-\d|status|N(?:-1)?|X\]-\[Y|passed\/failed|description|what was fixed|List [^\]]*)\]|✅\/❌|\{\{|\}\}|undefined|\[object/;

const GFM = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

function parseMarkdown(text: string): Nodes {
  return fromMarkdown(text, GFM);
}

function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if (!('children' in node)) return;
  for (const child of node.children) yield* walk(child);
}

function linksOf(node: Nodes): readonly Link[] {
  return [...walk(node)].filter((one) => one.type === 'link');
}

/** What a reader sees of a heading: neither tags nor pictures. */
function textOf(heading: Heading): string {
  return [...walk(heading)]
    .map((node) => (node.type === 'text' || node.type === 'inlineCode' ? node.value : ''))
    .join('');
}

/** Every anchor of a file, and which of them belongs to which prompt, by a Markdown parser alone. */
function anchorsOf(markdown: string) {
  const slugger = new GithubSlugger();
  const root = parseMarkdown(markdown);
  const all = new Set<string>();
  const prompts = new Map<number, string>();
  for (const node of walk(root)) {
    if (node.type !== 'heading') continue;
    const text = textOf(node).trim();
    const anchor = slugger.slug(text);
    all.add(anchor);
    const [, number] = /^prompt\s+(\d+)(?![\p{L}\d])/iu.exec(text) ?? [];
    const isTop = 'children' in root && root.children.some((child) => child === node);
    if (isTop && number !== undefined && !prompts.has(Number(number)))
      prompts.set(Number(number), anchor);
  }
  return { all, prompts };
}

function readPack(): Extract<PackValidation, { usable: true }> {
  const read = (path: string) => specFileOf(PACK.files.get(path) ?? null);
  const validation = validatePack({
    file: 'c.yml',
    config: read('c.yml'),
    prompts: read(PACK.paths.prompts),
    types: read(PACK.paths.types),
    handoffs: new Map(PACK.ids.map((id) => [`${id}.md`, { hash: id, content: null }])),
  });
  const problems = validation.problems.map(formatProblem);
  if (!validation.usable || problems.length > 0) throw new Error(problems.join('\n'));
  return validation;
}

/** Below this heading documents differ by their module's names and nothing else. */
const SAME_BELOW = '## Verification Protocol\n';

/** The links of each such lower half; parsing is what takes the time, so that it is done once for all. */
const lowerHalves = new Map<string, readonly Link[]>();

function linksIn(text: string, { id, className }: ModuleConfig): readonly Link[] {
  const cut = text.indexOf(SAME_BELOW);
  const lower = text.slice(cut).replaceAll(id, 'module-x').replaceAll(className, 'ModuleX');
  const links = lowerHalves.get(lower) ?? linksOf(parseMarkdown(lower));
  lowerHalves.set(lower, links);
  return [...linksOf(parseMarkdown(text.slice(0, cut))), ...links];
}

interface Rendered {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly links: readonly Link[];
}

/** Where a link of the document leads inside the repository, and to which part; null for other places. */
function targetOf({ path }: Rendered, { url }: Link): { path: string; fragment: string } | null {
  if (/^https?:/.test(url) && !url.startsWith(PINNED)) return null;
  const base = `https://here/${path}`;
  const { pathname, hash } = new URL(
    url.startsWith(PINNED) ? `/${url.slice(PINNED.length)}` : url,
    base,
  );
  return {
    path: decodeURIComponent(pathname.slice(1)),
    fragment: decodeURIComponent(hash.slice(1)),
  };
}

function linesOf(fragment: string): LineRange | null {
  const [, start, end] = /^L(\d+)-L(\d+)$/.exec(fragment) ?? [];
  return start === undefined ? null : { start: Number(start), end: Number(end) };
}

describe(`the documents of ${COUNT} generated modules (seed ${SEED})`, () => {
  const documents: Rendered[] = [];
  let pack: ReturnType<typeof readPack>;

  beforeAll(() => {
    pack = readPack();
    for (const [index, module] of [...pack.config.modules.values()].entries()) {
      const attempt = 1 + (index % 3);
      const session = { ...SESSION, module: module.id, attempt };
      const prompt = pack.pack.prompts.get(module.prompt);
      if (prompt === undefined) throw new Error(`${module.id} has no prompt.`);
      const text = renderOrchestrationDocument({
        ...DOCUMENT,
        module,
        session,
        paths: pack.config.paths,
        dependencies: module.dependsOn.map((id) => ({
          module: id,
          status: 'complete',
          passed: true,
        })),
        prompt,
        types: module.types.flatMap((name) => pack.pack.types.get(name) ?? []),
        previousAttempts: attempt === 1 ? [] : DOCUMENT.previousAttempts,
        specChanges: attempt === 1 ? [] : DOCUMENT.specChanges,
      });
      const { document } = sessionPaths(module.id, attempt, PACK.documents);
      documents.push({ id: module.id, path: document, text, links: linksIn(text, module) });
    }
  }, 60_000);

  it('leave nothing of the template to fill in', () => {
    expect(documents).toHaveLength(COUNT);
    // One for each of the three attempts.
    expect(lowerHalves.size).toBe(3);
    expect(documents.filter(({ text }) => LEFT_OVER.test(text)).map(({ id }) => id)).toEqual([]);
  });

  it('link to files that are there, beside them and on the base commit', () => {
    const { prompts, types, handoffs } = PACK.paths;
    for (const document of documents) {
      const paths = document.links.flatMap((link) => targetOf(document, link)?.path ?? []);
      expect(paths.filter((path) => !PACK.files.has(path))).toEqual([]);
      const handoff = `${handoffs}/${document.id}.md`;
      expect(paths.slice(0, 6)).toEqual([prompts, prompts, handoff, handoff, types, types]);
    }
  });

  it('link to the anchor that their own prompt’s heading has', () => {
    const anchors = anchorsOf(PACK.files.get(PACK.paths.prompts) ?? '');
    expect(anchors.prompts.size).toBe(COUNT);
    // Anchors that another heading had taken before.
    expect(
      [...anchors.prompts.values()].filter((anchor) => /-\d$/.test(anchor)).length,
    ).toBeGreaterThan(COUNT / 4);
    const wrong = documents.flatMap((document) => {
      const own = anchors.prompts.get(pack.config.modules.get(document.id)?.prompt ?? -1);
      const targets = document.links.flatMap((link) => targetOf(document, link) ?? []);
      return targets
        .filter(({ path }) => path === PACK.paths.prompts)
        .filter(({ fragment }) => fragment !== own || !anchors.all.has(fragment))
        .map(({ fragment }) => [document.id, fragment, own]);
    });
    expect(wrong).toEqual([]);
  });

  it('link to exactly the lines on which their types are declared', () => {
    const end = (PACK.files.get(PACK.paths.types) ?? '').split('\n').length;
    for (const document of documents) {
      const stretches = document.links.flatMap((link) => {
        const target = targetOf(document, link);
        const range = target?.path === PACK.paths.types ? linesOf(target.fragment) : null;
        const names = [...walk(link)].flatMap((node) =>
          node.type === 'inlineCode' ? node.value : [],
        );
        return range === null ? [] : [{ ...range, names }];
      });
      const lined = new Set(stretches.flatMap((one) => linesBetween(one)));
      const types = pack.config.modules.get(document.id)?.types ?? [];
      const declared = types.flatMap((name) => PACK.places.get(name) ?? []);
      expect([...lined].toSorted()).toEqual(
        [...new Set(declared.flatMap(linesBetween))].toSorted(),
      );
      for (const [index, stretch] of stretches.entries()) {
        expect(stretch.start).toBeGreaterThan((stretches[index - 1]?.end ?? -1) + 1);
        expect(stretch.end).toBeLessThanOrEqual(end);
        const inside = types.filter((name) =>
          PACK.places.get(name)?.some((place) => covers(stretch, place)),
        );
        expect(stretch.names).toEqual(inside);
      }
      const told = stretches.map((one) => `${one.start}-${one.end}`).join(', ');
      expect(document.text).toContain(told === '' ? '| Type definitions |' : `(lines ${told}) |`);
    }
  });
});

function linesBetween({ start, end }: LineRange): readonly number[] {
  return Array.from({ length: end - start + 1 }, (_, index) => start + index);
}

function covers(outer: LineRange, inner: LineRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
