import { readFileSync } from 'node:fs';
import { parseDiagnostics } from '../../../src/failures/parse-diagnostics.ts';

/** The checkout that the recorded outputs name. */
export const ROOT = '/home/runner/work/plex-client/plex-client';

/** What the parsers make of an output, as of a command that ran in the root. */
export function parsed(output: string, root = ROOT, workingDirectory: string | null = null) {
  return parseDiagnostics(output, { root, workingDirectory });
}

export function toolOutput(name: string): string {
  return readFileSync(new URL(`../../fixtures/tool-output/${name}.txt`, import.meta.url), 'utf8');
}

/** Processor time, so that a busy machine does not make a test fail. */
export function secondsOfWork(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
