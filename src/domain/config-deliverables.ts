import type { Path } from './config-lines.ts';
import type { Report } from './config-report.ts';
import type { ConfigFile } from './config-schema.ts';
import { quoteValue } from './problem.ts';

type DeliverableFile = ConfigFile['deliverables'][number];

/** A deliverable among the files that no session may change could never be made. */
export function checkDeliverables(file: ConfigFile, report: Report): void {
  const { prompts, types, handoffs, state } = file.paths;
  const readOnly = [prompts, types, handoffs, state].map((path) => path.replace(/\/$/, ''));
  checkList(file.deliverables, ['deliverables'], readOnly, report);
  for (const [id, { deliverables }] of Object.entries(file.modules)) {
    checkList(deliverables ?? [], ['modules', id, 'deliverables'], readOnly, report);
  }
}

function checkList(
  deliverables: readonly DeliverableFile[],
  list: Path,
  readOnly: readonly string[],
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [index, { path }] of deliverables.entries()) {
    const owner = readOnly.find((folder) => path === folder || path.startsWith(`${folder}/`));
    if (owner !== undefined) {
      const message = `${quoteValue(path)} is among the read-only files of ${quoteValue(owner)}.`;
      report.add([...list, index, 'path'], message, 'Give the file another place.');
    }
    if (seen.has(path)) {
      const message = `${quoteValue(path)} is there twice.`;
      report.add([...list, index, 'path'], message, 'Take one of the two out.');
    }
    seen.add(path);
  }
}
