import { SessionwrightError } from '../../domain/errors.ts';
import { ProblemLog, type Problem } from '../../domain/problem.ts';
import type { UnreadableFile } from '../../domain/spec-file.ts';
import type { TemplateFiles } from '../../domain/template-file.ts';
import type { Template, TemplateName, UserTemplates } from '../template.ts';
import { readBrackets } from './bracket-form.ts';
import { TEMPLATE_FIELDS } from './fields.ts';
import { readHandlebars } from './handlebars-form.ts';
import { renderParts, type Part } from './parts.ts';
import { metadataGaps } from './rendered-document.ts';
import { sampleOf } from './sample.ts';
import { isIgnored, templateOf, textOf } from './template-files.ts';
import { isHandlebars, unwrap, type TemplateText } from './template-form.ts';

export interface CompiledTemplates {
  /** Those that can be used. */
  readonly templates: UserTemplates;
  /** Everything that is wrong with the others. */
  readonly problems: readonly Problem[];
}

interface Compiled {
  readonly file: string;
  readonly name: TemplateName;
  /** Null where it has problems. */
  readonly template: Template | null;
}

/** A marker in a template would be taken for the one that is put in by itself. */
const MARKER = '<!-- sessionwright:';

/**
 * A user's own templates from the files of their folder. What they render is checked here on an example, and again at each rendering, where a
 * template that fails throws a `SessionwrightError` that names file, line and field.
 */
export function compileUserTemplates(files: TemplateFiles, folder: string): CompiledTemplates {
  const problems: Problem[] = [];
  const compiled: Compiled[] = [];
  for (const [file, content] of files) {
    if (isIgnored(file)) continue;
    const log = new ProblemLog(`${folder}/${file}`, 'template-invalid');
    const one = compileFile(file, content, { folder, log });
    const rival = compiled.find(({ name }) => name === one?.name);
    if (rival !== undefined) {
      const message = `It and ${rival.file} are the same template.`;
      log.add(null, message, 'Delete one of the two.');
    }
    if (one !== null) compiled.push(one);
    problems.push(...log.problems());
  }
  return { templates: usable(compiled), problems };
}

function usable(compiled: readonly Compiled[]): UserTemplates {
  const single = compiled.filter(
    ({ name }) => compiled.filter((one) => one.name === name).length === 1,
  );
  return Object.fromEntries(
    single.flatMap(({ name, template }) => (template === null ? [] : [[name, template]])),
  );
}

function compileFile(
  file: string,
  content: string | UnreadableFile,
  { folder, log }: { readonly folder: string; readonly log: ProblemLog },
): Compiled | null {
  const name = templateOf(file, log);
  if (name === null) return null;
  const text = textOf(content, log);
  if (text === null) return { file, name, template: null };
  const parts = readTemplate(file, name, { text, log });
  if (log.problems().length === 0) tryOut(name, parts, { text, log });
  const isSound = log.problems().length === 0;
  return { file, name, template: isSound ? templateFrom(`${folder}/${file}`, name, parts) : null };
}

interface Read {
  readonly text: string;
  readonly log: ProblemLog;
}

function readTemplate(file: string, name: TemplateName, { text, log }: Read): readonly Part[] {
  const fields = TEMPLATE_FIELDS[name];
  if (file.endsWith('.hbs'))
    return readHandlebars(text, { fields, list: null, log, linesAbove: 0 });
  const inside: TemplateText = unwrap(text, name);
  const { linesAbove } = inside;
  if (isHandlebars(inside.text, fields)) {
    return readHandlebars(inside.text, { fields, list: null, log, linesAbove });
  }
  const lines = inside.text.trimEnd().split('\n');
  return readBrackets(
    lines.map((line, index) => ({ text: line, number: linesAbove + index + 1 })),
    name,
    log,
  );
}

/** Renders a template on an example, with items in every list and with none. */
function tryOut(name: TemplateName, parts: readonly Part[], { text, log }: Read): void {
  for (const lists of ['one item', 'empty'] as const) {
    const sample = sampleOf(TEMPLATE_FIELDS[name], lists);
    const rendered = renderParts(name, parts, sample);
    if (rendered.includes(MARKER)) {
      const line = text.split('\n').findIndex((one) => one.includes(MARKER)) + 1;
      log.add(
        line === 0 ? null : line,
        'It holds a marker of ours.',
        'Take the comment out: it is put in by itself.',
      );
    }
    const gaps = name === 'orchestration-document' ? metadataGaps(rendered, sample) : [];
    for (const { message, fix } of gaps) log.add(null, message, fix);
    if (log.problems().length > 0) return;
  }
}

function templateFrom(file: string, name: TemplateName, parts: readonly Part[]): Template {
  return (fields) => {
    const rendered = renderParts(file, parts, fields);
    const [gap] = name === 'orchestration-document' ? metadataGaps(rendered, fields) : [];
    if (gap === undefined) return rendered;
    throw SessionwrightError.of('template-metadata', { file, gap: gap.message, fix: gap.fix });
  };
}
