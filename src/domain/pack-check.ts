import type { Draft, DraftModule } from './config-draft.ts';
import { titleCase } from './config-names.ts';
import type { Report } from './config-report.ts';
import { nearestNames, suggest } from './nearest.ts';
import { quoteValue } from './problem.ts';
import type { PromptSection, SharedType } from './spec-pack.ts';

/** What was found of the spec pack; null for a part that cannot be read, which is told of elsewhere. */
export interface FoundPack {
  readonly prompts: FoundPrompts | 'missing' | null;
  readonly types: FoundTypes | 'missing' | null;
  /** Names of the files in the handoffs' folder, whether they can be read or not. */
  readonly handoffs: ReadonlySet<string> | null;
}

export interface FoundPrompts {
  readonly sections: ReadonlyMap<number, PromptSection>;
  /** The first line by number that reads like a prompt's heading. */
  readonly likeLines: () => ReadonlyMap<number, number>;
}

export interface FoundTypes {
  readonly declared: ReadonlyMap<string, SharedType>;
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

/** What the modules name of the spec pack and is not there, each where the config names it. */
export function checkPack(draft: Draft, found: FoundPack, report: Report): void {
  checkPrompts(draft, found, report);
  checkHandoffs(draft, found, report);
  checkTypes(draft, found, report);
}

function checkPrompts({ modules, paths }: Draft, { prompts }: FoundPack, report: Report): void {
  const file = paths.prompts;
  const asking = [...modules].flatMap(([id, module]) =>
    module.prompt === null ? [] : [{ id, module, number: module.prompt }],
  );
  const [first] = asking;
  if (file === null || prompts === null || first === undefined) return;
  if (prompts === 'missing') {
    tellMissingFile({ key: 'prompts', file, module: first.id }, report);
    return;
  }
  const lacking = asking.filter(({ number }) => !prompts.sections.has(number));
  if (lacking.length === 0) return;
  const like = prompts.likeLines();
  const known = [...prompts.sections.keys()].toSorted((a, b) => a - b).slice(0, 20);
  const there = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
  for (const { id, module, number } of lacking) {
    const line = like.get(number);
    report.add(
      ['modules', id, 'prompt'],
      `${quoteValue(id)} has no prompt: no heading in ${file} begins with "Prompt ${number}" (${there}).`,
      line === undefined
        ? `Add the heading "## Prompt ${number}: ${titleOf(id, module)}" there, or correct the number.`
        : `Line ${line} there reads like it but is no heading: begin it with "## ", outside lists, quotations and code.`,
    );
  }
}

function titleOf(id: string, { name, sound }: DraftModule): string {
  return name ?? (sound ? titleCase(id) : '<name>');
}

interface MissingFile {
  readonly key: 'prompts' | 'types';
  readonly file: string;
  /** The first module that needs it. */
  readonly module: string;
}

/** A file that lacks as a whole is told once, where its path is given or where it is first needed. */
function tellMissingFile({ key, file, module }: MissingFile, report: Report): void {
  const own = ['paths', key];
  const isGiven = report.has(own);
  const need = key === 'prompts' ? 'prompt' : 'types';
  report.add(
    isGiven ? own : ['modules', module, need],
    `The file ${file}, which ${quoteValue(module)} needs for its ${need}, does not exist.`,
    isGiven
      ? 'Create it, or correct the path.'
      : `Create it, or give its path as \`paths.${key}\`.`,
  );
}

function checkHandoffs({ modules, paths }: Draft, { handoffs }: FoundPack, report: Report): void {
  const folder = paths.handoffs;
  if (folder === null || handoffs === null) return;
  const free = [...handoffs].filter((name) => !modules.has(name.replace(/\.md$/, '')));
  for (const [id, { sound }] of modules) {
    const name = `${id}.md`;
    if (!sound || handoffs.has(name)) continue;
    report.add(
      ['modules', id],
      `${quoteValue(id)} has no context handoff: there is no ${folder}/${name}.`,
      () => handoffFix(name, free),
    );
  }
}

/** A file that belongs to no module may be a module's under a wrong name; by itself it is no problem. */
function handoffFix(name: string, free: readonly string[]): string {
  const [near] = nearestNames(name, free, 1);
  return near === undefined
    ? 'Create it with the scope, the assumptions and the verification of the module.'
    : `Create it, or rename ${quoteValue(near)} there, which belongs to no module.`;
}

function checkTypes({ modules, paths }: Draft, { types }: FoundPack, report: Report): void {
  const file = paths.types;
  const asking = [...modules].filter(([, module]) => module.types.length > 0);
  const [first] = asking;
  if (file === null || types === null || first === undefined) return;
  if (types === 'missing') {
    tellMissingFile({ key: 'types', file, module: first[0] }, report);
    return;
  }
  const fixOf = typeFixes(types);
  for (const [id, module] of asking) {
    for (const [index, name] of module.types.entries()) {
      if (name === '' || types.declared.has(name)) continue;
      report.add(
        ['modules', id, 'types', index],
        `The type ${quoteValue(name)} of ${quoteValue(id)} is not declared in ${file}.`,
        () => fixOf(name),
      );
    }
  }
}

/** Names compared in one report; a file of many thousand types would take seconds otherwise. */
const MAX_COMPARED = 300_000;

/** The nearest names for an undeclared type, as long as looking for them stays cheap. */
function typeFixes({ declared, unread }: FoundTypes): (name: string) => string {
  const [first] = unread;
  const fallback =
    first === undefined
      ? 'Declare it there by name, or take it out of the list.'
      : `Declare it there, or hand it on by name: \`${first.text}\` on line ${first.line} names nothing.`;
  let compared = 0;
  return (name) => {
    compared += declared.size;
    return compared > MAX_COMPARED ? fallback : suggest(name, declared.keys(), fallback);
  };
}
