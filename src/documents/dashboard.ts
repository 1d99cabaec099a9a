import builtIn from '../../templates/dashboard.hbs';
import type { GateVerdict } from '../domain/gate.ts';
import { blobUrl, codeLink } from './links.ts';
import { bulletList, codeSpan, escapeCell, escapeInline, table } from './markdown.ts';
import { parseMarker, renderMarker } from './marker.ts';
import { renderGraph, type GraphModule } from './mermaid.ts';
import type { Template } from './template.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count, STATUS_SIGNS, targetTitle } from './wording.ts';

export const DASHBOARD_TITLE = 'Sessionwright dashboard';

/** Nothing in it tells the time of a run: the same state gives the same text, and no write. */
export interface DashboardView {
  readonly repositoryUrl: string;
  readonly stateBranch: string;
  readonly stateFile: string;
  readonly paused: boolean;
  /** In the config's order. */
  readonly modules: readonly DashboardModule[];
}

export interface DashboardModule extends GraphModule {
  readonly requested: boolean;
  /** Whether every gate passes, but for commands that have yet to run on the base commit. */
  readonly ready: boolean;
  /** 0 before the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly pullRequest: number | null;
  readonly escalation: number | null;
  /** Whom a blocked module waits for: an escalation target's id. */
  readonly target: string | null;
  readonly unmet: readonly GateVerdict[];
  /** Its place among those that wait for capacity alone; 1 is next. */
  readonly queuePlace: number | null;
  /** Anything else worth telling, such as drift. */
  readonly note: string | null;
}

const BAR_CELLS = 20;

/** Entries of a list; the table has the rest. */
const LISTED = 50;

/** The dashboard's body. */
export function renderDashboard(view: DashboardView, template: Template = builtIn): string {
  const body = `${renderMarker('dashboard')}\n${template(dashboardFields(view))}`;
  return truncate(body, BODY_LIMIT, `*Cut here: GitHub takes no more. ${stateSentence(view)}*`);
}

/** What its template gets; the marker is not the template's to leave out. */
export function dashboardFields(view: DashboardView) {
  const { modules } = view;
  const pending = modules.filter(({ status }) => status === 'pending');
  return {
    progress: progress(modules),
    paused: view.paused,
    graph: renderGraph(modules),
    ready: list(pending.filter(isReady), readyLine),
    running: list(modules.filter(isRunning), runningLine),
    waiting: list(
      pending.filter(({ requested }) => requested),
      (module) => waitingLine(module, view.paused),
    ),
    unasked: list(
      pending.filter((module) => !module.requested && !isReady(module)),
      unaskedLine,
    ),
    blocked: list(
      modules.filter(({ status }) => status === 'blocked'),
      blockedLine,
    ),
    done: list(
      modules.filter(({ status }) => status === 'complete'),
      doneLine,
    ),
    table: moduleTable(modules),
    stateLink: codeLink(
      view.stateFile,
      blobUrl(view.repositoryUrl, view.stateBranch, view.stateFile),
    ),
  };
}

export function isDashboard(body: string): boolean {
  return parseMarker(body, 'dashboard') !== null;
}

function stateSentence({ repositoryUrl, stateBranch, stateFile }: DashboardView): string {
  return `The whole is in ${codeLink(stateFile, blobUrl(repositoryUrl, stateBranch, stateFile))}.`;
}

function progress(modules: readonly DashboardModule[]): string {
  const done = modules.filter(({ status }) => status === 'complete').length;
  const share = modules.length === 0 ? 0 : done / modules.length;
  const cells = Math.floor(share * BAR_CELLS);
  const bar = `${'█'.repeat(cells)}${'░'.repeat(BAR_CELLS - cells)}`;
  return `**${String(done)} of ${count(modules.length, 'module')} complete** \`${bar}\` ${String(Math.floor(share * 100))} %`;
}

function isReady(module: DashboardModule): boolean {
  return module.ready && !module.requested;
}

function isRunning({ status }: DashboardModule): boolean {
  return status === 'in-progress' || status === 'review';
}

function list(
  modules: readonly DashboardModule[],
  line: (module: DashboardModule) => string,
): string {
  if (modules.length === 0) return 'None.';
  const shown = modules.slice(0, LISTED).map((module) => `${line(module)}${note(module)}`);
  const more = modules.length - shown.length;
  return bulletList(more === 0 ? shown : [...shown, `and ${String(more)} more, in the table`]);
}

function title({ id, name }: DashboardModule): string {
  return `**${escapeInline(name)}** (${codeSpan(id)})`;
}

function note({ note: text }: DashboardModule): string {
  return text === null ? '' : `. Note: ${escapeInline(text)}`;
}

function readyLine(module: DashboardModule): string {
  return `${title(module)}: label an issue \`session:${module.id}\` or comment \`/session start ${module.id}\``;
}

function runningLine(module: DashboardModule): string {
  const where = module.pullRequest === null ? 'being set up' : `#${String(module.pullRequest)}`;
  return `${title(module)}: ${where}, ${attemptText(module)}, ${module.status === 'review' ? 'verified, waits for review and merge' : 'the coder is at work'}`;
}

function waitingLine(module: DashboardModule, paused: boolean): string {
  return `${title(module)}: ${waitsFor(module, paused)}`;
}

function waitsFor(module: DashboardModule, paused: boolean): string {
  if (module.unmet.length > 0) return unmetText(module);
  if (module.queuePlace === null) return 'waits for its gates to be checked';
  if (paused) return 'waits until sessions start again';
  return `waits for a free session, place ${String(module.queuePlace)}`;
}

function unaskedLine(module: DashboardModule): string {
  return module.unmet.length === 0 ? title(module) : `${title(module)}: ${unmetText(module)}`;
}

function unmetText({ unmet }: DashboardModule): string {
  const reasons = unmet.map((gate) => `${escapeInline(gate.title)} (${escapeInline(gate.reason)})`);
  return `not passed: ${reasons.join('; ')}`;
}

function blockedLine(module: DashboardModule): string {
  const whom =
    module.target === null ? '' : ` waits for ${escapeInline(targetTitle(module.target))}`;
  const where =
    module.escalation === null
      ? ', its escalation is being opened'
      : `, to be answered in #${String(module.escalation)}`;
  return `${title(module)}:${whom}${where}`;
}

function doneLine(module: DashboardModule): string {
  return module.pullRequest === null
    ? `${title(module)}: adopted`
    : `${title(module)}: #${String(module.pullRequest)}`;
}

function attemptText({ attempt, maxAttempts }: DashboardModule): string {
  return `attempt ${String(attempt)} of ${String(maxAttempts)}`;
}

function moduleTable(modules: readonly DashboardModule[]): string {
  const rows = modules.map((module) => [
    `${escapeCell(module.name)} (${codeSpan(module.id)})`,
    `${STATUS_SIGNS[module.status]} ${module.status}`,
    module.attempt === 0 ? '—' : `${String(module.attempt)} of ${String(module.maxAttempts)}`,
    module.pullRequest === null ? '—' : `#${String(module.pullRequest)}`,
    waitingCell(module),
  ]);
  return table(['Module', 'Status', 'Attempt', 'PR', 'Waiting for'], rows);
}

function waitingCell(module: DashboardModule): string {
  if (module.status === 'blocked') {
    return module.escalation === null ? 'escalation' : `#${String(module.escalation)}`;
  }
  if (module.status === 'review') return 'review and merge';
  if (module.status === 'in-progress') return 'the coder';
  if (module.status === 'complete') return '—';
  if (module.unmet.length > 0) return module.unmet.map(({ gate }) => codeSpan(gate)).join(', ');
  if (module.queuePlace !== null) return `place ${String(module.queuePlace)} in the queue`;
  if (module.requested) return 'its gates';
  return module.ready ? 'a request' : '—';
}
