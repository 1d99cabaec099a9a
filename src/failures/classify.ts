import type { FailureConfig } from '../domain/config-types.ts';
import { failureTable } from '../domain/failure.ts';
import type { Diagnostic, Failure } from '../domain/failure.ts';
import { commandPassed } from '../domain/verification.ts';
import type { CommandOutcome, CommandResult } from '../domain/verification.ts';
import { rowByCommand, rowByEvidence } from './added-failures.ts';
import { fingerprint } from './fingerprint.ts';
import { infrastructureCause, outsideCause } from './infrastructure.ts';
import { isMissingType, nearestSharedType, undefinedTypeName } from './missing-type.ts';
import type { KnownNames } from './missing-type.ts';
import { readSpecNames } from './spec-names.ts';
import type { SpecNames, Specification } from './spec-names.ts';

export interface ClassifyInput {
  readonly module: string;
  readonly specification: Specification;
  readonly known: KnownNames;
  readonly results: readonly CommandResult[];
  /** The rows that the config adds to the table. */
  readonly added: readonly FailureConfig[];
}

type Finding = Omit<Failure, 'fingerprint'>;

/**
 * One failure for each type and command. A command that was skipped, or not started since others took the time or for a
 * reason that an earlier one tells, has none: what kept it has its own. The first of these that holds is the type:
 *
 * 1. `infrastructure`, where the command never came to judge the code;
 * 2. a row of the config's that names exit codes or texts, and with it all that the command said;
 * 3. `infrastructure`, where only the machine's own signs tell of the failure;
 * 4. `missing-type` for the diagnostics that are, and for the others
 * 5. a row of the config's that names the command alone;
 * 6. the `failure` of the command's own config.
 */
export function classify(input: ClassifyInput): readonly Failure[] {
  const spec = readSpecNames(input.specification);
  return input.results.filter(isToldOfItself).flatMap((result) =>
    withOmitted(findingsOf(result, input, spec), result).map((finding) => ({
      ...finding,
      fingerprint: fingerprint(input.module, finding, result.tail),
    })),
  );
}

/** Whether no other command's failure tells already why this one was not started. */
function isToldOfItself(
  { outcome }: CommandResult,
  at: number,
  results: readonly CommandResult[],
): boolean {
  if (outcome.kind !== 'not-started') return true;
  return !results.some((other, index) =>
    other.outcome.kind === 'not-started'
      ? index < at && other.outcome.reason === outcome.reason
      : other.outcome.kind === 'timed-out',
  );
}

function findingsOf(result: CommandResult, input: ClassifyInput, spec: SpecNames): Finding[] {
  const passed = commandPassed(result);
  if (result.outcome.kind === 'skipped' || (passed && !ranNoTests(result))) return [];
  const outside = outsideCause(result);
  if (outside !== null) return [infrastructure(result, outside)];
  const message = messageOf(result);
  const row = rowByEvidence(result, input.added);
  if (row !== null) return [finding(row.id, result, message, errorsOf(result))];
  const cause = infrastructureCause(result, input.known.changedPaths);
  if (cause !== null) return [infrastructure(result, cause)];
  const { names, missing, others } = partByName(result, input.known, spec);
  const found: Finding[] = [];
  if (missing.length > 0) {
    found.push(finding('missing-type', result, missingMessage(names), missing));
  }
  if (missing.length === 0 || others.length > 0) {
    found.push(finding(ownType(result, input.added), result, message, others));
  }
  return found;
}

/** Of what is no longer at hand nobody knows the type: it counts with the last failure of its command. */
function withOmitted(found: readonly Finding[], result: CommandResult): readonly Finding[] {
  const last = found.at(-1);
  const omitted = result.diagnosticsOmitted;
  return last === undefined || omitted === 0
    ? found
    : [...found.slice(0, -1), { ...last, omitted }];
}

interface Parted {
  readonly names: ReadonlySet<string>;
  readonly missing: readonly Diagnostic[];
  readonly others: readonly Diagnostic[];
}

/** What the specification leaves undefined, and apart from it what the coder got wrong. */
function partByName(result: CommandResult, known: KnownNames, spec: SpecNames): Parted {
  const names = new Set<string>();
  const missing: Diagnostic[] = [];
  const others: Diagnostic[] = [];
  for (const diagnostic of errorsOf(result)) {
    const name = undefinedTypeName(diagnostic);
    if (name !== null && isMissingType(name, diagnostic, spec, known)) {
      names.add(name);
      missing.push(diagnostic);
    } else {
      others.push(withSuggestion(diagnostic, name, known));
    }
  }
  return { names, missing, others };
}

function errorsOf({ diagnostics }: CommandResult): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

function infrastructure(result: CommandResult, cause: string): Finding {
  return finding('infrastructure', result, `${quote(result)} did not do its work. ${cause}`, []);
}

function ranNoTests(result: CommandResult): boolean {
  return result.testsRun === 0 && !result.allowEmpty;
}

/** A command that found something wrong has more to tell than that no test ran. */
function messageOf(result: CommandResult): string {
  const hasMore = !commandPassed(result) && errorsOf(result).length > 0;
  return ranNoTests(result) && !hasMore ? noTestsMessage(result) : exitMessage(result);
}

function noTestsMessage(result: CommandResult): string {
  return `${quote(result)} ran no tests: nothing matched, so nothing was shown to work.`;
}

/** A type that the table does not know is taken for a failed test, which the coder deals with. */
function ownType(result: CommandResult, added: readonly FailureConfig[]): string {
  const row = rowByCommand(result, added);
  if (row !== null) return row.id;
  const isKnown = failureTable(added).some(({ id }) => id === result.failure);
  return isKnown ? result.failure : 'test-failure';
}

function missingMessage(names: ReadonlySet<string>): string {
  const list = [...names].map((name) => `\`${name}\``).join(', ');
  return `The specification refers to ${list}, which no shared type defines.`;
}

function exitMessage(result: CommandResult): string {
  const { outcome, diagnostics, diagnosticsOmitted } = result;
  if (outcome.kind === 'timed-out') {
    return `${quote(result)} did not end within ${outcome.afterSeconds} s.`;
  }
  const exit = howItEnded(outcome);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const total = errors + diagnosticsOmitted;
  const count = total === 0 ? '' : `, ${total} ${total === 1 ? 'message' : 'messages'}`;
  return `${quote(result)} failed${exit}${count}.`;
}

function howItEnded(outcome: CommandOutcome): string {
  if (outcome.kind === 'signalled') return ` by ${outcome.signal}`;
  return outcome.kind === 'exited' ? ` with exit code ${outcome.exitCode}` : '';
}

function withSuggestion(
  diagnostic: Diagnostic,
  name: string | null,
  known: KnownNames,
): Diagnostic {
  const hint = name === null ? null : suggestionFor(name, known);
  return hint === null ? diagnostic : { ...diagnostic, message: `${diagnostic.message} ${hint}` };
}

function suggestionFor(name: string, { sharedTypes, built }: KnownNames): string | null {
  if (sharedTypes.has(name)) return 'It is a shared type: import it.';
  if (built.has(name))
    return 'A module declares it: import it, or write it where that module is this one.';
  const nearest = nearestSharedType(name, sharedTypes);
  return nearest === null ? null : `The nearest shared type is '${nearest}'.`;
}

function finding(
  type: string,
  result: CommandResult,
  message: string,
  diagnostics: readonly Diagnostic[],
): Finding {
  return { type, source: result.id, message, diagnostics };
}

/** A backtick in the command would end the code span. */
function quote(result: CommandResult): string {
  return `\`${result.run.replaceAll('`', "'").split('\n', 1)[0] ?? ''}\``;
}
