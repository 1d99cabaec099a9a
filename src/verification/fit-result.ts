import type { CommandResult, VerificationResult } from '../domain/verification.ts';
import { commandPassed } from '../domain/verification.ts';

/** How much of a result is left once a step is applied to a command of it. */
interface Step {
  readonly shed: string;
  readonly apply: (command: CommandResult) => CommandResult;
}

const STEPS: readonly Step[] = [
  step('output of passed commands', (command) =>
    commandPassed(command) ? shorten(command, 0) : command,
  ),
  step('diagnostics past the first 30 of a command', (command) => keepFirst(command, 30)),
  step('output of failed commands past its last 2,000 characters', (command) =>
    shorten(command, 2000),
  ),
  step('diagnostics past the first 10 of a command', (command) => keepFirst(command, 10)),
  step('diagnostics of passed commands', (command) =>
    commandPassed(command) ? keepFirst(command, 0) : command,
  ),
  step('messages past their first 200 characters', shortenMessages),
  step('output of failed commands past its last 300 characters', (command) =>
    shorten(command, 300),
  ),
  step('diagnostics past the first 3 of a command', (command) => keepFirst(command, 3)),
  step('output of all commands', (command) => shorten(command, 0)),
  step('all diagnostics', (command) => keepFirst(command, 0)),
  step('names and command lines past their first 100 characters', (command) =>
    shortenNames(command, 100),
  ),
  step('reasons past their first 100 characters', shortenReason),
  step('names and command lines', (command) => shortenNames(command, 0)),
];

/**
 * Sheds the least useful first until `measure` of the result is within the limit, and says in `shed` what went. How
 * each command ended is never shed.
 */
export function fitResult(
  result: VerificationResult,
  limitBytes: number,
  measure: (result: VerificationResult) => number = jsonBytes,
): VerificationResult {
  let fitted = result;
  for (const { shed, apply } of STEPS) {
    if (measure(fitted) <= limitBytes) return fitted;
    const commands = fitted.commands.map(apply);
    const changed = commands.some((command, index) => command !== fitted.commands[index]);
    if (changed) fitted = { ...fitted, commands, shed: [...fitted.shed, shed] };
  }
  return fitted;
}

export function jsonBytes(result: VerificationResult): number {
  return Buffer.byteLength(JSON.stringify(result));
}

function step(shed: string, apply: Step['apply']): Step {
  return { shed, apply };
}

function shorten(command: CommandResult, length: number): CommandResult {
  if (command.tail.length <= length) return command;
  return { ...command, tail: length === 0 ? '' : command.tail.slice(-length) };
}

function keepFirst(command: CommandResult, count: number): CommandResult {
  const omitted = command.diagnostics.length - count;
  if (omitted <= 0) return command;
  return {
    ...command,
    diagnostics: command.diagnostics.slice(0, count),
    diagnosticsOmitted: command.diagnosticsOmitted + omitted,
  };
}

function shortenMessages(command: CommandResult): CommandResult {
  if (command.diagnostics.every(({ message }) => message.length <= 200)) return command;
  const diagnostics = command.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: diagnostic.message.slice(0, 200),
  }));
  return { ...command, diagnostics };
}

/** They are the plan's own, which whoever reads the result knows. */
function shortenNames(command: CommandResult, length: number): CommandResult {
  if (command.name.length <= length && command.run.length <= length) return command;
  return { ...command, name: command.name.slice(0, length), run: command.run.slice(0, length) };
}

function shortenReason(command: CommandResult): CommandResult {
  const { outcome } = command;
  if (outcome.kind !== 'not-started' || outcome.reason.length <= 100) return command;
  return { ...command, outcome: { ...outcome, reason: outcome.reason.slice(0, 100) } };
}
