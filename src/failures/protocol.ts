import { DELIVERABLES_SOURCE } from '../domain/failure.ts';
import type { Diagnostic, Failure } from '../domain/failure.ts';
import { fingerprint } from './fingerprint.ts';
import { matchesPattern } from './path-pattern.ts';

/** A file that a session's pull request changes against the base. */
export interface ChangedPath {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Where a renamed file came from: moving a protected file away changes it. */
  readonly previousPath?: string | null;
}

/** What one session may not touch, and the few files in the shared folders that are its own. */
export interface ProtocolRules {
  readonly module: string;
  readonly specPackPaths: readonly string[];
  /** The config's own; patterns with `*` and `**`. */
  readonly protectedPaths: readonly string[];
  readonly statePath: string;
  /** Modules whose entries there the session changed, as far as its file can be read. */
  readonly foreignEntries: readonly string[];
  readonly ownClaim: string;
  readonly ownReports: readonly string[];
  /** Our commit adds it, so only another status than `added` is an edit that the file list can show. */
  readonly ownDocument: string;
}

interface Rule {
  readonly source: string;
  readonly what: string;
  readonly patterns: readonly string[];
}

const PROTOCOL_VIOLATION = 'protocol-violation';

/** One failure for each kind of path that may not change, naming every such path. */
export function protocolViolations(
  files: readonly ChangedPath[],
  rules: ProtocolRules,
): readonly Failure[] {
  const remaining = new Set(files.filter((file) => !isOwn(file, rules)).flatMap(pathsOf));
  const failures: Failure[] = [];
  for (const rule of rulesInOrder(rules)) {
    const broken = [...remaining].filter((path) =>
      rule.patterns.some((pattern) => matchesPattern(path, pattern)),
    );
    for (const path of broken) remaining.delete(path);
    if (broken.length > 0) failures.push(violation(rules.module, rule, broken.sort()));
  }
  return failures;
}

/** The required deliverables that are not there, in one failure; null where all are. */
export function missingDeliverables(
  module: string,
  expected: readonly string[],
  present: ReadonlySet<string>,
): Failure | null {
  const missing = [...new Set(expected)].filter((path) => !present.has(path));
  if (missing.length === 0) return null;
  const list = missing.map(code).join(', ');
  return withFingerprint(module, {
    type: PROTOCOL_VIOLATION,
    source: DELIVERABLES_SOURCE,
    message: `Required ${missing.length === 1 ? 'file is' : 'files are'} missing: ${list}.`,
    diagnostics: missing.map((path) => diagnostic(path, 'This deliverable is missing.')),
  });
}

/** What cannot be looked at whole cannot be shown to leave the read-only files alone. */
export function tooManyFiles(module: string): Failure {
  return withFingerprint(module, {
    type: PROTOCOL_VIOLATION,
    source: 'changed-files',
    message:
      'This changes more files than GitHub lists of a pull request (3,000), so the read-only files cannot be checked.',
    diagnostics: [],
  });
}

/** A path that several rules cover is told once, by the first. */
function rulesInOrder(rules: ProtocolRules): readonly Rule[] {
  const documents = rules.ownDocument.slice(0, Math.max(rules.ownDocument.lastIndexOf('/'), 0));
  return [
    {
      source: 'state',
      what: stateRule(rules.foreignEntries),
      patterns: [rules.statePath],
    },
    {
      source: 'spec-pack',
      what: 'The spec pack is read-only for a session',
      patterns: rules.specPackPaths,
    },
    { source: 'github', what: '`.github/` is read-only for a session', patterns: ['.github'] },
    {
      source: 'orchestration-docs',
      what: 'A session writes its own claim and reports there and nothing else',
      patterns: documents === '' ? [rules.ownDocument] : [documents],
    },
    {
      source: 'protected-paths',
      what: 'The config protects these paths',
      patterns: rules.protectedPaths,
    },
  ];
}

function stateRule(foreign: readonly string[]): string {
  const rule = 'Only the orchestrator writes the implementation state';
  if (foreign.length === 0) return rule;
  const whose = foreign.map(code).join(', ');
  return `${rule}, and what it says of ${whose} is no business of this session`;
}

/** With `retry: continue` a branch begins with what the module's earlier attempts added. */
function isOwn(file: ChangedPath, rules: ProtocolRules): boolean {
  if ((file.previousPath ?? null) !== null) return false;
  const written = [rules.ownClaim, ...rules.ownReports];
  if (written.includes(file.path)) return true;
  if (file.status !== 'added') return false;
  if (file.path === rules.ownDocument) return true;
  return [rules.ownDocument, ...written].some((own) => isEarlier(file.path, own, rules.module));
}

/** Whether `path` is what `own` was in an earlier attempt: the same but for a lower number. */
function isEarlier(path: string, own: string, module: string): boolean {
  const start = own.lastIndexOf(`${module}-`) + module.length + 1;
  const attempt = /^\d{1,6}/.exec(own.slice(start))?.[0] ?? '';
  const earlier = /^\d{1,6}/.exec(path.slice(start))?.[0] ?? '';
  if (earlier === '' || Number(earlier) >= Number(attempt)) return false;
  return path === own.slice(0, start) + earlier + own.slice(start + attempt.length);
}

function pathsOf(file: ChangedPath): string[] {
  const previous = file.previousPath ?? null;
  return previous === null ? [file.path] : [file.path, previous];
}

function violation(module: string, rule: Rule, paths: readonly string[]): Failure {
  return withFingerprint(module, {
    type: PROTOCOL_VIOLATION,
    source: rule.source,
    message: `${rule.what}, but this changes ${paths.map(code).join(', ')}.`,
    diagnostics: paths.map((path) => diagnostic(path, `${rule.what}.`)),
  });
}

function withFingerprint(module: string, failure: Omit<Failure, 'fingerprint'>): Failure {
  return { ...failure, fingerprint: fingerprint(module, failure) };
}

function diagnostic(file: string, message: string): Diagnostic {
  return { file, line: null, column: null, severity: 'error', code: null, message };
}

function code(path: string): string {
  return `\`${path.replaceAll('`', "'")}\``;
}
