import { createRequire } from 'node:module';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { renderGraph, type GraphModule } from '../../src/documents/mermaid.ts';
import { STATUSES } from '../../src/domain/implementation-state.ts';
import { codeBlocks } from '../support/code-blocks.ts';
import { REPOSITORY_URL } from '../support/graph-views.ts';
import { hostile } from '../unit/documents/gfm.ts';
import { describeInChromium } from './chromium.ts';

const MERMAID = createRequire(import.meta.url)
  .resolve('mermaid')
  .replace(/mermaid\.core\.mjs$/u, 'mermaid.min.js');

declare global {
  interface Window {
    readonly mermaid: {
      initialize(options: object): void;
      render(id: string, text: string): Promise<{ readonly svg: string }>;
    };
  }
}

/** A page with Mermaid as GitHub has it: strict, with its limits as they come. */
async function openMermaid(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent('<!doctype html><html><body></body></html>');
  await page.addScriptTag({ path: MERMAID });
  await page.evaluate(() => {
    window.mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
    });
  });
  return page;
}

/** The drawn picture's shapes and words; Mermaid throws at what it does not understand. */
function draw(
  page: Page,
  markdown: string,
): Promise<{ nodes: number; edges: number; links: string[]; text: string }> {
  const text = /```mermaid\n([\s\S]*?)\n```/u.exec(markdown)?.[1];
  if (text === undefined) throw new Error('There is no diagram.');
  return page.evaluate(async (diagram) => {
    const { svg } = await window.mermaid.render('drawn', diagram);
    document.body.innerHTML = svg;
    const all = (selector: string) => [...document.body.querySelectorAll(selector)];
    return {
      nodes: all('.node').length,
      edges: all('.edgePaths path, path.transition').length,
      links: all('a').map(
        (link) => link.getAttribute('xlink:href') ?? link.getAttribute('href') ?? '',
      ),
      text: document.body.textContent,
    };
  }, text);
}

function modules(count: number, edgesEach: number): readonly GraphModule[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `module-${String(index)}`,
    name: `Module ${String(index)}`,
    status: STATUSES[index % STATUSES.length] ?? 'pending',
    dependsOn: Array.from(
      { length: Math.min(index, edgesEach) },
      (_one, back) => `module-${String(index - back - 1)}`,
    ),
    address: `${REPOSITORY_URL}/issues/${String(index + 1)}`,
  }));
}

await describeInChromium('the diagrams, drawn by the real Mermaid', (browser) => {
  it.each([
    [1, 0, 0],
    [6, 1, 5],
    // As many edges and boxes as are ever drawn: Mermaid on GitHub stops at 500 edges.
    [250, 2, 497],
  ])('draws %p modules with %p dependencies each', async (count, each, edges) => {
    const page = await openMermaid(browser);
    const drawn = await draw(page, renderGraph(modules(count, each)));
    expect(drawn.nodes).toBe(count);
    expect(drawn.edges).toBe(edges);
    expect(new Set(drawn.links).size).toBe(count);
    await page.close();
  });

  it('draws the frontier of a graph that is too large', async () => {
    const page = await openMermaid(browser);
    const graph = renderGraph(
      modules(400, 3).map((module, index) =>
        index < 300 ? { ...module, status: 'complete' } : { ...module, status: 'review' },
      ),
    );
    expect(graph).toContain('Only the frontier is drawn');
    expect((await draw(page, graph)).nodes).toBe(100);
    await page.close();
  });

  it('shows every name as it is, whatever it holds', async () => {
    const page = await openMermaid(browser);
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const [first] = modules(1, 0);
        const drawn = await draw(page, renderGraph([{ ...first, name } as GraphModule]));
        expect(drawn.nodes).toBe(1);
      }),
      { numRuns: 60 },
    );
    await page.close();
  });

  it('draws the diagrams of the documentation', async () => {
    const page = await openMermaid(browser);
    const diagrams = (await codeBlocks()).filter(({ language }) => language === 'mermaid');
    for (const { text } of diagrams) await draw(page, `\`\`\`mermaid\n${text}\`\`\``);
    expect(diagrams.length).toBeGreaterThanOrEqual(4);
    await page.close();
  });
});
