import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { createModuleGraph, type ModuleGraph } from '../../../src/domain/module-graph.ts';

function graphOf(dependencies: Readonly<Record<string, readonly string[]>>): ModuleGraph {
  return createModuleGraph(
    new Map(Object.entries(dependencies).map(([id, dependsOn]) => [id, { dependsOn }])),
  );
}

/** events ← auth ← library ← playback, and auth ← sync; logger stands alone. */
const PLEX = graphOf({
  playback: ['library', 'events'],
  library: ['auth'],
  events: [],
  auth: ['events'],
  sync: ['auth'],
  logger: [],
});

describe('a module graph', () => {
  it('knows direct neighbours in the order of the file', () => {
    expect(PLEX.dependenciesOf('playback')).toEqual(['library', 'events']);
    expect(PLEX.dependentsOf('events')).toEqual(['playback', 'auth']);
    expect(PLEX.dependentsOf('logger')).toEqual([]);
    expect(PLEX.dependenciesOf('unknown')).toEqual([]);
  });

  it('knows all that a module stands on and all that stands on it, nearest first', () => {
    expect(PLEX.transitiveDependencies('playback')).toEqual(['library', 'events', 'auth']);
    expect(PLEX.transitiveDependents('events')).toEqual(['playback', 'auth', 'library', 'sync']);
    expect(PLEX.transitiveDependents('logger')).toEqual([]);
  });

  it('orders dependencies before dependents', () => {
    expect(PLEX.topologicalOrder()).toEqual([
      'events',
      'logger',
      'auth',
      'library',
      'sync',
      'playback',
    ]);
  });

  it.each([
    ['the root of everything', 'events', 3],
    ['a module in the middle', 'auth', 2],
    ['a module nothing waits for', 'playback', 0],
    ['a module that is none', 'unknown', 0],
  ])('counts the longest chain that waits for %s', (_, id, length) => {
    expect(PLEX.longestChainFrom(id)).toBe(length);
  });

  it.each([
    ['nothing is done', [], ['events', 'auth', 'library', 'playback']],
    ['its start is done', ['events', 'auth'], ['library', 'playback']],
    ['all but one are done', ['events', 'auth', 'library', 'playback', 'sync'], ['logger']],
    ['everything is done', ['events', 'auth', 'library', 'playback', 'sync', 'logger'], []],
  ])('finds the critical path when %s', (_, done, path) => {
    expect(PLEX.criticalPath((id) => done.includes(id))).toEqual(path);
  });

  it('leaves out dependencies that are no modules or named twice', () => {
    const graph = graphOf({ a: ['b', 'gone', 'b'], b: [] });
    expect(graph.dependenciesOf('a')).toEqual(['b']);
    expect(graph.topologicalOrder()).toEqual(['b', 'a']);
  });

  it('suggests the ids nearest to a mistyped one', () => {
    const graph = graphOf({ 'plex-auth': [], 'plex-auto': [], library: [] });
    expect(graph.nearestIds('plex-aut')).toEqual(['plex-auth', 'plex-auto']);
    expect(graph.nearestIds('plex-aut', 1)).toEqual(['plex-auth']);
    expect(graph.nearestIds('zzzzzz')).toEqual([]);
  });
});

describe('cycles', () => {
  it.each([
    ['none in a graph that can be built', { a: ['b'], b: [] }, []],
    ['a module that depends on itself', { a: ['a'] }, [['a', 'a']]],
    [
      'one, from its first module',
      { x: ['b'], a: ['c'], b: ['a'], c: ['b'] },
      [['a', 'c', 'b', 'a']],
    ],
    [
      'two that do not touch',
      { a: ['b'], b: ['a'], c: ['d'], d: ['c'] },
      [
        ['a', 'b', 'a'],
        ['c', 'd', 'c'],
      ],
    ],
    [
      'two that share a module',
      { a: ['b', 'c'], b: ['a'], c: ['a'] },
      [
        ['a', 'b', 'a'],
        ['a', 'c', 'a'],
      ],
    ],
  ])('finds %s', (_, dependencies, cycles) => {
    expect(graphOf(dependencies).findCycles()).toEqual(cycles);
  });

  it('do not keep the other questions from an answer', () => {
    const graph = graphOf({ a: ['b'], b: ['a'], c: ['b'] });
    expect(graph.topologicalOrder()).toEqual(['a', 'b', 'c']);
    expect(graph.transitiveDependencies('c')).toEqual(['b', 'a']);
    expect(new Set(graph.criticalPath(() => false)).size).toBe(
      graph.criticalPath(() => false).length,
    );
  });
});

describe('a graph of any shape', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const dependencies = fc
    .tuple(...ids.map(() => fc.subarray(ids)))
    .map((lists) => Object.fromEntries(ids.map((id, index) => [id, lists[index] ?? []])));

  it('has cycles that are cycles, and none only if its order holds', () => {
    fc.assert(
      fc.property(dependencies, (edges) => {
        const graph = graphOf(edges);
        const cycles = graph.findCycles();
        for (const cycle of cycles) {
          expect(cycle[0]).toBe(cycle.at(-1));
          for (const [index, from] of cycle.slice(0, -1).entries()) {
            expect(edges[from]).toContain(cycle[index + 1]);
          }
        }
        const order = graph.topologicalOrder();
        expect([...order].sort()).toEqual(ids);
        const holds = ids.every((id) =>
          graph.dependenciesOf(id).every((other) => order.indexOf(other) < order.indexOf(id)),
        );
        expect(holds).toBe(cycles.length === 0);
      }),
    );
  });

  it('may have ten thousand modules in a row', () => {
    const row = Array.from({ length: 10_000 }, (_, index): [string, string[]] => [
      `m${index}`,
      index === 0 ? [] : [`m${index - 1}`],
    ]);
    const graph = graphOf(Object.fromEntries(row));
    expect(graph.longestChainFrom('m0')).toBe(9_999);
    expect(graph.criticalPath(() => false)).toHaveLength(10_000);
    expect(graph.transitiveDependencies('m9999')).toHaveLength(9_999);
    expect(graph.findCycles()).toEqual([]);
  });
});
