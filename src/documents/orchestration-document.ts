import builtIn from '../../templates/orchestration-document.hbs';
import type { Deliverable, GateCommandConfig, ModuleConfig, Paths } from '../domain/config.ts';
import type { FailureRow } from '../domain/failure.ts';
import type { GateVerdict } from '../domain/gate.ts';
import {
  specShaOf,
  type AttemptRecord,
  type ClearedBlocker,
  type Status,
} from '../domain/implementation-state.ts';
import { sessionPaths, type Session } from '../domain/session.ts';
import {
  formatRanges,
  type PromptSection,
  type SharedType,
  type SpecChange,
} from '../domain/spec-pack.ts';
import type { PlannedCommand } from '../domain/verification.ts';
import { claimBlock, renderDoneClaimToFillIn, renderHaltClaimToFillIn } from './claim.ts';
import { renderDeliverablesTree } from './deliverables-tree.ts';
import { gateLines } from './gate-lines.ts';
import { issueLink } from './links.ts';
import { codeSpan, escapeCell, escapeInline, fence } from './markdown.ts';
import { sourceLinks } from './source-links.ts';
import { describeSpecChange } from './spec-changes.ts';
import type { Template } from './template.ts';
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
  /** What was cleared before the first attempt; null where nothing was. */
  readonly cleared: ClearedBlocker | null;
  readonly specChanges: readonly SpecChange[];
  /** Filled for the module. */
  readonly commands: readonly ToldCommand[];
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
export function renderOrchestrationDocument(
  view: OrchestrationDocumentView,
  template: Template = builtIn,
): string {
  return template(orchestrationDocumentFields(view));
}

/** What its template gets: Markdown, escaped for where our template puts it. */
export function orchestrationDocumentFields(view: OrchestrationDocumentView) {
  return {
    ...metadata(view),
    ...sources(view),
    ...sessionContext(view),
    ...claims(view),
    dependencies: view.dependencies.map(({ module, status, passed }) => ({
      module,
      status,
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
  };
}

/** What a document tells of a command. */
export type ToldCommand = Pick<PlannedCommand, 'name' | 'run'> &
  Partial<Pick<PlannedCommand, 'workingDirectory' | 'env' | 'shell'>>;

/** The verification protocol as a shell script that can be pasted; what is not as in the root's bash is said above. */
export function renderCommands(commands: readonly ToldCommand[]): string {
  const lines = commands.map((command) => `# ${commandTitle(command)}\n${command.run.trim()}`);
  return fence(lines.join('\n\n'), 'bash');
}

function commandTitle({ name, workingDirectory, env, shell }: ToldCommand): string {
  const variables = Object.entries(env ?? {}).map(([key, value]) => `${key}=${value}`);
  const told = [
    name,
    ...(workingDirectory == null ? [] : [`in ${workingDirectory}`]),
    ...(variables.length === 0 ? [] : [`with ${variables.join(' ')}`]),
    ...(shell == null ? [] : [`by ${shell}`]),
  ];
  return told.join(', ').replace(/\s+/g, ' ');
}

/** Reads a document's metadata back, or null where the table is not whole. */
export function parseOrchestrationDocument(text: string): SessionMetadata | null {
  const fields = readMetadataRows(text);
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

/** The values of a document's metadata rows by their names, the first of each name. */
export function readMetadataRows(text: string): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [before, title = '', value, after, ...more] = line.split('|').map((cell) => cell.trim());
    if (before !== '' || after !== '' || more.length > 0) continue;
    const name = /^\*\*([^*]+)\*\*$/.exec(title)?.[1];
    if (name !== undefined && value !== undefined && !rows.has(name)) rows.set(name, value);
  }
  return rows;
}

function metadata({ module, session, plannerVersion }: OrchestrationDocumentView) {
  return {
    name: escapeInline(module.name),
    className: module.className,
    // Validated or made by us: escaped, an id such as `gh-1` would not be itself any more.
    moduleId: session.module,
    sessionId: session.sessionId,
    startedAt: session.startedAt,
    attempt: session.attempt,
    maxAttempts: session.maxAttempts,
    plannerVersion: escapeCell(plannerVersion),
  };
}

function sources(view: OrchestrationDocumentView) {
  const ranges = formatRanges(view.types.flatMap((type) => type.ranges));
  return {
    ...sourceLinks(view),
    promptNumber: view.module.prompt,
    typesRanges: ranges === '' ? 'none' : ranges,
  };
}

function sessionContext(view: OrchestrationDocumentView) {
  const last = view.previousAttempts.at(-1);
  return {
    attempts: view.previousAttempts.map((record) => attemptRow(record, view.failures)),
    blockers: clearedBlockers(last ?? view.cleared, view.repositoryUrl),
    specChanges: view.specChanges.map((change) =>
      describeSpecChange(change, {
        repositoryUrl: view.repositoryUrl,
        before: last === undefined ? null : specShaOf(last),
        after: view.session.baseSha,
      }),
    ),
  };
}

/** An empty cell looks like a mistake of ours. */
const NOT_TOLD = '—';

function attemptRow(record: AttemptRecord, table: readonly FailureRow[]) {
  const title = failureTitle(table, record.failureType);
  const issue = [title, record.issue].filter((part) => part !== null).join(': ');
  return {
    attempt: record.attempt,
    outcome: escapeCell(outcomeWords(record.outcome)),
    issue: escapeCell(issue) || NOT_TOLD,
    resolution: escapeCell(record.resolution ?? '') || NOT_TOLD,
  };
}

function clearedBlockers(cleared: ClearedBlocker | null, repositoryUrl: string): readonly string[] {
  if (cleared?.escalation == null) return [];
  const { escalation, resolvedBy } = cleared;
  const by = resolvedBy === null ? '' : ` by ${who(resolvedBy)}`;
  const resolution = cleared.resolution === null ? 'no comment' : escapeInline(cleared.resolution);
  return [`Escalation ${issueLink(repositoryUrl, escalation)}, resolved${by}: ${resolution}`];
}

function claims({ session, paths, stateBranch, failures }: OrchestrationDocumentView) {
  const own = sessionPaths(session.module, session.attempt, paths.documents);
  const branch = codeSpan(stateBranch);
  const claimPath = codeSpan(own.claim);
  const halts = failures.filter((row) => row.action === 'halt');
  const failureTypes = halts.map((row) => codeSpan(row.id)).join(', ');
  return {
    stateBranch: branch,
    claimPath,
    reportPath: codeSpan(own.report),
    escalationReportPath: codeSpan(own.escalationReport),
    planningAgentPath: codeSpan(paths.planningAgent),
    codingAgentPath: codeSpan(paths.codingAgent),
    failureTypes,
    haltEntry: claimBlock(renderHaltClaimToFillIn(session.module)),
    haltNote: `That file lies on the branch ${branch} and is written for you. Put this entry into ${claimPath} instead, commit and push it: that is what halts the session. A key \`"failureType"\` beside the others names the row above it falls under: ${failureTypes}.`,
    doneEntry: claimBlock(renderDoneClaimToFillIn(session.module, session.sessionId)),
    doneNote: `This entry too goes into ${claimPath}. It is optional: the verification decides, not the claim.`,
  };
}
