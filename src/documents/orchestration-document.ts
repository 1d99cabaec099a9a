import renderTemplate from '../../templates/orchestration-document.hbs';
import type { Deliverable, GateCommandConfig, ModuleConfig, Paths } from '../domain/config.ts';
import type { FailureRow } from '../domain/failure.ts';
import type { GateVerdict } from '../domain/gate.ts';
import type { AttemptRecord, Status } from '../domain/implementation-state.ts';
import { sessionPaths, type Session } from '../domain/session.ts';
import type { PromptSection, SharedType, SpecChange } from '../domain/spec-pack.ts';
import type { PlannedCommand } from '../domain/verification.ts';
import { renderDeliverablesTree } from './deliverables-tree.ts';
import { gateLines } from './gate-lines.ts';
import { issueLink } from './links.ts';
import { codeSpan, escapeCell, escapeInline, fence } from './markdown.ts';
import { sourceLinks } from './source-links.ts';
import { describeSpecChange } from './spec-changes.ts';
import { failureTitle, outcomeWords, targetCell, who } from './wording.ts';

/** What a session's document tells; every text in it is raw and is escaped here. */
export interface OrchestrationDocumentView {
  readonly module: ModuleConfig;
  readonly session: Session;
  readonly plannerVersion: string;
  /** Such as `https://github.com/owner/repo`. */
  readonly repositoryUrl: string;
  readonly stateBranch: string;
  readonly paths: Paths;
  readonly dependencies: readonly DependencyRow[];
  readonly verdicts: readonly GateVerdict[];
  readonly gates: readonly GateCommandConfig[];
  readonly prompt: Pick<PromptSection, 'slug' | 'startLine' | 'endLine'>;
  /** Those the module declares, in its order. */
  readonly types: readonly Pick<SharedType, 'name' | 'ranges'>[];
  /** Oldest first; the last one's resolution is what was cleared since. */
  readonly previousAttempts: readonly AttemptRecord[];
  readonly specChanges: readonly SpecChange[];
  /** Filled for the module. */
  readonly commands: readonly Pick<PlannedCommand, 'name' | 'run'>[];
  /** The whole table, built-in rows first. */
  readonly failures: readonly FailureRow[];
  /** Under their real paths. */
  readonly deliverables: readonly Deliverable[];
  readonly codeStyle: readonly string[];
}

export interface DependencyRow {
  readonly module: string;
  readonly status: Status;
  readonly passed: boolean;
}

/** What the Session Metadata table says. */
export interface SessionMetadata {
  readonly module: string;
  readonly sessionId: string;
  readonly startedAt: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly plannerVersion: string;
}

/** The document a session is worked by, in the form of the orchestration template, version 1.0.0. */
export function renderOrchestrationDocument(view: OrchestrationDocumentView): string {
  return renderTemplate({
    ...metadata(view),
    ...sourceLinks(view),
    ...sessionContext(view),
    ...claims(view),
    dependencies: view.dependencies.map(({ module, status, passed }) => ({
      module: escapeCell(module),
      status: escapeCell(status),
      mark: passed ? '✅' : '❌',
    })),
    gates: gateLines(view.verdicts, view.gates),
    commands: renderCommands(view.commands),
    failures: view.failures.map((row) => ({
      title: escapeCell(row.title),
      indicator: escapeCell(row.indicator),
      action: escapeCell(row.instruction),
      target: targetCell(row),
    })),
    filesToCreate: renderDeliverablesTree(view.deliverables),
    codeStyle: view.codeStyle.map(escapeInline),
  });
}

/** The verification protocol as a shell script that can be pasted. */
export function renderCommands(commands: readonly Pick<PlannedCommand, 'name' | 'run'>[]): string {
  const lines = commands.map(({ name, run }) => `# ${name.replace(/\s+/g, ' ')}\n${run.trim()}`);
  return fence(lines.join('\n\n'), 'bash');
}

/** Reads a document's metadata back, or null where the table is not whole. */
export function parseOrchestrationDocument(text: string): SessionMetadata | null {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^\| \*\*([^*|]+)\*\* \| ([^|]*) \|\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name)) fields.set(name, value);
  }
  const names = ['Module ID', 'Session ID', 'Started', 'Planning Agent Version'];
  const [module = '', sessionId = '', startedAt = '', plannerVersion = ''] = names.map((name) =>
    fields.get(name),
  );
  const [, attempt, maxAttempts] =
    /^([1-9][0-9]{0,5}) of ([1-9][0-9]{0,5})$/.exec(fields.get('Attempt') ?? '') ?? [];
  if (attempt === undefined || maxAttempts === undefined) return null;
  if ([module, sessionId, startedAt, plannerVersion].includes('')) return null;
  return {
    module,
    sessionId,
    startedAt,
    attempt: Number(attempt),
    maxAttempts: Number(maxAttempts),
    plannerVersion,
  };
}

function metadata({ module, session, plannerVersion }: OrchestrationDocumentView) {
  return {
    name: escapeInline(module.name),
    moduleId: escapeCell(session.module),
    sessionId: escapeCell(session.sessionId),
    startedAt: escapeCell(session.startedAt),
    attempt: session.attempt,
    maxAttempts: session.maxAttempts,
    plannerVersion: escapeCell(plannerVersion),
  };
}

function sessionContext(view: OrchestrationDocumentView) {
  const last = view.previousAttempts.at(-1);
  return {
    attempts: view.previousAttempts.map((record) => attemptRow(record, view.failures)),
    blockers: last === undefined ? [] : clearedBlockers(last, view.repositoryUrl),
    specChanges: view.specChanges.map(describeSpecChange),
  };
}

function attemptRow(record: AttemptRecord, table: readonly FailureRow[]) {
  const title = failureTitle(table, record.failureType);
  const issue = [title, record.issue].filter((part) => part !== null).join(': ');
  return {
    attempt: record.attempt,
    outcome: escapeCell(outcomeWords(record.outcome)),
    issue: escapeCell(issue),
    resolution: escapeCell(record.resolution ?? ''),
  };
}

function clearedBlockers(last: AttemptRecord, repositoryUrl: string): readonly string[] {
  if (last.escalation === null) return [];
  const by = last.resolvedBy === null ? '' : ` by ${who(last.resolvedBy)}`;
  const resolution = last.resolution === null ? 'no comment' : escapeInline(last.resolution);
  return [`Escalation ${issueLink(repositoryUrl, last.escalation)}, resolved${by}: ${resolution}`];
}

function claims({ session, paths, stateBranch, failures }: OrchestrationDocumentView) {
  const own = sessionPaths(session.module, session.attempt, paths.documents);
  const halts = failures.filter((row) => row.action === 'halt');
  return {
    stateBranch: codeSpan(stateBranch),
    claimPath: codeSpan(own.claim),
    reportPath: codeSpan(own.report),
    escalationReportPath: codeSpan(own.escalationReport),
    failureTypes: halts.map((row) => codeSpan(row.id)).join(', '),
    haltEntry: entryBlock(session.module, {
      status: 'blocked',
      blockedReason: '<description>',
      blockedAt: '<ISO timestamp>',
    }),
    doneEntry: entryBlock(session.module, {
      status: 'review',
      completedAt: '<ISO timestamp>',
      filesModified: ['list of files'],
      implementedBy: 'coding-agent',
      sessionId: session.sessionId,
    }),
  };
}

/** An entry of the state file, as the template lays it out inside a list item. */
function entryBlock(module: string, entry: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify({ [module]: entry }, null, 2);
  const flat = json.replace(/\[\s+("[^"]*")\s+\]/g, '[$1]');
  return fence(flat, 'json').replace(/^/gm, '   ');
}
