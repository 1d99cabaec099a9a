import { findCycles } from './module-cycles.ts';
import { nearestNames } from './nearest.ts';

/** A look at the modules and what they depend on; nothing recurses, so that ten thousand in a row are fine. */
class ModuleGraph {
  readonly #dependencies = new Map<string, readonly string[]>();
  readonly #dependents = new Map<string, string[]>();
  readonly #order: readonly string[];
  readonly #chains: ReadonlyMap<string, number>;

  /** Dependencies that are no modules, and those named twice, are left out. */
  constructor(modules: ReadonlyMap<string, { readonly dependsOn: readonly string[] }>) {
    for (const id of modules.keys()) this.#dependents.set(id, []);
    for (const [id, { dependsOn }] of modules) {
      const known = [...new Set(dependsOn)].filter((dependency) => modules.has(dependency));
      this.#dependencies.set(id, known);
      for (const dependency of known) this.#dependents.get(dependency)?.push(id);
    }
    this.#order = orderTopologically(this.#dependencies, this.#dependents);
    this.#chains = chainLengths(this.#order, this.#dependents);
  }

  dependenciesOf(id: string): readonly string[] {
    return this.#dependencies.get(id) ?? [];
  }

  dependentsOf(id: string): readonly string[] {
    return this.#dependents.get(id) ?? [];
  }

  /** Nearest first, without the module itself. */
  transitiveDependencies(id: string): readonly string[] {
    return reachable(id, this.#dependencies);
  }

  /** Nearest first, without the module itself. */
  transitiveDependents(id: string): readonly string[] {
    return reachable(id, this.#dependents);
  }

  /** Each as `[a, b, a]`; empty for a graph that can be built. */
  findCycles(): readonly (readonly string[])[] {
    return findCycles(this.#dependencies);
  }

  /** Dependencies before dependents, else in the order of the file; modules of a cycle come last. */
  topologicalOrder(): readonly string[] {
    return this.#order;
  }

  /** How many modules the longest chain holds that waits for this one; 0 where none does. */
  longestChainFrom(id: string): number {
    return this.#chains.get(id) ?? 0;
  }

  /** The longest chain of modules still to be done, first to last. */
  criticalPath(isDone: (id: string) => boolean): readonly string[] {
    const open = this.#order.filter((id) => !isDone(id));
    const longest = new Map<string, { readonly length: number; readonly before: string | null }>();
    let end: string | null = null;
    for (const id of open) {
      let best = { length: 1, before: null as string | null };
      for (const dependency of this.dependenciesOf(id)) {
        const length = (longest.get(dependency)?.length ?? 0) + 1;
        if (length > best.length) best = { length, before: dependency };
      }
      longest.set(id, best);
      if (end === null || best.length > (longest.get(end)?.length ?? 0)) end = id;
    }
    const path: string[] = [];
    for (let id = end; id !== null; id = longest.get(id)?.before ?? null) path.push(id);
    return path.toReversed();
  }

  /** The modules that a mistyped id may have meant. */
  nearestIds(name: string, max = 3): readonly string[] {
    return nearestNames(name, this.#dependencies.keys(), max);
  }
}

export type { ModuleGraph };

export function createModuleGraph(
  modules: ReadonlyMap<string, { readonly dependsOn: readonly string[] }>,
): ModuleGraph {
  return new ModuleGraph(modules);
}

type Edges = ReadonlyMap<string, readonly string[]>;

function orderTopologically(dependencies: Edges, dependents: Edges): readonly string[] {
  const missing = new Map([...dependencies].map(([id, all]) => [id, all.length]));
  const order = new Set([...dependencies.keys()].filter((id) => missing.get(id) === 0));
  for (const id of order) {
    for (const dependent of dependents.get(id) ?? []) {
      const left = (missing.get(dependent) ?? 0) - 1;
      missing.set(dependent, left);
      if (left === 0) order.add(dependent);
    }
  }
  return [...new Set([...order, ...dependencies.keys()])];
}

function chainLengths(order: readonly string[], dependents: Edges): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const id of order.toReversed()) {
    let longest = 0;
    for (const dependent of dependents.get(id) ?? []) {
      longest = Math.max(longest, (lengths.get(dependent) ?? 0) + 1);
    }
    lengths.set(id, longest);
  }
  return lengths;
}

function reachable(start: string, edges: Edges): readonly string[] {
  const found = new Set([start]);
  for (const id of found) {
    for (const next of edges.get(id) ?? []) found.add(next);
  }
  return [...found].slice(1);
}
