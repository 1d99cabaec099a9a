import {
  entryOf,
  type ImplementationState,
  type ModuleEntry,
} from '../domain/implementation-state.ts';

/** What a repair changes, a line for each value; nothing where both states say the same. */
export function differencesOf(
  before: ImplementationState,
  after: ImplementationState,
  broken: ReadonlySet<string>,
): readonly string[] {
  const lines = [...after.entries.keys()].sort().flatMap((id) => {
    const isNew = broken.has(id) || !before.entries.has(id);
    return entryLines(id, isNew ? null : entryOf(before, id), entryOf(after, id));
  });
  if (before.dashboard === after.dashboard) return lines;
  return [...lines, `dashboard: ${told(before.dashboard)} → ${told(after.dashboard)}`];
}

function entryLines(id: string, before: ModuleEntry | null, after: ModuleEntry): readonly string[] {
  const old = before === null ? {} : flat(before);
  return Object.entries(flat(after)).flatMap(([key, value]) => {
    const was = Object.hasOwn(old, key) ? told(old[key]) : 'absent';
    return was === told(value) || (before === null && isEmpty(value))
      ? []
      : [`${id}: ${key}: ${was} → ${told(value)}`];
  });
}

/** The entry's values by their paths in the file, but for the history, which is told by its attempts. */
function flat({ session, ...template }: ModuleEntry): Readonly<Record<string, unknown>> {
  const ours = Object.entries(session).map(([key, value]) => [`$session.${key}`, value] as const);
  return { ...template, ...Object.fromEntries(ours) };
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

const TOLD = 160;

function told(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length <= TOLD ? text : `${text.slice(0, TOLD - 1)}…`;
}
