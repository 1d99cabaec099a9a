import { distance } from 'fastest-levenshtein';
import type { Diagnostic } from '../domain/failure.ts';

/** TypeScript's messages about a name that nothing defines, or that a module does not export. */
const UNDEFINED_NAME = new Set([
  'TS2304',
  'TS2305',
  'TS2503',
  'TS2552',
  'TS2614',
  'TS2694',
  'TS2724',
]);

/** What stands before the name in those messages; a later one wins, as in `Module '…' has no exported member 'X'`. */
const BEFORE_NAME = [
  "Cannot find name '",
  "Cannot find namespace '",
  "has no exported member '",
  "has no exported member named '",
] as const;

/** Namespaces that type packages declare: their absence is a matter of installation. */
const AMBIENT = new Set(['NodeJS', 'JSX', 'React']);

/** Two slips of the keyboard. */
const MAX_SLIPS = 2;

/** The name a diagnostic misses, where it looks like a type's: a value such as `describe` is never missing there. */
export function undefinedTypeName(diagnostic: Diagnostic): string | null {
  if (diagnostic.code === null || !UNDEFINED_NAME.has(diagnostic.code)) return null;
  for (const before of BEFORE_NAME) {
    const at = diagnostic.message.indexOf(before);
    if (at < 0) continue;
    const from = at + before.length;
    const name = diagnostic.message.slice(from, diagnostic.message.indexOf("'", from));
    return /^[A-Z]\w{0,99}$/.test(name) && !AMBIENT.has(name) ? name : null;
  }
  return null;
}

/** Which names a specification uses but leaves to somebody else to define. */
export interface SpecNames {
  readonly used: ReadonlySet<string>;
  readonly defined: ReadonlySet<string>;
}

/** What the text itself declares is the module's own to write, as is the class named after the module. */
export function readSpecNames(
  module: string,
  text: string,
  sharedTypeNames: ReadonlySet<string>,
): SpecNames {
  const used = new Set(text.match(/\b[A-Z]\w*/g));
  const declared = text.matchAll(
    /\b(?:class|enum|type|interface|namespace)\s{1,9}([A-Z]\w*)(?=\s{0,9}(?:[<={]|extends\b|implements\b))|\bclass\s{1,9}([A-Z]\w*)/g,
  );
  const defined = new Set([...sharedTypeNames, className(module)]);
  for (const [, first, second] of declared) defined.add(first ?? second ?? '');
  return { used, defined };
}

export function isMissingType(name: string, spec: SpecNames): boolean {
  return spec.used.has(name) && !spec.defined.has(name);
}

/** The shared type whose name is closest, if it is close enough to be what was meant. */
export function nearestSharedType(
  name: string,
  sharedTypeNames: ReadonlySet<string>,
): string | null {
  let nearest: string | null = null;
  let least = MAX_SLIPS + 1;
  for (const candidate of sharedTypeNames) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const slips = distance(candidate, name);
    if (slips < least && slips < name.length / 2) [nearest, least] = [candidate, slips];
  }
  return nearest;
}

function className(module: string): string {
  return module
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}
