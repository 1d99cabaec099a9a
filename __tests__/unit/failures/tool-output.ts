import { secondsOfWork } from '../../support/seconds-of-work.ts';
import { readFileSync } from 'node:fs';
import { parseDiagnostics } from '../../../src/failures/parse-diagnostics.ts';

/** The checkout that the recorded outputs name. */
export const ROOT = '/home/runner/work/plex-client/plex-client';

export const WINDOWS_ROOT = String.raw`D:\a\plex-client\plex-client`;

/** What the parsers make of an output, as of a command that ran in the root. */
export function parsed(output: string, root = ROOT, workingDirectory: string | null = null) {
  return parseDiagnostics(output, { root, workingDirectory });
}

export function toolOutput(name: string): string {
  return fixture(`${name}.txt`);
}

export function fixture(file: string): string {
  return readFileSync(new URL(`../../fixtures/tool-output/${file}`, import.meta.url), 'utf8');
}

/** The same output as the tool writes it on Windows: its drive, backslashes (twice in JSON) and line ends. */
export function onWindows(output: string, isJson = false): string {
  const separator = isJson ? String.raw`\\` : '\\';
  const root = isJson ? JSON.stringify(WINDOWS_ROOT).slice(1, -1) : WINDOWS_ROOT;
  return output
    .replaceAll(`file://${ROOT}`, `file:///${WINDOWS_ROOT.replaceAll('\\', '/')}`)
    .replace(
      /(?:\/[\w.@-]+|\b[\w-]+)(?:\/[\w.@-]+)+\.[jt]sx?\b/g,
      (path, at: number, whole: string) =>
        whole.slice(0, at).endsWith(':')
          ? path
          : path.replace(ROOT, root).replaceAll('/', separator),
    )
    .replaceAll('\n', '\r\n');
}

/**
 * How much longer eight times the input takes: 8 for linear work, 64 for quadratic. The least of three measurements of
 * each, and never less than 2 ms for the shorter: what is over sooner cannot be told from the clock's own noise.
 */
export function growth(work: (times: number) => unknown): number {
  const least = (times: number): number =>
    Math.min(...[1, 2, 3].map(() => secondsOfWork(() => work(times))));
  return least(8) / Math.max(least(1), 0.002);
}
