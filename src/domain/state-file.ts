import * as v from 'valibot';
import {
  EMPTY_SESSION,
  EMPTY_STATE,
  entryOf,
  type EntryPatch,
  type ImplementationState,
  type ModuleEntry,
} from './implementation-state.ts';
import type { GateRun } from './gate.ts';
import type { Parsed, Problem } from './problem.ts';
import { contradictions } from './state-contradictions.ts';
import { entrySchema, headerSchema } from './state-schema.ts';

const VERSION = 1;
export const HEADER = '$sessionwright';
const SESSION = '$session';

type Json = Record<string, unknown>;

/** Reads the state file; anything it cannot read whole is a problem, never an empty state. */
export function parseState(text: string, file: string): Parsed<ImplementationState> {
  const raw = parseJson(text, file);
  if (!raw.ok) return raw;
  const problems: Problem[] = [];
  const header = v.safeParse(headerSchema, raw.value[HEADER] ?? {});
  if (!header.success) problems.push(broken(file, HEADER, detailsOf(header.issues)));
  else if (header.output.version > VERSION) problems.push(newer(file, header.output.version));
  const { entries, wrong } = readEntries(raw.value);
  problems.push(...wrong.map(({ key, details }) => broken(file, key, details)));
  if (!header.success || problems.length > 0) return { ok: false, problems };
  const { dashboard, gates } = header.output;
  return { ok: true, value: { raw: raw.value, entries, dashboard, gateRun: gates } };
}

/** What of a file can still be read, for a repair; whole entries stay, and keys that nobody knows. */
export function salvageState(
  text: string,
  file: string,
): Parsed<{ readonly state: ImplementationState; readonly broken: readonly string[] }> {
  const raw = parseJson(text, file);
  if (!raw.ok) return { ok: true, value: { state: EMPTY_STATE, broken: [HEADER] } };
  const header = v.safeParse(headerSchema, raw.value[HEADER] ?? {});
  // A newer release wrote it, and reads it: no reason to rebuild it.
  if (header.success && header.output.version > VERSION) {
    return { ok: false, problems: [newer(file, header.output.version)] };
  }
  const { entries, wrong } = readEntries(raw.value);
  const lost = new Set([...wrong.map(({ key }) => key), ...(header.success ? [] : [HEADER])]);
  const kept = Object.entries(raw.value).filter(([key]) => !lost.has(key));
  const { dashboard, gates } = header.success ? header.output : { dashboard: null, gates: null };
  const state = { raw: Object.fromEntries(kept), entries, dashboard, gateRun: gates };
  return { ok: true, value: { state, broken: [...lost] } };
}

/** The file's text; two-space JSON with a final newline, so that a change of one key is a diff of few lines. */
export function renderState(state: ImplementationState): string {
  return `${JSON.stringify(state.raw, null, 2)}\n`;
}

/** The state with one entry changed; keys that the patch does not name, also unknown ones, stay in their order. */
export function updateEntry(
  state: ImplementationState,
  module: string,
  patch: EntryPatch,
): ImplementationState {
  const { session: sessionPatch, ...template } = patch;
  const before = entryOf(state, module);
  const session = { ...before.session, ...sessionPatch };
  const rawEntry = ownJson(state.raw, module);
  const rawSession = ownJson(rawEntry, SESSION);
  const status = Object.hasOwn(rawEntry, 'status') ? {} : { status: before.status };
  const raw = {
    ...state.raw,
    [module]: {
      ...withBeforeSession(rawEntry, { ...status, ...template }),
      // The first mention of a key gives it its place, the last its value.
      [SESSION]: { ...rawSession, ...EMPTY_SESSION, ...rawSession, ...sessionPatch },
    },
  };
  const entries = new Map(state.entries).set(module, { ...before, ...template, session });
  return { ...state, raw, entries };
}

/** The state with what it says of itself changed. */
export function updateHeader(
  state: ImplementationState,
  patch: { readonly dashboard?: number | null; readonly gateRun?: GateRun },
): ImplementationState {
  const { dashboard = state.dashboard, gateRun = state.gateRun } = patch;
  const before = ownJson(state.raw, HEADER);
  const header = {
    version: VERSION,
    ...before,
    dashboard,
    ...(gateRun === null ? {} : { gates: gateRun }),
  };
  return { ...state, raw: { ...state.raw, [HEADER]: header }, dashboard, gateRun };
}

/** New keys of the template stand before what is ours; keys that are there stay in their place. */
function withBeforeSession(entry: Json, change: Json): Json {
  if (!Object.hasOwn(entry, SESSION)) return { ...entry, ...change };
  const keys = Object.keys(entry);
  const at = keys.indexOf(SESSION);
  const added = Object.keys(change).filter((key) => !keys.includes(key));
  const ordered = [...keys.slice(0, at), ...added, ...keys.slice(at)];
  const merged = { ...entry, ...change };
  return Object.fromEntries(ordered.map((key) => [key, merged[key]]));
}

interface WrongEntry {
  readonly key: string;
  readonly details: readonly string[];
}

function readEntries(raw: Json): {
  readonly entries: ReadonlyMap<string, ModuleEntry>;
  readonly wrong: readonly WrongEntry[];
} {
  const entries = new Map<string, ModuleEntry>();
  const wrong: WrongEntry[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (key.startsWith('$')) continue;
    const parsed = v.safeParse(entrySchema, value);
    const entry = parsed.success ? toEntry(parsed.output) : null;
    const details = entry === null ? detailsOf(parsed.issues ?? []) : contradictions(key, entry);
    if (entry === null || details.length > 0) wrong.push({ key, details });
    else entries.set(key, entry);
  }
  return { entries, wrong };
}

function parseJson(text: string, file: string): Parsed<Json> {
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return { ok: true, value };
    return { ok: false, problems: [unreadable(file, 'it is not a JSON object')] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problems: [unreadable(file, `it is not JSON (${error.message})`)] };
  }
}

function toEntry(output: v.InferOutput<typeof entrySchema>): ModuleEntry {
  const { $session, ...rest } = output;
  return {
    status: rest.status,
    blockedReason: rest.blockedReason,
    blockedAt: rest.blockedAt,
    completedAt: rest.completedAt,
    filesModified: rest.filesModified,
    implementedBy: rest.implementedBy,
    sessionId: rest.sessionId,
    session: $session,
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ownJson(of: Json, key: string): Json {
  const value = Object.hasOwn(of, key) ? of[key] : null;
  return isJson(value) ? value : {};
}

function unreadable(file: string, what: string): Problem {
  return {
    code: 'state-file',
    file,
    line: null,
    message: `The implementation state cannot be read: ${what}. Nothing was written.`,
    fix: `Restore the last good commit of the state branch (its log is the audit trail), or rebuild the state from what GitHub shows with \`mode: repair\`; then run again.`,
  };
}

function detailsOf(issues: readonly v.BaseIssue<unknown>[]): readonly string[] {
  return issues.map((issue) => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  });
}

function broken(file: string, key: string, details: readonly string[]): Problem {
  return {
    code: 'state-file',
    file,
    line: null,
    message: `The entry "${key}" of the implementation state is not valid: ${details.join('; ')}. Nothing was written.`,
    fix: `Mend that entry in a commit on the state branch, restore its last good commit, or rebuild it with \`mode: repair\`; then run again.`,
  };
}

function newer(file: string, version: number): Problem {
  return {
    code: 'state-file',
    file,
    line: null,
    message: `The implementation state has version ${version}; this release reads up to ${VERSION}. Nothing was written.`,
    fix: 'Use the release of the action that wrote it, or a newer one.',
  };
}
