import { STATUSES } from '../domain/implementation-state.ts';
import type { ShownModule } from '../domain/remains.ts';

/** A row of the table of all modules: `| Name (`id`) | sign status | 1 of 3 | … |`. */
const ROW =
  /^\| [^|]*\(`([a-z0-9]+(?:-[a-z0-9]+)*)`\) \| \S+ ([a-z-]+) \| (?:—|([1-9][0-9]{0,5}) of ([1-9][0-9]{0,5})) \|/;

/** A row of the table of those that wait: `| **Name** (`id`) | why |`. */
const WAITING_ROW = /^\| \*\*[^|]*\*\* \(`([a-z0-9]+(?:-[a-z0-9]+)*)`\)/;

/** What a dashboard says of each module; a user's own template may say it otherwise, and then nothing is read. */
export function parseDashboardRows(body: string): ReadonlyMap<string, ShownModule> {
  const waiting = new Set(
    sectionOf(body, 'Waiting').flatMap((line) => WAITING_ROW.exec(line)?.[1] ?? []),
  );
  const rows = sectionOf(body, 'All modules').flatMap((line) => {
    const [, id = '', word = '', attempt = '0', maxAttempts = '0'] = ROW.exec(line) ?? [];
    const status = STATUSES.find((one) => one === word);
    if (status === undefined) return [];
    const counts = { attempt: Number(attempt), maxAttempts: Number(maxAttempts) };
    return [[id, { status, ...counts, requested: waiting.has(id) }] as const];
  });
  return new Map(rows);
}

/** The lines from a heading to the next one. */
function sectionOf(body: string, title: string): readonly string[] {
  const lines = body.split(/\r?\n/);
  const start = lines.indexOf(`### ${title}`);
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('### '));
  return end === -1 ? rest : rest.slice(0, end);
}
