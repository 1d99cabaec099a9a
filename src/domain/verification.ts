import * as v from 'valibot';
import type { Diagnostic } from './failure.ts';

/** A command ready to run: every field filled from the base's config. */
export interface PlannedCommand {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  readonly failure: string;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | null;
  readonly workingDirectory: string | null;
  readonly timeoutSeconds: number;
  readonly needs: readonly string[];
  readonly parallel: boolean;
  /** A file the command writes in its tool's machine format, relative to the repository's root. */
  readonly report: string | null;
  readonly allowEmpty: boolean;
}

interface AnyRun {
  readonly sha: string;
  /** For the set-up and all commands together. */
  readonly timeoutSeconds: number;
  readonly commands: readonly PlannedCommand[];
}

/** What one verify job is to run, on one commit. */
export type PlannedRun =
  | (AnyRun & { readonly kind: 'gates' })
  /** The protocols of all sessions of a merge group, on what the queue merged. */
  | (AnyRun & { readonly kind: 'group' })
  | (AnyRun & {
      readonly kind: 'verification';
      readonly module: string;
      readonly pullRequest: number;
    });

/** How a command ended. */
export type CommandOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly afterSeconds: number }
  | { readonly kind: 'not-started'; readonly reason: string }
  /** A command it needs did not pass. */
  | { readonly kind: 'skipped'; readonly because: string };

export interface CommandResult {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  readonly failure: string;
  readonly outcome: CommandOutcome;
  readonly durationMs: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Diagnostics found beyond those that are kept. */
  readonly diagnosticsOmitted: number;
  /** Tests that ran, where the tool says so; null where it does not. */
  readonly testsRun: number | null;
  readonly allowEmpty: boolean;
  /** The last useful lines, free of colour codes; secrets masked. */
  readonly tail: string;
  /** SHA-256 of the whole output as the command's log file holds it, in hex. */
  readonly logDigest: string;
}

/** What the verify job hands on; untrusted until parsed and bound to what the API names. */
export interface VerificationResult {
  readonly version: 1;
  readonly kind: PlannedRun['kind'];
  readonly sha: string;
  readonly module: string | null;
  readonly commands: readonly CommandResult[];
  /** What was shed to stay within the size limit, in words; empty where nothing was. */
  readonly shed: readonly string[];
}

/** The most that one job output may hold here: an environment variable cannot carry 128 KiB (Linux MAX_ARG_STRLEN). */
export const VERIFICATION_LIMIT_BYTES = 96 * 1024;

/** As often what could not be judged is run again by itself; then it is shown, and waits for somebody. */
export const RERUNS_LIMIT = 2;

/** A command passed if it exited with 0. */
export function commandPassed(result: CommandResult): boolean {
  return result.outcome.kind === 'exited' && result.outcome.exitCode === 0;
}

/** It passed and, where it counts tests, ran some: a test command that ran none proves nothing. */
export function commandProves(result: CommandResult): boolean {
  return commandPassed(result) && (result.testsRun !== 0 || result.allowEmpty);
}

/** The most a handed-on result may hold once inflated; what is larger is refused unread. */
export const INFLATED_LIMIT_BYTES = 256 * 1024;

/** A result that was handed over, or why it cannot be used. */
export type ParsedResult =
  | { readonly ok: true; readonly value: VerificationResult }
  | { readonly ok: false; readonly reason: string };

const ID = v.pipe(v.string(), v.maxLength(63), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));
/** A config's command line holds 10,000 characters, and filling its fields in makes it longer. */
const MAX_RUN_LENGTH = 100_000;

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const POSITION = v.nullable(COUNT);

function text(maxLength: number) {
  return v.pipe(v.string(), v.maxLength(maxLength));
}

const OUTCOME = v.variant('kind', [
  v.strictObject({ kind: v.literal('exited'), exitCode: v.pipe(COUNT, v.maxValue(0xffff_ffff)) }),
  v.strictObject({ kind: v.literal('signalled'), signal: text(40) }),
  v.strictObject({ kind: v.literal('timed-out'), afterSeconds: v.pipe(v.number(), v.minValue(0)) }),
  v.strictObject({ kind: v.literal('not-started'), reason: text(1000) }),
  v.strictObject({ kind: v.literal('skipped'), because: text(1000) }),
]);

const DIAGNOSTIC = v.strictObject({
  file: v.nullable(text(1000)),
  line: POSITION,
  column: POSITION,
  severity: v.picklist(['error', 'warning']),
  code: v.nullable(text(200)),
  message: text(4000),
});

const COMMAND = v.strictObject({
  id: ID,
  name: text(500),
  run: text(MAX_RUN_LENGTH),
  failure: ID,
  outcome: OUTCOME,
  durationMs: v.pipe(v.number(), v.minValue(0)),
  diagnostics: v.pipe(v.array(DIAGNOSTIC), v.maxLength(1000)),
  diagnosticsOmitted: COUNT,
  testsRun: v.nullable(COUNT),
  allowEmpty: v.boolean(),
  tail: text(64 * 1024),
  logDigest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

const RESULT = v.strictObject({
  version: v.literal(1),
  kind: v.picklist(['gates', 'group', 'verification']),
  sha: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)),
  module: v.nullable(ID),
  commands: v.pipe(v.array(COMMAND), v.maxLength(256)),
  shed: v.pipe(v.array(text(1000)), v.maxLength(100)),
});

/** Reads an inflated result, which is untrusted; what it says still has to be bound to a planned run. */
export function parseVerificationResult(
  source: unknown,
  limitBytes: number = INFLATED_LIMIT_BYTES,
): ParsedResult {
  if (typeof source !== 'string') return { ok: false, reason: 'The result is no text.' };
  if (source.trim() === '') return { ok: false, reason: 'No result was handed on.' };
  if (Buffer.byteLength(source) > limitBytes) {
    return { ok: false, reason: `The result is larger than ${limitBytes} bytes.` };
  }
  const parsed = v.safeParse(RESULT, parseJson(source), { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const issue = parsed.issues[0];
  return { ok: false, reason: `The result is malformed at ${v.getDotPath(issue) ?? 'its root'}.` };
}

/**
 * Accepts a result only for exactly what was planned: same commit, same module, each command once. What a
 * command is called and stands for comes from the plan, so that a forged result cannot redefine it.
 */
export function bindResult(result: VerificationResult, run: PlannedRun): ParsedResult {
  const module = run.kind === 'verification' ? run.module : null;
  if (result.kind !== run.kind || result.module !== module) {
    return { ok: false, reason: 'The result is of another run.' };
  }
  if (result.sha !== run.sha) return { ok: false, reason: 'The result is of another commit.' };
  const found = new Map(result.commands.map((command) => [command.id, command]));
  const commands: CommandResult[] = [];
  for (const { id, name, run: line, failure, allowEmpty } of run.commands) {
    const command = found.get(id);
    if (command === undefined) return { ok: false, reason: `The result of \`${id}\` is missing.` };
    commands.push({ ...command, name, run: line, failure, allowEmpty });
  }
  if (result.commands.length !== commands.length) {
    return { ok: false, reason: 'The result holds commands that were not planned.' };
  }
  return { ok: true, value: { ...result, commands } };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
