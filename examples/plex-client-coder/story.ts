import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What verification finds on a push. */
export type Expectation =
  | { readonly result: 'green' }
  /** These, and no others, fail. */
  | { readonly result: 'failing'; readonly failures: readonly SelfFixFailure[] }
  /** The coder asks to halt; there is nothing to verify. */
  | { readonly result: 'halt'; readonly failureType: 'missing-type' };

export type SelfFixFailure = 'type-error' | 'lint-error' | 'test-failure';

export interface StoryPush {
  /** Absolute; what it holds is written over the session's checkout. */
  readonly directory: string;
  /** The commit's message. */
  readonly message: string;
  readonly expect: Expectation;
}

export interface StorySession {
  readonly module: string;
  readonly attempt: number;
  /** In order; the next one follows when the one before was verified. */
  readonly pushes: readonly StoryPush[];
}

/** The planning agent's answer to the escalation of one session that halted. */
export interface Amendment {
  readonly module: string;
  readonly attempt: number;
  /** Absolute; what it holds is written over the base branch. */
  readonly directory: string;
  readonly message: string;
  /** The comment that goes with closing the escalation. */
  readonly resolution: string;
}

export interface Story {
  /** In an order in which every session's dependencies are merged before it. */
  readonly sessions: readonly StorySession[];
  readonly amendment: Amendment;
}

/** What the files of a push say of the session that pushes them. */
export interface PushValues {
  /** Stands for `__SESSION_ID__`. */
  readonly sessionId: string;
  /** An ISO time; stands for `__NOW__`. */
  readonly now: string;
}

export interface StoryFile {
  /** Relative to the root of the checkout, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

/** The whole story, with absolute directories. */
export function loadStory(): Story {
  return {
    sessions: [
      session('event-emitter', 1, [
        push('1-implement', 'feat(event-emitter): typed, synchronous events', green()),
      ]),
      session('http-client', 1, [
        push(
          '1-implement',
          'feat(http-client): JSON over HTTP with retries',
          failing('lint-error', 'test-failure'),
        ),
        push('2-fix-retries', 'fix(http-client): make the last try, rename a method', green()),
      ]),
      session('plex-auth', 1, [
        push('1-implement', 'feat(plex-auth): sign in by PIN', failing('type-error')),
        push('2-fix-token-type', 'fix(plex-auth): build tokens from checked strings', green()),
      ]),
      session('plex-library', 1, [
        push('1-halt', 'docs(plex-library): halt, IMediaContainerPage is not defined', {
          result: 'halt',
          failureType: 'missing-type',
        }),
      ]),
      session('playback-session', 1, [
        push('1-implement', 'feat(playback-session): follow one player', green()),
      ]),
      session('plex-library', 2, [
        push('1-implement', 'feat(plex-library): sections, pages and items', green()),
      ]),
      session('watch-history', 1, [
        push('1-implement', 'feat(watch-history): progress, marks and history', green()),
      ]),
    ],
    amendment: amendment('plex-library', 1, 'spec: define IMediaContainerPage and its last page'),
  };
}

/** The files of a push or an amendment, by path, with the values filled in. */
export function readStoryFiles(directory: string, values: PushValues): readonly StoryFile[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      path: relative(directory, path).split(sep).join('/'),
      content: fill(readFileSync(path, 'utf8'), values),
    }));
}

function session(module: string, attempt: number, pushes: readonly StoryPush[]): StorySession {
  const folder = `sessions/${module}-${attempt}`;
  return {
    module,
    attempt,
    pushes: pushes.map((one) => ({ ...one, directory: locate(`${folder}/${one.directory}`) })),
  };
}

function push(directory: string, message: string, expect: Expectation): StoryPush {
  return { directory, message, expect };
}

function amendment(module: string, attempt: number, message: string): Amendment {
  const folder = `amendments/${module}-${attempt}`;
  const resolution = readFileSync(locate(`${folder}/resolution.md`), 'utf8').trim();
  return { module, attempt, directory: locate(`${folder}/files`), message, resolution };
}

function green(): Expectation {
  return { result: 'green' };
}

function failing(...failures: SelfFixFailure[]): Expectation {
  return { result: 'failing', failures };
}

function locate(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

function fill(text: string, values: PushValues): string {
  return text.replaceAll('__SESSION_ID__', values.sessionId).replaceAll('__NOW__', values.now);
}
