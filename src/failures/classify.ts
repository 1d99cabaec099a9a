import type { Diagnostic, Failure, FailureRow } from '../domain/failure.ts';
import { commandPassed } from '../domain/verification.ts';
import type { CommandResult } from '../domain/verification.ts';
import { fingerprint } from './fingerprint.ts';
import { infrastructureCause } from './infrastructure.ts';
import {
  isMissingType,
  nearestSharedType,
  readSpecNames,
  undefinedTypeName,
} from './missing-type.ts';
import type { SpecNames } from './missing-type.ts';

export interface ClassifyInput {
  readonly module: string;
  /** The module's prompt section and the text of the shared types it declares. */
  readonly moduleSpecText: string;
  /** Every shared type of the spec pack, declared by the module or not. */
  readonly sharedTypeNames: ReadonlySet<string>;
  readonly results: readonly CommandResult[];
  readonly table: readonly FailureRow[];
}

type Finding = Omit<Failure, 'fingerprint'>;

/** One failure for each type and command; a skipped command has none, since what it needed has its own. */
export function classify(input: ClassifyInput): readonly Failure[] {
  const spec = readSpecNames(input.module, input.moduleSpecText, input.sharedTypeNames);
  return input.results.flatMap((result) =>
    findingsOf(result, input, spec).map((finding) => ({
      ...finding,
      fingerprint: fingerprint(input.module, finding, result.tail),
    })),
  );
}

function findingsOf(result: CommandResult, input: ClassifyInput, spec: SpecNames): Finding[] {
  if (result.outcome.kind === 'skipped') return [];
  if (commandPassed(result)) return ranNoTests(result) ? [noTests(result, input)] : [];
  const cause = infrastructureCause(result);
  if (cause !== null) {
    return [
      finding('infrastructure', result, `${quote(result)} did not do its work. ${cause}`, []),
    ];
  }
  const missing: Diagnostic[] = [];
  const others: Diagnostic[] = [];
  const names = new Set<string>();
  for (const diagnostic of result.diagnostics) {
    const name = undefinedTypeName(diagnostic);
    if (name !== null && isMissingType(name, spec)) {
      names.add(name);
      missing.push(diagnostic);
    } else if (diagnostic.severity === 'error') {
      others.push(withSuggestion(diagnostic, name, input.sharedTypeNames));
    }
  }
  const found: Finding[] = [];
  if (missing.length > 0) {
    found.push(finding('missing-type', result, missingMessage(names), missing));
  }
  if (missing.length === 0 || others.length > 0) {
    found.push(finding(typeOf(result.failure, input.table), result, exitMessage(result), others));
  }
  return found;
}

function ranNoTests(result: CommandResult): boolean {
  return result.testsRun === 0 && !result.allowEmpty;
}

function noTests(result: CommandResult, input: ClassifyInput): Finding {
  const message = `${quote(result)} ran no tests: nothing matched, so nothing was shown to work.`;
  return finding(typeOf(result.failure, input.table), result, message, []);
}

/** A type that the table does not know is taken for a failed test, which the coder deals with. */
function typeOf(failure: string, table: readonly FailureRow[]): string {
  return table.some((row) => row.id === failure) ? failure : 'test-failure';
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
  const exit = outcome.kind === 'exited' ? ` with exit code ${outcome.exitCode}` : '';
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const total = errors + diagnosticsOmitted;
  const count = total === 0 ? '' : `, ${total} ${total === 1 ? 'message' : 'messages'}`;
  return `${quote(result)} failed${exit}${count}.`;
}

function withSuggestion(
  diagnostic: Diagnostic,
  name: string | null,
  sharedTypeNames: ReadonlySet<string>,
): Diagnostic {
  if (name === null) return diagnostic;
  if (sharedTypeNames.has(name)) {
    return { ...diagnostic, message: `${diagnostic.message} It is a shared type: import it.` };
  }
  const nearest = nearestSharedType(name, sharedTypeNames);
  if (nearest === null) return diagnostic;
  return {
    ...diagnostic,
    message: `${diagnostic.message} The nearest shared type is '${nearest}'.`,
  };
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
