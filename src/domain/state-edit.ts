import { parseClaim } from './claim.ts';
import type { Claim } from './escalation.ts';

/** What a session's branch says in a state file of its own: only the orchestrator writes the real one. */
export interface StateEdit {
  /** What the session's own entry claims, where it differs from the base's. */
  readonly claim: Claim | null;
  /** Other modules whose entries differ from the base's. */
  readonly foreign: readonly string[];
}

/** The state of a thousand modules is about a megabyte; what is larger is not read. */
const LIMIT_CHARACTERS = 4 * 1024 * 1024;

/** More names help nobody. */
const FOREIGN_TOLD = 20;

/** Compares a branch's state file with the base's; one that is no JSON object claims nothing. */
export function readStateEdit(
  head: string | null,
  base: string | null,
  module: string,
): StateEdit | null {
  if (head === base) return null;
  const [now, before] = [entriesOf(head), entriesOf(base)];
  const names = [...new Set([...now.keys(), ...before.keys()])].filter(
    (name) => now.get(name) !== before.get(name),
  );
  const own = names.includes(module) ? now.get(module) : undefined;
  return {
    claim: own === undefined ? null : parseClaim(`{${JSON.stringify(module)}:${own}}`, module),
    foreign: names
      .filter((name) => name !== module && !name.startsWith('$'))
      .slice(0, FOREIGN_TOLD),
  };
}

/** Each entry's JSON by its module. */
function entriesOf(text: string | null): ReadonlyMap<string, string> {
  if (text === null || text.length > LIMIT_CHARACTERS) return new Map();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
    return new Map(Object.entries(value).map(([name, entry]) => [name, JSON.stringify(entry)]));
  } catch {
    return new Map();
  }
}
