import * as v from 'valibot';
import { line, moduleId } from '../../domain/config-values.ts';

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

function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}
