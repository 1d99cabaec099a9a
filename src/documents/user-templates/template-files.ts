import { suggest } from '../../domain/nearest.ts';
import type { ProblemLog } from '../../domain/problem.ts';
import type { UnreadableFile } from '../../domain/spec-file.ts';
import type { TemplateName } from '../template.ts';

/** A larger template is no template; it also bounds what a hostile one can cost. */
const MAX_BYTES = 65_536;

const NAMES = [
  'orchestration-document',
  'pull-request-body',
  'escalation-issue',
  'dashboard',
] as const satisfies readonly TemplateName[];

/** The name under which the reference itself can be dropped in. */
const REFERENCE = 'orchestration-template.md';

const FILES: ReadonlyMap<string, TemplateName> = new Map([
  ...NAMES.flatMap((name) => [[`${name}.hbs`, name] as const, [`${name}.md`, name] as const]),
  [REFERENCE, 'orchestration-document'],
]);

/** What lies beside the templates and is none: a page about them, and what Git or an editor needs. */
export function isIgnored(file: string): boolean {
  return file.toLowerCase() === 'readme.md' || file.startsWith('.');
}

/** The template a file is by its name, or null where a problem has been noted. */
export function templateOf(file: string, log: ProblemLog): TemplateName | null {
  const name = FILES.get(file);
  if (name !== undefined) return name;
  const known = [...FILES.keys()];
  log.add(null, 'No template has this name.', () =>
    suggest(file, known, `There are ${known.join(', ')}.`),
  );
  return null;
}

/** A file's text with plain line ends, or null where a problem has been noted. */
export function textOf(content: string | UnreadableFile, log: ProblemLog): string | null {
  if (typeof content !== 'string') {
    log.add(content.line, `The file ${content.message}`, content.fix);
    return null;
  }
  const bytes = new TextEncoder().encode(content).length;
  if (bytes > MAX_BYTES) {
    log.add(null, `It has ${bytes} bytes; a template may have ${MAX_BYTES}.`, 'Shorten it.');
    return null;
  }
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.trim() !== '') return text;
  log.add(null, 'It is empty.', 'Write the template, or delete the file: ours is used then.');
  return null;
}
