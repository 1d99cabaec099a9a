import type { ModuleConfig } from '../domain/config.ts';
import type { World } from '../domain/world.ts';
import { UsageError } from './command.ts';

/** @throws UsageError where the config has no module of that id. */
export function moduleOf(
  { config, graph }: Pick<World, 'config' | 'graph'>,
  id: string,
): ModuleConfig {
  const module = config.modules.get(id);
  if (module !== undefined) return module;
  const near = graph.nearestIds(id);
  const known = near.length > 0 ? near : [...config.modules.keys()].slice(0, 20);
  throw new UsageError(`There is no module "${id}".`, `Did you mean ${known.join(' or ')}?`);
}
