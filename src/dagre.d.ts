/**
 * As much of dagre as is used. The package's own declarations import each other without extensions, which
 * Node's module resolution does not find, so that every type of theirs would be `any`.
 */
declare module '@dagrejs/dagre' {
  interface GraphLabel {
    readonly rankdir?: 'LR' | 'TB';
    readonly ranksep?: number;
    readonly nodesep?: number;
    readonly edgesep?: number;
    readonly marginx?: number;
    readonly marginy?: number;
    readonly ranker?: 'network-simplex' | 'tight-tree' | 'longest-path';
    /** Set by `layout`. */
    readonly width?: number;
    readonly height?: number;
  }

  /** `x` and `y`, a box's middle, are set by `layout`. */
  interface NodeLabel {
    readonly width: number;
    readonly height: number;
    readonly x?: number;
    readonly y?: number;
  }

  interface EdgeLabel {
    readonly points?: readonly { readonly x: number; readonly y: number }[];
  }

  export class Graph {
    constructor(options?: { readonly directed?: boolean });
    setGraph(label: GraphLabel): this;
    graph(): GraphLabel;
    setNode(id: string, label: NodeLabel): this;
    node(id: string): NodeLabel;
    setEdge(from: string, to: string, label: EdgeLabel): this;
    edge(from: string, to: string): EdgeLabel;
    edges(): readonly { readonly v: string; readonly w: string }[];
  }

  export function layout(graph: Graph): void;
}
