import { pascalCase } from './config-names.ts';
import type { Config, ModuleConfig } from './config-types.ts';
import { entryOf, type ImplementationState, type ModuleEntry } from './implementation-state.ts';

/** The form of a module's id: a state file that was imported may hold anything. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/**
 * What the state knows and the config does not, since a person renamed or removed it: enough of a module each to end
 * what it began, and nothing to build it by.
 */
export function absentModules(config: Config, state: ImplementationState): readonly ModuleConfig[] {
  return [...state.entries.keys()]
    .filter((id) => !config.modules.has(id) && ID.test(id))
    .map((id) => ({
      id,
      name: id,
      className: pascalCase(id),
      dependsOn: [],
      prompt: 0,
      types: [],
      deliverables: null,
    }));
}

/** Absent modules of which something is under way: they are kept as they are and told, never dropped. */
export function orphansOf(config: Config, state: ImplementationState): readonly ModuleConfig[] {
  return absentModules(config, state).filter(({ id }) => isUnderWay(entryOf(state, id)));
}

function isUnderWay({ status, session }: ModuleEntry): boolean {
  return status === 'pending' ? session.request !== null : status !== 'complete';
}
