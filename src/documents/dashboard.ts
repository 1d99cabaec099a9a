import builtIn from '../../templates/dashboard.hbs';
import type { OrphanFacts } from '../domain/answer.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { boardOf } from './board.ts';
import { blobUrl, codeLink, threadUrl } from './links.ts';
import { bulletList, codeSpan, escapeCell, escapeInline, table } from './markdown.ts';
import { parseMarker, renderMarker } from './marker.ts';
import { canBeDrawn, renderGraph, type GraphModule } from './mermaid.ts';
import { orphanWords } from './orphan.ts';
import { progressBar, progressOf } from './progress.ts';
import type { Template } from './template.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count, STATUS_SIGNS, targetTitle } from './wording.ts';

/** Beside the state file, on its branch. */
export const GRAPH_FILE = 'implementation-graph.svg';

export const DASHBOARD_TITLE = 'Sessionwright dashboard';

/** Nothing in it tells the time of a run: the same state gives the same text but for its marker, and no write. */
export interface DashboardView {
  readonly repositoryUrl: string;
  readonly stateBranch: string;
  readonly stateFile: string;
  /** The commit of the state that is shown; null before the first. */
  readonly stateCommit: string | null;
  readonly paused: boolean;
  /** The longest chain of modules still to be done, first to last: ids. */
  readonly criticalPath: readonly string[];
  /** In the config's order. */
  readonly modules: readonly DashboardModule[];
  /** Under way, and not in the config any more. */
  readonly orphans: readonly OrphanFacts[];
}

export interface DashboardModule extends Omit<GraphModule, 'address'> {
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

/** Entries of a list; the table has the rest. */
const LISTED = 50;

/** The dashboard's body. */
export function renderDashboard(view: DashboardView, template: Template = builtIn): string {
  const { stateCommit } = view;
  const marker = renderMarker('dashboard', stateCommit === null ? {} : { state: stateCommit });
  const body = `${marker}\n${template(dashboardFields(view))}`;
  return truncate(body, BODY_LIMIT, `*Cut here: GitHub takes no more. ${stateSentence(view)}*`);
}

/** What its template gets, with nothing for a part that is empty; the marker is not the template's to leave out. */
export function dashboardFields(view: DashboardView) {
  const { modules } = view;
  const { running, waiting, ready, blocked, unasked, done } = boardOf(modules);
  return {
    progress: progress(modules),
    paused: view.paused,
    graph: graph(view),
    criticalPath: criticalPath(view),
    ready: list(ready, readyLine),
    running: rows(['Module', 'Where', 'Attempt', 'Next'], running, runningRow),
    waiting: rows(['Module', 'Why it waits'], waiting, (module) => [waitsFor(module, view.paused)]),
    unasked: list(unasked, unaskedLine),
    blocked: rows(['Module', 'Waits for', 'Question'], blocked, blockedRow),
    done: rows(['Module', 'Pull request'], done, ({ pullRequest }) => [
      pullRequest === null ? 'adopted' : `#${String(pullRequest)}`,
    ]),
    orphans: view.orphans.length === 0 ? '' : orphanList(view.orphans),
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

/**
 * The commit of the state that a dashboard was made from, by which a branch that was rewritten since is noticed; null
 * where it names none.
 */
export function stateCommitOf(body: string): string | null {
  const commit = parseMarker(body, 'dashboard')?.get('state') ?? '';
  return /^[0-9a-f]{40}$/u.test(commit) ? commit : null;
}

/** The dashboard that names a commit, as one that names another; null for none. */
export function withStateCommit(body: string, commit: string | null): string {
  const before = stateCommitOf(body);
  if (before === null) return body;
  return body.replace(` state=${before}`, commit === null ? '' : ` state=${commit}`);
}

/** Whether two dashboards name a commit each, or neither does, and say the same. */
export function saysTheSame(one: string, other: string): boolean {
  const isNamed = (stateCommitOf(one) === null) === (stateCommitOf(other) === null);
  return isNamed && withStateCommit(one, null) === withStateCommit(other, null);
}

function stateSentence({ repositoryUrl, stateBranch, stateFile }: DashboardView): string {
  return `The whole is in ${codeLink(stateFile, blobUrl(repositoryUrl, stateBranch, stateFile))}.`;
}

function progress(modules: readonly DashboardModule[]): string {
  const made = progressOf(modules);
  return `**${String(made.done)} of ${count(made.total, 'module')} complete** \`${progressBar(made)}\` ${String(made.percent)} %`;
}

function list(
  modules: readonly DashboardModule[],
  line: (module: DashboardModule) => string,
): string {
  if (modules.length === 0) return '';
  const shown = modules.slice(0, LISTED).map((module) => `${line(module)}${note(module)}`);
  const more = modules.length - shown.length;
  return bulletList(more === 0 ? shown : [...shown, `and ${String(more)} more, in the table`]);
}

/** A table with a column for each module and those of `cells`; the table of all has what is left out. */
function rows(
  head: readonly string[],
  modules: readonly DashboardModule[],
  cells: (module: DashboardModule) => readonly string[],
): string {
  if (modules.length === 0) return '';
  const shown = modules
    .slice(0, LISTED)
    .map((module) => [`${title(module)}${note(module)}`, ...cells(module)]);
  const more = modules.length - shown.length;
  const whole = table(head, shown);
  return more === 0 ? whole : `${whole}\n\nAnd ${String(more)} more, in the table of all modules.`;
}

function graph(view: DashboardView): string {
  const modules = view.modules.map((module) => {
    const address = threadUrl(view.repositoryUrl, module);
    return { ...module, ...(address === null ? {} : { address }) };
  });
  if (canBeDrawn(modules)) return renderGraph(modules);
  const picture = blobUrl(view.repositoryUrl, view.stateBranch, GRAPH_FILE);
  return `${renderGraph(modules)}\n\nAll of it as a picture: ${codeLink(GRAPH_FILE, picture)}`;
}

function criticalPath({ modules, criticalPath: ids }: DashboardView): string {
  if (ids.length < 2) return '';
  const names = new Map(modules.map(({ id, name }) => [id, name]));
  const shown = ids.slice(0, LISTED).map((id) => escapeInline(names.get(id) ?? id));
  const more = ids.length - shown.length;
  return `**Critical path**, ${count(ids.length, 'module')}: ${shown.join(' → ')}${more === 0 ? '' : ` → ${String(more)} more`}`;
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

function runningRow(module: DashboardModule): readonly string[] {
  return [
    module.pullRequest === null ? 'being set up' : `#${String(module.pullRequest)}`,
    `${String(module.attempt)} of ${String(module.maxAttempts)}`,
    module.status === 'review' ? 'verified: review and merge' : 'the coder is at work',
  ];
}

function waitsFor(module: DashboardModule, paused: boolean): string {
  if (module.unmet.length > 0)
    return reasonsOf(module)
      .map((reason) => `✗ ${reason}`)
      .join('<br>');
  if (module.queuePlace === null) return 'waits for its gates to be checked';
  if (paused) return 'waits until sessions start again';
  return `waits for a free session, place ${String(module.queuePlace)}`;
}

function unaskedLine(module: DashboardModule): string {
  if (module.unmet.length === 0) return title(module);
  return `${title(module)}: not passed: ${reasonsOf(module).join('; ')}`;
}

/** Each gate that is not met, and why. */
function reasonsOf({ unmet }: DashboardModule): readonly string[] {
  return unmet.map((gate) => `${escapeInline(gate.title)} (${escapeInline(gate.reason)})`);
}

function blockedRow({ target, escalation }: DashboardModule): readonly string[] {
  return [
    target === null ? '—' : targetTitle(target),
    escalation === null ? 'being opened' : `#${String(escalation)}`,
  ];
}

function orphanList(orphans: readonly OrphanFacts[]): string {
  const shown = orphans.slice(0, LISTED).map((facts) => {
    const at = facts.status === 'blocked' ? facts.escalation : facts.pullRequest;
    const where = at === null || facts.status === 'pending' ? '' : ` in #${String(at)}`;
    const status = facts.status === 'pending' ? 'requested' : facts.status;
    const { what, next } = orphanWords(facts);
    return `**${codeSpan(facts.module)}** (${status}${where}): ${what} Next: ${next}`;
  });
  const more = orphans.length - shown.length;
  return bulletList(more === 0 ? shown : [...shown, `and ${String(more)} more`]);
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
