/**
 * A deep copy of maps, sets, arrays and plain objects that keeps who is the same as whom; what has a class of its own
 * (a git store, a lock) is shared. `copies` tells what stands for what, and may be given some beforehand.
 */
export function copyGraph(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) return copyArray(value, copies);
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    copies.set(value, copy);
    for (const [key, one] of value) copy.set(key, copyGraph(one, copies));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    copies.set(value, copy);
    for (const one of value) copy.add(copyGraph(one, copies));
    return copy;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy = {};
  copies.set(value, copy);
  copyFields(value, copy, copies);
  return copy;
}

/** Gives `target` copies of all that `source` holds. */
export function copyFields(source: object, target: object, copies: Map<unknown, unknown>): void {
  for (const [key, one] of Object.entries(source)) {
    Object.assign(target, { [key]: copyGraph(one, copies) });
  }
}

function copyArray(value: readonly unknown[], copies: Map<unknown, unknown>): unknown[] {
  const copy: unknown[] = [];
  copies.set(value, copy);
  for (const one of value) copy.push(copyGraph(one, copies));
  return copy;
}
