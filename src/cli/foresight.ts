import { reveal } from '../documents/markdown.ts';
import { decide, type Decision } from '../decide/decide.ts';
import { evaluateGates } from '../decide/gates.ts';
import { requestedModules } from '../decide/queue.ts';
import { applyTransition, type Step } from '../decide/situation.ts';
import { unmetGates, type GateVerdict } from '../domain/gate.ts';
import { describeTrigger } from '../domain/trigger.ts';
import type { PlannedRun } from '../domain/verification.ts';
import type { World } from '../domain/world.ts';
import { judge } from '../judge.ts';
import { NO_COMMIT } from '../local/no-commit.ts';
import { describeDecision } from '../outputs.ts';
import type { Context } from './command.ts';
import type { Event } from './events.ts';

/** What a run for one event would come to. */
export interface Foresight {
  readonly event: string;
  readonly trigger: string;
  /** In words, in their order. */
  readonly decision: readonly string[];
  readonly starts: readonly string[];
  /** Commands that have to run before more can be decided. */
  readonly needs: readonly PlannedRun[];
  /** Modules whose request would still wait afterwards. */
  readonly waiting: readonly { readonly module: string; readonly unmet: readonly GateVerdict[] }[];
}

/** The same decision as a run's that no commands were run for. */
export function foresee(unjudged: World, event: Event, newSessionId: () => string): Foresight {
  const { world } = judge(unjudged, null);
  const decision = decide(world, { phase: 'orchestrate', newSessionId });
  const state = transitionsOf(decision).reduce(applyTransition, world.state);
  return {
    event: event.name,
    trigger: describeTrigger(event.trigger),
    decision: describeDecision(decision),
    starts: decision.steps.flatMap((step) => (step.kind === 'start' ? [step.module.id] : [])),
    needs: decision.needs,
    waiting: requestedModules(world, state).map((module) => ({
      module: module.id,
      unmet: unmetGates(evaluateGates(world, state, module)),
    })),
  };
}

function transitionsOf({ steps }: Decision) {
  return steps.flatMap((step) => transitionOf(step) ?? []);
}

function transitionOf(step: Step) {
  if (step.kind === 'start' || step.kind === 'block') return step.claim;
  return step.kind === 'record' || step.kind === 'publish' ? step.transition : null;
}

/** Where runs would start from. */
export function baseWords({ branch, sha }: World['base']): string {
  if (sha === NO_COMMIT) return `Base: ${branch}, without a commit yet.`;
  return `Base: ${branch} at ${sha.slice(0, 7)}.`;
}

/** Names, reasons and commands are somebody else's text, so nothing of them may steer the terminal. */
export function foresightText(foresight: Foresight, { colours }: Pick<Context, 'colours'>): string {
  const { bold, cyan, dim, yellow } = colours;
  const { decision, needs, waiting } = foresight;
  const lines = [
    `${bold(reveal(foresight.event))} ${dim(`(${reveal(foresight.trigger)})`)}`,
    ...(decision.length === 0 ? [`  ${dim('nothing is due')}`] : []),
    ...decision.map((line) => `  ${cyan('→')} ${reveal(line)}`),
    ...needs.flatMap(({ commands }) =>
      commands.map(({ run }) => `      ${dim(`$ ${reveal(run)}`)}`),
    ),
    ...waiting.flatMap(({ module, unmet }) => [
      `  ${yellow('…')} ${module} waits${unmet.length === 0 ? ' for a free session' : ' for:'}`,
      ...unmet.map(({ title, reason }) => `      ${reveal(title)} ${dim(`(${reveal(reason)})`)}`),
    ]),
  ];
  return lines.join('\n');
}
