/**
 * Whether a path lies at or under `pattern`, which may hold `*` (within one folder) and `**` (any depth). Compared
 * without regard to case: on a case-insensitive checkout `.GitHub/` is `.github/`.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const names = path.toLowerCase().split('/');
  const parts = pattern
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.length === 0) return false;
  let reached = new Set([0]);
  for (const name of names) {
    reached = step(reached, parts, name);
    if (skipDeep(reached, parts).has(parts.length)) return true;
    if (reached.size === 0) return false;
  }
  return false;
}

/** The positions in the pattern that are reached once `name` is read from any of those reached before. */
function step(reached: ReadonlySet<number>, parts: readonly string[], name: string): Set<number> {
  const next = new Set<number>();
  for (const at of skipDeep(reached, parts)) {
    const part = parts[at];
    if (part === undefined) continue;
    if (part === '**') next.add(at);
    else if (matchesName(name, part)) next.add(at + 1);
  }
  return next;
}

/** `**` may stand for no folder at all. */
function skipDeep(reached: ReadonlySet<number>, parts: readonly string[]): Set<number> {
  const all = new Set(reached);
  for (const at of all) {
    if (parts[at] === '**') all.add(at + 1);
  }
  return all;
}

/** Takes the pieces between stars from left to right, the last one from the end: linear, no backtracking. */
function matchesName(name: string, part: string): boolean {
  const [first = '', ...rest] = part.split('*');
  if (rest.length === 0) return name === part;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  if (!name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= name.length - last.length;
}
