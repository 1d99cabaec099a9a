import type { GraphView } from '../documents/graph/graph-view.ts';

export type RenderGraph = (view: GraphView) => string;

/** What a graph can be printed as, each loaded when it is asked for. */
export const GRAPH_FORMATS: ReadonlyMap<string, () => Promise<RenderGraph>> = new Map([
  [
    'mermaid',
    async () => {
      const { renderMermaid } = await import('../documents/mermaid.ts');
      return ({ modules }: GraphView) => renderMermaid(modules);
    },
  ],
  ['svg', async () => (await import('../documents/graph/svg.ts')).renderGraphSvg],
  ['html', async () => (await import('../documents/graph/page.ts')).renderGraphPage],
]);
