import type { Config, Deliverable, ModuleConfig } from './config-types.ts';

/** What a command may name of its module: only what matches a strict pattern, since a shell reads it. */
export const COMMAND_FIELDS = ['module.id', 'module.className'] as const;

/** What the comment that calls the coder may name. */
export const HANDOFF_FIELDS = ['document', 'module.id', 'module.name', 'module.className'] as const;

const FIELD = /\{\{([^{}]*)\}\}/g;

/** The names between double braces in a text, as often as they stand there. */
export function fieldsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(FIELD), ([, name]) => (name ?? '').trim());
}

/** Fills in the known fields and leaves the others as they are. */
export function fillFields(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(FIELD, (field, name: string) => values.get(name.trim()) ?? field);
}

/** A command with its module's id and class name in it; never the name, which is free text. */
export function fillCommand(run: string, module: Pick<ModuleConfig, 'id' | 'className'>): string {
  return fillFields(
    run,
    new Map([
      ['module.id', module.id],
      ['module.className', module.className],
    ]),
  );
}

/** What a module is to create: its own list or everybody's, with its names filled into the paths. */
export function deliverablesOf(
  config: Pick<Config, 'deliverables'>,
  module: Pick<ModuleConfig, 'id' | 'className' | 'deliverables'>,
): readonly Deliverable[] {
  return (module.deliverables ?? config.deliverables).map((deliverable) => ({
    ...deliverable,
    path: deliverable.path
      .replaceAll('[module-name]', module.id)
      .replaceAll('[ModuleName]', module.className),
  }));
}
