import type { StateStore } from './act/ports.ts';
import { repairState, type Repair, type Salvaged } from './decide/repair.ts';
import { isDashboard, stateCommitOf, withStateCommit } from './documents/dashboard.ts';
import { parseDashboardRows } from './documents/dashboard-rows.ts';
import { parseEscalationIssue } from './documents/escalation-marker.ts';
import { parseOrchestrationDocument } from './documents/orchestration-document.ts';
import { parsePullRequestBody } from './documents/pull-request-body.ts';
import type { Config } from './domain/config.ts';
import { ProblemsError } from './domain/errors.ts';
import { entryOf, type ImplementationState } from './domain/implementation-state.ts';
import { failureTable } from './domain/failure.ts';
import type { Remains } from './domain/remains.ts';
import type { SpecFingerprint } from './domain/spec-pack.ts';
import { parseState, renderState, salvageState, updateEntry } from './domain/state-file.ts';

/** What a repair needs of the outside: GitHub for the action, anything else for a command line. */
export interface RepairOutside {
  look(markers: typeof MARKERS): Promise<{
    readonly config: Config;
    /** As it was found, however broken; null where it is gone. */
    readonly stateText: string | null;
    readonly revision: string | null;
    readonly remains: Remains;
    readonly store: StateStore;
    /** The dashboards that were made from commits which the state branch does not hold. */
    readonly rewritten: readonly {
      readonly number: number;
      readonly body: string;
      readonly commit: string;
    }[];
    readonly editIssue: (number: number, body: string) => Promise<void>;
    readonly fingerprintAt: (module: string, sha: string) => Promise<SpecFingerprint | null>;
  }>;
  now(): string;
  tell(line: string): void;
}

type Seen = Awaited<ReturnType<RepairOutside['look']>>;

export interface RepairReport extends Repair {
  readonly written: boolean;
}

const MARKERS = {
  pullRequest: parsePullRequestBody,
  escalation: parseEscalationIssue,
  document: parseOrchestrationDocument,
  isDashboard,
  shown: parseDashboardRows,
  stateCommit: stateCommitOf,
};

/**
 * Rebuilds the state from what GitHub shows, tells how that differs from the state that is there, and only then
 * writes it, in one commit upon what was read; without `apply`, nothing is written.
 * @throws ProblemsError where a newer release wrote the state: that one can read it.
 * @throws StateMovedError where a run moved the state in between.
 */
export async function repair(outside: RepairOutside, apply: boolean): Promise<RepairReport> {
  const seen = await outside.look(MARKERS);
  const { config, stateText, remains } = seen;
  const file = config.paths.state;
  const made = repairState(salvage(stateText, file), remains, {
    now: outside.now(),
    acceptsUnverifiedMerges: config.onUnverifiedMerge === 'accept',
    halting: new Set(
      failureTable(config.failures).flatMap((row) => (row.action === 'halt' ? [row.id] : [])),
    ),
  });
  const state = await withFingerprints(made.state, seen);
  const differences = [...historyDifference(seen), ...made.differences];
  for (const line of differences) outside.tell(line);
  for (const line of made.lost) outside.tell(`not recovered: ${line}`);
  const text = renderState(state);
  const isSame = text === stateText || (stateText !== null && made.differences.length === 0);
  const report = { ...made, differences, state };
  if (!apply || (isSame && seen.rewritten.length === 0)) return { ...report, written: false };
  const revision = isSame ? seen.revision : await commitRepair(seen, text, made.differences.length);
  // A repair that is cut off before this is told of the history again.
  for (const { number, body } of seen.rewritten) {
    await seen.editIssue(number, withStateCommit(body, revision));
  }
  return { ...report, written: true };
}

async function commitRepair(
  { config, store, revision: parent }: Seen,
  text: string,
  differences: number,
): Promise<string> {
  assertReadable(text, config.paths.state);
  const message = `repair: ${String(differences)} differences to what GitHub shows`;
  return store.commit({ text, message, parent, beside: [] });
}

/** A branch that is gone has no history to be told of. */
function historyDifference({ rewritten, revision }: Seen): readonly string[] {
  if (revision === null) return [];
  return rewritten.map(
    ({ number, commit }) =>
      `history of the state: without ${commit}, which the dashboard #${String(number)} was made from → as it is now`,
  );
}

function salvage(text: string | null, file: string): Salvaged | null {
  if (text === null) return null;
  const salvaged = salvageState(text, file);
  if (!salvaged.ok) throw new ProblemsError('state-unreadable', salvaged.problems);
  return salvaged.value;
}

/** What is written must be readable: a broken entry of which GitHub shows nothing stays for a person to mend. */
function assertReadable(text: string, file: string): void {
  const parsed = parseState(text, file);
  if (!parsed.ok) throw new ProblemsError('state-unreadable', parsed.problems);
}

/** By what each running session is specified, so that it is told when that changes under it. */
async function withFingerprints(
  state: ImplementationState,
  { fingerprintAt }: Pick<Seen, 'fingerprintAt'>,
): Promise<ImplementationState> {
  let filled = state;
  for (const id of state.entries.keys()) {
    const { session } = entryOf(state, id);
    if (session.spec !== null || session.baseSha === null) continue;
    const spec = await fingerprintAt(id, session.baseSha);
    const history = session.history.map((record) =>
      record.attempt === session.attempt && record.spec === null ? { ...record, spec } : record,
    );
    if (spec !== null) filled = updateEntry(filled, id, { session: { spec, history } });
  }
  return filled;
}
