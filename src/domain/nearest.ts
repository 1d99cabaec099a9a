import { distance } from 'fastest-levenshtein';

/** Longer names are not typing errors of a known one, and comparing them costs their square. */
const MAX_COMPARED_LENGTH = 100;

/** The known names most like a mistyped one, the most alike first; empty where none is close. */
export function nearestNames(name: string, known: Iterable<string>, max = 3): readonly string[] {
  if (name.length > MAX_COMPARED_LENGTH) return [];
  const wanted = comparable(name);
  const tolerance = Math.max(2, Math.floor(wanted.length / 3));
  const close: { readonly candidate: string; readonly far: number }[] = [];
  for (const candidate of new Set(known)) {
    if (Math.abs(candidate.length - name.length) > tolerance + 3) continue;
    const far = distance(wanted, comparable(candidate));
    if (far <= tolerance && far < wanted.length) close.push({ candidate, far });
  }
  return close
    .toSorted((a, b) => a.far - b.far)
    .slice(0, max)
    .map(({ candidate }) => candidate);
}

/** `Did you mean "a" or "b"?`, or the fallback where nothing is close. */
export function suggest(name: string, known: Iterable<string>, fallback: string): string {
  const near = nearestNames(name, known);
  if (near.length === 0) return fallback;
  return `Did you mean ${near.map((candidate) => `"${candidate}"`).join(' or ')}?`;
}

/** Case and word separators apart, so that `maxStarts` is near `max-starts`. */
function comparable(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}
