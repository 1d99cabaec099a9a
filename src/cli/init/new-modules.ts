import * as v from 'valibot';
import { line, moduleId } from '../../domain/config-values.ts';
import { parsePrompts } from '../../domain/prompts.ts';

/** As much of a module as its spec pack's skeleton needs. */
export interface NewModule {
  readonly id: string;
  readonly name: string;
  readonly prompt: number;
}

export type ParsedModules =
  | { readonly ok: true; readonly modules: readonly NewModule[] }
  | { readonly ok: false; readonly reason: string };

const NAME = line(100);

/** Modules from their names, separated by commas: `Event Emitter, Plex Authentication`. */
export function parseModules(text: string): ParsedModules {
  const names = text.split(',').map((name) => name.trim());
  const modules: NewModule[] = [];
  for (const [index, name] of names.entries()) {
    const id = idOf(name);
    if (!v.is(NAME, name) || !v.is(moduleId, id)) {
      return { ok: false, reason: `"${name}" gives no id such as event-emitter.` };
    }
    if (modules.some((one) => one.id === id)) {
      return { ok: false, reason: `"${id}" is there twice.` };
    }
    modules.push({ id, name, prompt: index + 1 });
  }
  return { ok: true, modules };
}

/** `Prompt 3`, and what stands between it and a title. */
const NUMBER = /^prompt\s+#?\d+\s*[:.)–—-]*\s*/iu;

/** One module for each prompt of a specification that is there already, in the order of the numbers. */
export function modulesOfPrompts(text: string, file: string): readonly NewModule[] {
  const modules: NewModule[] = [];
  const prompts = [...parsePrompts(text, file).prompts.values()];
  for (const { number, heading } of prompts.toSorted((one, other) => one.number - other.number)) {
    const name = heading.replace(NUMBER, '');
    const id = idOf(name);
    const isFit = v.is(NAME, name) && v.is(moduleId, id) && modules.every((one) => one.id !== id);
    const fallback = { id: `prompt-${number}`, name: `Prompt ${number}` };
    modules.push({ ...(isFit ? { id, name } : fallback), prompt: number });
  }
  return modules;
}

function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}
