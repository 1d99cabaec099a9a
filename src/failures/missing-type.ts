import { distance } from 'fastest-levenshtein';
import type { Diagnostic } from '../domain/failure.ts';
import { sourcePath } from './source-path.ts';
import type { SpecNames } from './spec-names.ts';

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

/**
 * What the platform or a type package declares: its absence is a matter of the compiler's `lib` and `types`. Names such
 * as `Buffer` need not be here, since TypeScript has codes of their own for them (2580 to 2593).
 */
const AMBIENT = new Set(
  (
    'AbortController AbortSignal Blob BodyInit CustomEvent DOMException Document Element Event EventListener ' +
    'EventTarget File FormData Headers HeadersInit HTMLElement JSX MessageEvent NodeJS React ReadableStream Request ' +
    'RequestInfo RequestInit Response ResponseInit TextDecoder TextEncoder TransformStream URL URLSearchParams ' +
    'WebSocket Window Worker WritableStream'
  ).split(' '),
);

/** Two slips of the keyboard. */
const MAX_SLIPS = 2;

/**
 * The name a diagnostic misses, where it looks like a type's: a value such as `describe`, or a constant such as
 * `MAX_TRIES`, is never missing there.
 */
export function undefinedTypeName(diagnostic: Diagnostic): string | null {
  if (diagnostic.code === null || !UNDEFINED_NAME.has(diagnostic.code)) return null;
  for (const before of BEFORE_NAME) {
    const at = diagnostic.message.indexOf(before);
    if (at < 0) continue;
    const from = at + before.length;
    const name = diagnostic.message.slice(from, diagnostic.message.indexOf("'", from));
    return /^[A-Z](?=\w*[a-z])\w{1,99}$/.test(name) && !AMBIENT.has(name) ? name : null;
  }
  return null;
}

/** Who else defines names, and which files the session itself writes. */
export interface KnownNames {
  /** Every shared type of the spec pack. */
  readonly sharedTypes: ReadonlySet<string>;
  /** What modules build: their classes, and the names that the other modules' prompts declare. */
  readonly built: ReadonlySet<string>;
  /** The paths that the session changes. */
  readonly changedPaths: ReadonlySet<string>;
}

/**
 * Whether nobody defines a name that the specification uses. What the specification itself declares is the module's to
 * write, what another module builds is the session's to import, and a file of the session's own that bears the name, or
 * does not export it, is the session's to mend.
 */
export function isMissingType(
  name: string,
  diagnostic: Diagnostic,
  spec: SpecNames,
  known: KnownNames,
): boolean {
  if (!spec.used.has(name) || spec.defined.has(name)) return false;
  if (known.sharedTypes.has(name) || known.built.has(name)) return false;
  if (bearsName(name, known.changedPaths)) return false;
  const imported = importedPath(diagnostic);
  return imported === null || !sourceFiles(imported).some((path) => known.changedPaths.has(path));
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

function bearsName(name: string, paths: ReadonlySet<string>): boolean {
  return [...paths].some((path) => path.slice(path.lastIndexOf('/') + 1).split('.', 1)[0] === name);
}

/** Where `Module '"./types/index.js"' has no exported member …` looked, without its extension; null for a package. */
function importedPath({ file, message }: Diagnostic): string | null {
  const specifier = /^[^"]{0,20}"(\.{1,2}\/[^"]{0,500})"/.exec(message)?.[1];
  if (specifier === undefined || file === null) return null;
  const folder = file.slice(0, Math.max(file.lastIndexOf('/'), 0));
  const path = sourcePath(specifier, { root: '/', workingDirectory: folder });
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

function sourceFiles(path: string): readonly string[] {
  return [path, `${path}/index`].flatMap((one) =>
    ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts'].map((end) => one + end),
  );
}
