import type { RepositoryEvent, RunnerHost } from '../ports.ts';
import { createConcurrencyGroups } from './concurrency.ts';
import type { ConcurrencyGroups } from './concurrency.ts';
import { readFromActions } from './action-workflows.ts';
import { planRuns } from './planning.ts';
import type { PlannedRun } from './planning.ts';
import type { Ledger, SkippedTrigger, WorkflowRunRecord } from './records.ts';
import { createLedger } from './records.ts';
import { executeRun } from './run.ts';
import type { RunContext } from './run-context.ts';
import type { RunnerOptions, Settings } from './settings.ts';
import { settingsOf } from './settings.ts';
import type { Slots } from './slots.ts';
import { createSlots } from './slots.ts';
import { createTasks } from './tasks.ts';
import type { Tasks } from './tasks.ts';
import { openRunContext } from './opening.ts';

export type { RunnerOptions } from './settings.ts';
export type { RunnerProgress, WorkflowRunRecord } from './records.ts';

/** A GitHub Actions runner on this machine. */
export interface Runner {
  /**
   * Resolves when every event was considered and no run is queued or in progress; one that waits for
   * approval is neither. Rejects with what went wrong inside the runner itself.
   */
  idle(): Promise<void>;
  runs(): readonly WorkflowRunRecord[];
  /** What started no run, and why. */
  skipped(): readonly SkippedTrigger[];
  /**
   * Starts a run that waits for "Approve workflows to run".
   * @throws if the run is not waiting.
   */
  approve(runId: number): Promise<void>;
  /** Considers no more events, ends every process and resolves when all is quiet. */
  stop(): Promise<void>;
}

interface State {
  readonly host: RunnerHost;
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly slots: Slots;
  readonly tasks: Tasks;
  readonly groups: Map<string, ConcurrencyGroups>;
  readonly waiting: Map<number, RunContext>;
  readonly skipped: SkippedTrigger[];
  readonly stop: AbortController;
  /** The consideration of the latest event: the next one waits for it, so that order is kept. */
  latest: Promise<void>;
}

/** Starts to listen to a host's events and runs the workflows they start. */
export function createRunner(host: RunnerHost, options: RunnerOptions): Runner {
  const state = createState(host, options);
  host.onEvent((event) => {
    if (!state.stop.signal.aborted) state.tasks.add(consider(state, event));
  });
  return {
    idle: () => state.tasks.idle(),
    runs: () => state.ledger.runs,
    skipped: () => state.skipped,
    async approve(runId) {
      approve(state, runId);
      return Promise.resolve();
    },
    async stop() {
      state.stop.abort();
      await state.tasks.idle();
    },
  };
}

function createState(host: RunnerHost, options: RunnerOptions): State {
  const settings = settingsOf(options, host.urls.server);
  const ledger = createLedger({
    now: settings.clock,
    recordRun: (run) => host.recordRun(run),
    onProgress: settings.onProgress,
  });
  return {
    host,
    settings,
    ledger,
    slots: createSlots(settings.maxParallelJobs),
    tasks: createTasks(),
    groups: new Map(),
    waiting: new Map(),
    skipped: [],
    stop: new AbortController(),
    latest: Promise.resolve(),
  };
}

/** The refs are looked up when the event happens, the runs opened in the order of events. */
async function consider(state: State, event: RepositoryEvent): Promise<void> {
  const { host, settings } = state;
  const readElsewhere = readFromActions(settings.actions);
  const planning = planRuns({ host, readElsewhere }, event);
  const before = state.latest;
  const turn = Promise.allSettled([before, planning]).then(() => undefined);
  state.latest = turn;
  await turn;
  const plan = await planning;
  if (state.stop.signal.aborted) return;
  state.skipped.push(...plan.skipped);
  for (const planned of plan.runs) open(state, planned);
}

function open(state: State, planned: PlannedRun): void {
  const { repository } = planned.event;
  const groups = state.groups.get(repository) ?? createConcurrencyGroups();
  state.groups.set(repository, groups);
  const { host, settings, ledger, slots } = state;
  const parts = { host, settings, ledger, slots, groups, stop: state.stop.signal };
  const run = openRunContext(parts, planned);
  if (run === null) return;
  if (!planned.activation.needsApproval) {
    state.tasks.add(executeRun(run));
    return;
  }
  state.waiting.set(run.record.run.id, run);
  ledger.changeRun(run.record, 'completed', 'action_required');
}

function approve(state: State, runId: number): void {
  const run = state.waiting.get(runId);
  if (!run) throw new Error(`Run ${runId} does not wait for approval`);
  state.waiting.delete(runId);
  state.tasks.add(executeRun(run));
}
