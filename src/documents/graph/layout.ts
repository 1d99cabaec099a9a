import { Graph, layout as arrange } from '@dagrejs/dagre';

/** A box to be placed, and what it depends on. */
export interface LayoutNode {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box by its upper left corner, in pixels. */
export interface PlacedNode extends Point {
  readonly id: string;
}

/** A line from a dependency to what rests on it, by the points that it passes. */
export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const NODE_WIDTH = 208;
export const NODE_HEIGHT = 56;
const MARGIN = 24;

/** Dagre's careful ranking takes time that grows faster than the graph; past this many modules the quick one does. */
const CAREFUL_LIMIT = 400;

/** Places dependencies to the left of what rests on them; a dependency that is no module is left out. */
export function layoutGraph(modules: readonly LayoutNode[]): GraphLayout {
  const graph = new Graph({ directed: true });
  graph.setGraph({
    rankdir: 'LR',
    ranksep: 72,
    nodesep: 20,
    edgesep: 12,
    marginx: MARGIN,
    marginy: MARGIN,
    ranker: modules.length > CAREFUL_LIMIT ? 'longest-path' : 'network-simplex',
  });
  const known = new Set(modules.map(({ id }) => id));
  for (const { id } of modules) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { id, dependsOn } of modules) {
    for (const dependency of dependsOn) {
      if (known.has(dependency)) graph.setEdge(dependency, id, {});
    }
  }
  arrange(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.max(Math.ceil(width), 2 * MARGIN),
    height: Math.max(Math.ceil(height), 2 * MARGIN),
    nodes: modules.map(({ id }) => placed(id, graph.node(id))),
    edges: graph.edges().map(({ v, w }) => ({
      from: v,
      to: w,
      points: (graph.edge(v, w).points ?? []).map(rounded),
    })),
  };
}

/** Dagre tells a box by its middle. */
function placed(id: string, { x = 0, y = 0 }: { x?: number; y?: number }): PlacedNode {
  return { id, ...rounded({ x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }) };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}
