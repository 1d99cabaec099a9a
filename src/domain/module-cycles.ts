/** What each name depends on. */
export type Edges = ReadonlyMap<string, readonly string[]>;

/** More cycles than this are not told: mending some mends others. */
const MAX_CYCLES = 20;

/**
 * Cycles that together cover every edge of a cycle, each as short as its edge allows, as `[a, b, a]`
 * from the name that stands first in the map.
 */
export function findCycles(edges: Edges, max = MAX_CYCLES): readonly (readonly string[])[] {
  const component = components(edges);
  const covered = new Map<string, Set<string>>();
  const cycles: (readonly string[])[] = [];
  for (const [from, targets] of edges) {
    for (const to of targets) {
      if (component.get(from) !== component.get(to) || covered.get(from)?.has(to)) continue;
      if (cycles.length >= max) return cycles;
      const cycle = [from, ...shortestPath(edges, component, to, from)];
      cover(cycle, covered);
      cycles.push(fromFirst(cycle, edges));
    }
  }
  return cycles;
}

/** Kosaraju's strongly connected components, without recursion. */
function components(edges: Edges): ReadonlyMap<string, number> {
  const reversed = new Map<string, string[]>();
  for (const [from, targets] of edges) {
    for (const to of targets) {
      const sources = reversed.get(to);
      if (sources === undefined) reversed.set(to, [from]);
      else sources.push(from);
    }
  }
  const component = new Map<string, number>();
  for (const [number, start] of finishOrder(edges).toReversed().entries()) {
    const open = [start];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (component.has(name)) continue;
      component.set(name, number);
      open.push(...(reversed.get(name) ?? []));
    }
  }
  return component;
}

/** Depth first: each name after all that it depends on, cycles aside. */
function finishOrder(edges: Edges): readonly string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const root of edges.keys()) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack = [{ name: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = edges.get(top.name)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        order.push(top.name);
        stack.pop();
      } else if (!seen.has(target)) {
        seen.add(target);
        stack.push({ name: target, next: 0 });
      }
    }
  }
  return order;
}

/** From one name to another of its component, both included; breadth first. */
function shortestPath(
  edges: Edges,
  component: ReadonlyMap<string, number>,
  from: string,
  to: string,
): readonly string[] {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  for (const name of cameFrom.keys()) {
    if (name === to) break;
    for (const target of edges.get(name) ?? []) {
      if (component.get(target) !== component.get(from) || cameFrom.has(target)) continue;
      cameFrom.set(target, name);
    }
  }
  const path: string[] = [];
  let step: string | null | undefined = to;
  while (step !== null && step !== undefined) {
    path.push(step);
    step = cameFrom.get(step);
  }
  return path.toReversed();
}

function cover(cycle: readonly string[], covered: Map<string, Set<string>>): void {
  for (const [index, from] of cycle.entries()) {
    const to = cycle[index + 1];
    if (to === undefined) continue;
    const targets = covered.get(from) ?? new Set();
    covered.set(from, targets.add(to));
  }
}

function fromFirst(cycle: readonly string[], edges: Edges): readonly string[] {
  const open = cycle.slice(1);
  const names = new Set(open);
  for (const name of edges.keys()) {
    if (!names.has(name)) continue;
    const index = open.indexOf(name);
    return [...open.slice(index), ...open.slice(0, index), name];
  }
  return cycle;
}

/** Links of a cycle that are spelled out; one of ten thousand modules would fill a report. */
const MAX_SHOWN_NAMES = 20;

/** `a → b → a`, with the middle of a long cycle counted and long names cut. */
export function describeCycle(cycle: readonly string[]): string {
  const names = cycle.map((name) => (name.length <= 60 ? name : `${name.slice(0, 59)}…`));
  const more = names.length - MAX_SHOWN_NAMES;
  if (more <= 0) return names.join(' → ');
  return [...names.slice(0, MAX_SHOWN_NAMES - 1), `(${more} more)`, ...names.slice(-1)].join(' → ');
}
