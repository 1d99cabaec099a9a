import type { Decision } from './decide/decide.ts';
import type { Step } from './decide/situation.ts';
import { readyModules } from './decide/requests.ts';
import { entryOf, type ImplementationState } from './domain/implementation-state.ts';
import type { PlannedRun } from './domain/verification.ts';
import type { World } from './domain/world.ts';
import type { RunReport } from './run.ts';

/** A matrix holds at most 256 jobs (https://docs.github.com/en/actions/reference/limits). */
const MATRIX_LIMIT = 256;

/** The action's outputs; the lists are JSON arrays fit for `strategy.matrix`, each with a flag that says whether it was cut. */
export function outputsOf(
  report: RunReport,
  started: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const { world, state, decision } = report;
  const lists = {
    ready: readyModules(world, state),
    waiting: modulesWhere(
      world,
      state,
      (entry) => entry.session.request !== null && entry.status === 'pending',
    ),
    blocked: modulesWhere(world, state, (entry) => entry.status === 'blocked'),
    completed: modulesWhere(world, state, (entry) => entry.status === 'complete'),
  };
  return {
    ...startedOutput(started),
    ...Object.fromEntries(Object.entries(lists).flatMap(([name, ids]) => listOutput(name, ids))),
    decision: JSON.stringify(describeDecision(decision)),
    'dashboard-url': report.dashboardUrl ?? '',
  };
}

/** Also of a run that ended with an error: a session that begins is told once, by the run that begins it. */
export function startedOutput(started: ReadonlySet<string>): Readonly<Record<string, string>> {
  return Object.fromEntries(listOutput('started', [...started]));
}

/** A decision in words, a line a step, for the job summary and the `decision` output. */
export function describeDecision(decision: Decision): readonly string[] {
  return [
    ...decision.steps.filter((step) => !isStanding(step)).map(describeStep),
    ...decision.needs.map((need) => `${runWords(need)} ${need.sha.slice(0, 7)}`),
  ];
}

function runWords(need: PlannedRun): string {
  if (need.kind === 'verification') return `verify ${need.module} at`;
  return need.kind === 'gates' ? 'run the gate commands on' : 'verify the merge group at';
}

/** A decision as a dry run tells it to programs; `steps` in the order they would be done. */
export interface DuePlan {
  readonly version: 1;
  readonly steps: readonly {
    readonly kind: Step['kind'];
    readonly module: string | null;
    /** The issue or pull request concerned. */
    readonly number: number | null;
    readonly text: string;
  }[];
  /** Commands that have to be run first. */
  readonly runs: readonly {
    readonly kind: PlannedRun['kind'];
    readonly module: string | null;
    readonly sha: string;
    readonly commands: readonly string[];
  }[];
}

export function planOf({ steps, needs }: Decision): DuePlan {
  return {
    version: 1,
    steps: steps
      .filter((step) => !isStanding(step))
      .map((step) => ({
        kind: step.kind,
        module: moduleOf(step),
        number: numberOf(step),
        text: describeStep(step),
      })),
    runs: needs.map((need) => ({
      kind: need.kind,
      module: need.kind === 'verification' ? need.module : null,
      sha: need.sha,
      commands: need.commands.map(({ id }) => id),
    })),
  };
}

function moduleOf(step: Step): string | null {
  if ('module' in step) return typeof step.module === 'string' ? step.module : step.module.id;
  if (step.kind !== 'record') return null;
  const [entry] = step.transition.changes.flatMap((one) => (one.kind === 'entry' ? [one] : []));
  return entry?.module ?? null;
}

function numberOf(step: Step): number | null {
  if ('conversation' in step) return step.conversation;
  if (step.kind === 'start') return step.source;
  return 'pull' in step ? (step.pull?.number ?? null) : null;
}

/** What still holds is decided again by every run, and only brought up to date where it reads otherwise. */
function isStanding(step: Step): boolean {
  if (step.kind === 'tell-drift') return true;
  return (
    step.kind === 'answer' &&
    (step.answer.kind === 'waiting' || step.answer.kind === 'stays-blocked')
  );
}

function describeStep(step: Step): string {
  switch (step.kind) {
    case 'start':
      return `start ${step.module.id}, attempt ${step.session.attempt} of ${step.session.maxAttempts}`;
    case 'block':
      return `block ${step.module.id}: ${step.reason.reason}`;
    case 'record':
      return step.transition.message;
    case 'publish':
      return `tell the verification of ${step.module.id} at ${step.pull.headSha.slice(0, 7)}: ${step.outcome.kind}`;
    case 'answer':
      return `answer on #${step.conversation}: ${step.answer.kind}`;
    case 'respond':
      return `answer the comment on #${step.conversation}: ${step.outcomes.map(({ answer }) => answer.kind).join(', ')}`;
    case 'tell-drift':
      return `tell #${step.conversation} how its specification stands`;
    case 'refuse':
      return `refuse a request: ${step.answer.kind}`;
    case 'close-issue':
      return `close #${step.conversation}, which is resolved`;
    case 'close-duplicate':
      return `close #${step.duplicate.number}, a second one of #${step.original}`;
    case 'close-pull-request':
      return `close #${step.conversation}, whose session is over`;
    case 'await-coder':
      return `have the check of ${step.module.id} wait for its coder at ${step.pull.headSha.slice(0, 7)}`;
    case 'queue-check':
      return `have ${step.module.id} verified again at ${step.pull.headSha.slice(0, 7)}`;
    case 'report-group':
      return `report the check on the merge group at ${step.group.headSha.slice(0, 7)}`;
    case 'remove-label':
      return `take the label off #${step.conversation}`;
    case 'publish-gates':
      return `show the gate commands' result on ${step.gateRun.sha.slice(0, 7)}`;
    case 'report-orphan':
      return `${step.facts.module} is not in the config any more: ${step.facts.status}`;
    case 'pass-foreign':
      return `pass #${step.pull.number}, which is no session`;
  }
}

function modulesWhere(
  world: World,
  state: ImplementationState,
  holds: (entry: ReturnType<typeof entryOf>) => boolean,
): readonly string[] {
  return [...world.config.modules.keys()].filter((id) => holds(entryOf(state, id)));
}

function listOutput(name: string, ids: readonly string[]): readonly (readonly [string, string])[] {
  return [
    [name, JSON.stringify(ids.slice(0, MATRIX_LIMIT))],
    [`${name}-more`, String(ids.length > MATRIX_LIMIT)],
  ];
}
