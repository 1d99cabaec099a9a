import type { DashboardModule } from '../documents/dashboard.ts';
import type { Repository } from '../domain/world.ts';

export interface GraphView {
  readonly repository: Repository;
  /** In the config's order. */
  readonly modules: readonly DashboardModule[];
}

export type RenderGraph = (view: GraphView) => string | Promise<string>;

/** What a graph can be printed as, each loaded when it is asked for. */
export const GRAPH_FORMATS: ReadonlyMap<string, () => Promise<RenderGraph>> = new Map([
  [
    'mermaid',
    async () => {
      const { renderMermaid } = await import('../documents/mermaid.ts');
      return ({ modules }: GraphView) => renderMermaid(modules);
    },
  ],
]);
