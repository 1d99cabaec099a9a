import type { GateCommandConfig } from '../domain/config.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { codeSpan, escapeInline } from './markdown.ts';

/** The gate command that the template's second line is about. */
const SHARED_TYPES_GATE = 'shared-types';

export interface GateLine {
  /** What stands between the brackets of a check box. */
  readonly mark: 'x' | ' ';
  readonly text: string;
}

/** Nothing is left to pass, so that nobody stops before a box that can never be ticked. */
const NO_SHARED_TYPES_GATE: GateLine = {
  mark: 'x',
  text: 'Shared types compile: not required, no such gate is configured',
};

/** The template's four check boxes in its order and words, then one for each gate beyond them. */
export function gateLines(
  verdicts: readonly GateVerdict[],
  gates: readonly GateCommandConfig[],
): readonly GateLine[] {
  const sharedTypes = `command:${SHARED_TYPES_GATE}`;
  const own = new Set([sharedTypes, 'handoff', 'blockers']);
  const isDependency = ({ gate }: GateVerdict): boolean => gate.startsWith('dependency:');
  const named = (gate: string) => verdicts.filter((verdict) => verdict.gate === gate);
  const others = verdicts.filter((verdict) => !isDependency(verdict) && !own.has(verdict.gate));
  return [
    line(
      'All dependencies marked `complete` in implementation-state.json',
      verdicts.filter(isDependency),
      true,
    ),
    gates.some(({ id }) => id === SHARED_TYPES_GATE)
      ? line(sharedTypesText(gates), named(sharedTypes), false)
      : NO_SHARED_TYPES_GATE,
    line('Context handoff document accessible', named('handoff'), false),
    line('No unresolved blockers in implementation-state.json', named('blockers'), false),
    ...others.map((verdict) => line(otherText(verdict, gates), [verdict], false)),
  ];
}

/** A box is ticked by evidence alone: a gate nobody judged stays open, but for a list that may be empty. */
function line(text: string, verdicts: readonly GateVerdict[], mayBeEmpty: boolean): GateLine {
  const unmet = verdicts.filter((verdict) => verdict.verdict !== 'passed');
  if (unmet.length === 0 && (mayBeEmpty || verdicts.length > 0)) return { mark: 'x', text };
  const reasons = unmet.length === 0 ? ['not checked'] : unmet.map(reason);
  return { mark: ' ', text: `${text} (${reasons.join('; ')})` };
}

function reason(verdict: GateVerdict): string {
  return `${verdict.verdict}: ${escapeInline(verdict.reason)}`;
}

function sharedTypesText(gates: readonly GateCommandConfig[]): string {
  const gate = gates.find(({ id }) => id === SHARED_TYPES_GATE);
  return `Shared types compile: ${codeSpan(gate?.run ?? '')}`;
}

function otherText(verdict: GateVerdict, gates: readonly GateCommandConfig[]): string {
  const gate = gates.find(({ id }) => verdict.gate === `command:${id}`);
  if (gate === undefined) return escapeInline(verdict.title);
  return `${escapeInline(gate.name)}: ${codeSpan(gate.run)}`;
}
