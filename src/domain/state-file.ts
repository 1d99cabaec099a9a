import * as v from 'valibot';
import {
  EMPTY_SESSION,
  entryOf,
  type EntryPatch,
  type ImplementationState,
  type ModuleEntry,
} from './implementation-state.ts';
import type { GateRun } from './gate.ts';
import type { Parsed, Problem } from './problem.ts';
import { entrySchema, headerSchema } from './state-schema.ts';

const VERSION = 1;
const HEADER = '$sessionwright';
const SESSION = '$session';

type Json = Record<string, unknown>;

/** Reads the state file; anything it cannot read whole is a problem, never an empty state. */
export function parseState(text: string, file: string): Parsed<ImplementationState> {
  const raw = parseJson(text, file);
  if (!raw.ok) return raw;
  const problems: Problem[] = [];
  const header = v.safeParse(headerSchema, raw.value[HEADER] ?? {});
  if (!header.success) problems.push(broken(file, HEADER, header.issues));
  else if (header.output.version > VERSION) problems.push(newer(file, header.output.version));
  const entries = new Map<string, ModuleEntry>();
  for (const [key, value] of Object.entries(raw.value)) {
    if (key.startsWith('$')) continue;
    const entry = v.safeParse(entrySchema, value);
    if (entry.success) entries.set(key, toEntry(entry.output));
    else problems.push(broken(file, key, entry.issues));
  }
  if (!header.success || problems.length > 0) return { ok: false, problems };
  const { dashboard, gates } = header.output;
  return { ok: true, value: { raw: raw.value, entries, dashboard, gateRun: gates } };
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
    fix: 'Restore the last good commit of the state branch (its log is the audit trail), then run again.',
  };
}

function broken(file: string, key: string, issues: readonly v.BaseIssue<unknown>[]): Problem {
  const details = issues.map((issue) => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  });
  return {
    code: 'state-file',
    file,
    line: null,
    message: `The entry "${key}" of the implementation state is not valid: ${details.join('; ')}. Nothing was written.`,
    fix: 'Mend that entry in a commit on the state branch, or restore its last good commit, then run again.',
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
