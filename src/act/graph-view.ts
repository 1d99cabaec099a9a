import type { DashboardModule } from '../documents/dashboard.ts';
import type { GraphPageModule, GraphView } from '../documents/graph/graph-view.ts';
import { targetTitle } from '../documents/wording.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import type { World } from '../domain/world.ts';
import { dashboardModules } from './dashboard.ts';

/** A module with all that the dashboard, the picture and the page tell of it. */
export type BoardModule = DashboardModule & GraphPageModule;

export interface BoardView extends GraphView {
  readonly modules: readonly BoardModule[];
}

/** The modules as the picture, the page and the terminal show them. */
export function graphViewOf(
  world: World,
  state: ImplementationState,
  origin: Pick<GraphView, 'title' | 'repositoryUrl'>,
): BoardView {
  return {
    ...origin,
    criticalPath: world.graph.criticalPath((id) => entryOf(state, id).status === 'complete'),
    modules: dashboardModules(world, state).map((module) => ({
      ...module,
      waitsFor: waitsFor(module, world.config.paused),
      history: entryOf(state, module.id).session.history,
    })),
  };
}

/** Why a module is not further, in plain words. */
function waitsFor(module: DashboardModule, paused: boolean): string | null {
  if (module.status === 'complete') return null;
  if (module.status === 'review') return 'review and merge';
  if (module.status === 'in-progress') return 'the coder';
  if (module.status === 'blocked')
    return module.target === null ? null : targetTitle(module.target);
  if (module.unmet.length > 0)
    return module.unmet.map(({ reason, title }) => `${title}: ${reason}`).join('; ');
  if (!module.requested) return module.ready ? 'a request' : null;
  if (module.queuePlace === null) return 'its gates to be checked';
  return paused ? 'sessions to start again' : `a free session, place ${String(module.queuePlace)}`;
}
