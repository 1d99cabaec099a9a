import {
  EMPTY_STATE,
  entryOf,
  type EntryPatch,
  type ImplementationState,
  type ModuleEntry,
} from '../domain/implementation-state.ts';
import type { Remains } from '../domain/remains.ts';
import { HEADER, updateEntry, updateHeader } from '../domain/state-file.ts';
import { differencesOf } from './repair-differences.ts';
import { rebuildEntry } from './repair-entry.ts';

/** What of the state file could still be read. */
export interface Salvaged {
  readonly state: ImplementationState;
  /** Keys whose values cannot be read, or contradict themselves. */
  readonly broken: readonly string[];
}

export interface Repair {
  readonly state: ImplementationState;
  /** A sentence for each thing that the repaired state says otherwise than the one that was found. */
  readonly differences: readonly string[];
  /** A sentence for each thing that GitHub no longer shows. */
  readonly lost: readonly string[];
}

export interface RepairRules {
  readonly now: string;
  readonly acceptsUnverifiedMerges: boolean;
  /** Failure types that stop a session by themselves; of any other, the attempt failed. */
  readonly halting: ReadonlySet<string>;
}

/**
 * The state as GitHub shows it. What could be read of the old one stays where GitHub shows nothing later: an entry
 * gives way only where it is broken, or where GitHub shows a further attempt. So attempts never go down.
 */
export function repairState(found: Salvaged | null, remains: Remains, rules: RepairRules): Repair {
  const before = found?.state ?? EMPTY_STATE;
  const broken = new Set(found?.broken ?? []);
  const ids = new Set([...remains.attempts.keys(), ...remains.shown.keys(), ...broken]);
  let state = before;
  // Without its header the file was not ours, or none at all.
  const isWhole = found !== null && !broken.has(HEADER);
  const lost: string[] = isWhole ? [] : [...ALWAYS_LOST];
  for (const id of [...ids].filter((one) => !one.startsWith('$')).sort()) {
    const rebuilt = rebuildEntry(id, remains, rules);
    const old = entryOf(before, id);
    const isLost = broken.has(id) || rebuilt.entry.session.attempt > old.session.attempt;
    const isNew = !before.entries.has(id) && rebuilt.isKnown;
    if (!isLost && !isNew) continue;
    state = updateEntry(state, id, patchOf(rebuilt.entry, old));
    lost.push(...rebuilt.lost.map((what) => `${id}: ${what}`));
  }
  const dashboard = remains.dashboard ?? before.dashboard;
  if (dashboard !== before.dashboard || !isWhole) state = updateHeader(state, { dashboard });
  return { state, differences: differencesOf(before, state, broken), lost };
}

const ALWAYS_LOST = [
  'what gate commands came to: they run again where a request needs them',
  'requests whose source is not known: they wait as requested by this action',
  'which comments were obeyed: answers under them keep them from being obeyed twice',
];

/** What was learnt of earlier attempts is kept from the old entry where it holds them. */
function patchOf(rebuilt: ModuleEntry, old: ModuleEntry): EntryPatch {
  const known = new Map(old.session.history.map((record) => [record.attempt, record]));
  const history = rebuilt.session.history.map((record) => known.get(record.attempt) ?? record);
  return { ...rebuilt, session: { ...rebuilt.session, history } };
}
