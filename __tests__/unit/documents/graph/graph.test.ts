import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layoutGraph, NODE_HEIGHT, NODE_WIDTH } from '../../../../src/documents/graph/layout.ts';
import { renderGraphPage } from '../../../../src/documents/graph/page.ts';
import { renderGraphSvg } from '../../../../src/documents/graph/svg.ts';
import { graphModule, graphView, manyModules, SIX } from '../../../support/graph-views.ts';
import { hostile } from '../gfm.ts';

describe('layoutGraph', () => {
  it('puts what is rested on to the left, and no box onto another', () => {
    const { modules } = manyModules(60);
    const { nodes, width, height } = layoutGraph(modules);
    const places = new Map(nodes.map((node) => [node.id, node]));
    for (const { id, dependsOn } of modules) {
      const place = places.get(id);
      for (const dependency of dependsOn) {
        expect((places.get(dependency)?.x ?? NaN) + NODE_WIDTH).toBeLessThan(place?.x ?? NaN);
      }
    }
    for (const [index, one] of nodes.entries()) {
      expect(one.x + NODE_WIDTH).toBeLessThanOrEqual(width);
      expect(one.y + NODE_HEIGHT).toBeLessThanOrEqual(height);
      for (const other of nodes.slice(index + 1)) {
        const apart =
          Math.abs(one.x - other.x) >= NODE_WIDTH || Math.abs(one.y - other.y) >= NODE_HEIGHT;
        expect(apart).toBe(true);
      }
    }
  });

  it('draws no line to a module that is not there, and nothing at all without modules', () => {
    expect(layoutGraph([{ id: 'a', dependsOn: ['gone'] }]).edges).toEqual([]);
    expect(layoutGraph([])).toMatchObject({ nodes: [], edges: [] });
  });

  it('is the same each time', () => {
    expect(layoutGraph(SIX.modules)).toEqual(layoutGraph(SIX.modules));
  });
});

describe('renderGraphSvg', () => {
  it('tells the progress, links what there is to look at, and marks the critical path', () => {
    const svg = renderGraphSvg(SIX);
    expect(svg).toContain('1 of 6 modules complete, 16 %');
    expect(svg.match(/<a href="[^"]*"/gu)).toEqual([
      '<a href="https://github.com/acme/plex-client/issues/40"',
      '<a href="https://github.com/acme/plex-client/issues/41"',
      '<a href="https://github.com/acme/plex-client/issues/46"',
      '<a href="https://github.com/acme/plex-client/issues/47"',
    ]);
    expect(svg.match(/class="edge critical"/gu)).toHaveLength(3);
    expect(svg.match(/class="node [a-z-]+ critical"/gu)).toHaveLength(4);
  });

  it('links nothing where there is no repository on GitHub', () => {
    expect(renderGraphSvg({ ...SIX, repositoryUrl: null })).not.toContain('<a ');
  });

  it('lets no name out of its text', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const svg = renderGraphSvg(graphView([graphModule('a', { name })], { title: name }));
        expect(svg.match(/<\w+/gu)?.length).toBe(16);
      }),
    );
  });
});

describe('renderGraphPage', () => {
  it('hands the modules to its script as data that nothing can end', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const module = graphModule('a', { name: text, note: text, waitsFor: text });
        const page = renderGraphPage(graphView([module]));
        const data = /<script type="application\/json" id="data">(.*?)<\/script>/su.exec(page)?.[1];
        expect(data).not.toContain('<');
        expect(JSON.parse(data ?? '')).toEqual([{ ...module, address: null, history: [] }]);
        expect(page.match(/<script/gu)).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['2026-01-10T08:00:12.000Z', '2026-01-10T09:30:00.000Z', '2026-01-10 08:00 to 09:30 UTC'],
    [
      '2026-01-10T23:50:00.000Z',
      '2026-01-11T00:10:00.000Z',
      '2026-01-10 23:50 to 2026-01-11 00:10 UTC',
    ],
    [null, '2026-01-10T09:30:00.000Z', 'Ended 2026-01-10 09:30 UTC'],
  ])('tells when an attempt from %s to %s was, to the minute', (startedAt, endedAt, told) => {
    const [attempt] = SIX.modules.flatMap(({ history }) => history);
    if (attempt === undefined) throw new Error('No module of the six has a history.');
    const history = [{ ...attempt, startedAt, endedAt }];
    expect(renderGraphPage(graphView([graphModule('a', { history })]))).toContain(`"${told}"`);
  });

  it('allows no other script than its own, and loads nothing', () => {
    const page = renderGraphPage(SIX);
    expect(page).toMatch(
      /default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+'/u,
    );
    expect(page).not.toMatch(/\b(?:src|srcset|@import|url\((?!#))=?"?https?:/u);
  });

  it('has every module in the table too', () => {
    const page = renderGraphPage(SIX);
    for (const { name, status } of SIX.modules) {
      expect(page).toMatch(
        new RegExp(`<tr><td>(?:<a [^>]*>)?${name}(?:</a>)?</td><td>. ${status}</td>`, 'u'),
      );
    }
  });
});
