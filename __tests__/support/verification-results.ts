import type { Diagnostic } from '../../src/domain/failure.ts';
import type {
  CommandResult,
  PlannedRun,
  VerificationResult,
} from '../../src/domain/verification.ts';

export type Verifier = (run: PlannedRun) => VerificationResult | null;

/** What a verify job would hand on if every command passed, but for those that `changes` names. */
export function resultOf(
  run: PlannedRun,
  changes: Readonly<Record<string, Partial<CommandResult>>> = {},
): VerificationResult {
  return {
    version: 1,
    kind: run.kind,
    sha: run.sha,
    module: run.kind === 'verification' ? run.module : null,
    commands: run.commands.map(({ id, name, run: line, failure, allowEmpty }) => ({
      id,
      name,
      run: line,
      failure,
      outcome: { kind: 'exited', exitCode: 0 },
      durationMs: 1200,
      diagnostics: [],
      diagnosticsOmitted: 0,
      testsRun: failure === 'test-failure' ? 3 : null,
      allowEmpty,
      tail: '',
      logDigest: '0'.repeat(64),
      ...changes[id],
    })),
    shed: [],
  };
}

export const green: Verifier = (run) => resultOf(run);

/** The verify job that died before it could hand anything on. */
export const nothing: Verifier = () => null;

/** A type error in the module's own file, which the coder mends. */
export function typeError(message = "Type 'string' is not assignable to type 'number'."): Verifier {
  return (run) =>
    resultOf(run, { typecheck: failed([diagnostic('TS2322', message, 'src/core/Core.ts', 7)]) });
}

/** A type that the prompt refers to and that the spec pack does not define. */
export const missingType: Verifier = (run) =>
  resultOf(run, {
    typecheck: failed([
      diagnostic('TS2304', "Cannot find name 'IPayload'.", 'src/core/Core.ts', 3),
    ]),
  });

/** The command was not there to be run. */
export const commandNotFound: Verifier = (run) =>
  resultOf(run, {
    typecheck: { outcome: { kind: 'exited', exitCode: 127 }, tail: 'sh: 1: npx: not found' },
  });

function failed(diagnostics: readonly Diagnostic[]): Partial<CommandResult> {
  return { outcome: { kind: 'exited', exitCode: 2 }, diagnostics };
}

function diagnostic(code: string, message: string, file: string, line: number): Diagnostic {
  return { file, line, column: 1, severity: 'error', code, message };
}
