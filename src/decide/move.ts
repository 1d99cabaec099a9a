import {
  entryOf,
  type EntryPatch,
  type ImplementationState,
  type ObeyedCommand,
  type SessionRecord,
  type Status,
} from '../domain/implementation-state.ts';
import { EDGES, type EdgeId, type Recorded } from './transitions.ts';
import type { EntryNote, Transition } from './situation.ts';

/** Events come again within minutes, not months: as many commands are remembered for each module. */
const COMMANDS_REMEMBERED = 10;

export interface Move<Id extends EdgeId> {
  readonly edge: Id;
  readonly module: string;
  readonly recorded: Recorded<NoInfer<Id>>;
  /** What the commit's message says after the statuses; empty where the edge has words of its own. */
  readonly tail: string;
  /** The command that causes it, so that it is not obeyed twice. */
  readonly command?: string;
}

/** Messages of edges that change no status by themselves. */
const WORDS: Readonly<Partial<Record<EdgeId, string>>> = {
  request: 'requested',
  withdraw: 'withdrawn',
  rebase: 'moved to the new base',
  'ack-spec': 'specification acknowledged',
};

/**
 * The commit that takes a module along an edge of the table.
 * @throws where the module is at none of the edge's starts: a rule that would do that is wrong.
 */
export function move<Id extends EdgeId>(state: ImplementationState, move: Move<Id>): Transition;
export function move(
  state: ImplementationState,
  { edge, module, recorded, tail, command }: AnyMove,
): Transition {
  const { status: from, session } = entryOf(state, module);
  const to = endOf(edge, from);
  if (to === null) throw new Error(`No edge ${edge} leads from ${from}, where ${module} is.`);
  const remembered = command === undefined ? {} : { commands: remember(session, command) };
  const patch: EntryPatch = {
    status: to,
    ...recorded,
    session: { ...recorded.session, ...remembered },
  };
  return {
    edge,
    message: `${module}: ${WORDS[edge] ?? `${from === to ? from : `${from} → ${to}`} ${tail}`}`,
    changes: [{ kind: 'entry', module, patch }],
  };
}

interface AnyMove extends Omit<Move<EdgeId>, 'recorded'> {
  readonly recorded: EntryNote;
}

/** Where an edge leads from a status; null where it does not begin there. */
export function endOf(edge: EdgeId, from: Status): Status | null {
  const { from: starts, to }: { from: readonly Status[]; to: Status | 'same' } = EDGES[edge];
  if (!starts.includes(from)) return null;
  return to === 'same' ? from : to;
}

function remember(session: SessionRecord, id: string): readonly ObeyedCommand[] {
  const known = session.commands ?? [];
  return [...known, { id, attempt: session.attempt }].slice(-COMMANDS_REMEMBERED);
}
