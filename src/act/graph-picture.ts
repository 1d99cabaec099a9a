import { GRAPH_FILE } from '../documents/dashboard.ts';
import { canBeDrawn } from '../documents/mermaid.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';
import { graphViewOf } from './graph-view.ts';
import type { StateFile } from './ports.ts';

/** The picture that goes beside the state where the dashboard's own diagram cannot hold all modules; what draws it is loaded only then. */
export async function graphPicture(
  world: World,
  state: ImplementationState,
): Promise<readonly StateFile[]> {
  const modules = [...world.config.modules.values()].map(({ id, name, dependsOn }) => ({
    id,
    name,
    dependsOn,
    status: entryOf(state, id).status,
  }));
  if (canBeDrawn(modules)) return [];
  const { renderGraphSvg } = await import('../documents/graph/svg.ts');
  const { url } = world.repository;
  const title = new URL(url).pathname.slice(1);
  return [
    {
      path: GRAPH_FILE,
      text: renderGraphSvg(graphViewOf(world, state, { title, repositoryUrl: url })),
    },
  ];
}
