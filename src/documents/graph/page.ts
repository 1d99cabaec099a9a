import { STATUSES } from '../../domain/implementation-state.ts';
import { issueUrl } from '../links.ts';
import { outcomeWords } from '../wording.ts';
import { script, scriptHash } from './browser/page.ts?script';
import { progressOf } from '../progress.ts';
import { addressOf, progressWords, type GraphPageModule, type GraphView } from './graph-view.ts';
import { layoutGraph } from './layout.ts';
import { PAGE_STYLE } from './page-style.ts';
import { renderGraphBody, STATUS_MARKS, viewBoxOf, type NodeFrame } from './svg.ts';
import { escapeXml } from './xml.ts';

/** The modules as one HTML file that needs nothing else: the graph to look through, and the same as a table. */
export function renderGraphPage(view: GraphView): string {
  const layout = layoutGraph(view.modules);
  const made = progressOf(view.modules);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'">
<title>${escapeXml(view.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeXml(view.title)}</h1>
<div><progress max="${String(view.modules.length)}" value="${String(made.done)}" aria-label="Progress"></progress> ${escapeXml(progressWords(made))}</div>
<input id="search" type="search" placeholder="Search ( / )" aria-label="Search modules" aria-keyshortcuts="/">
<fieldset id="filter"><legend>Show by status</legend>${STATUSES.map((status) => filterBox(view, status)).join('')}</fieldset>
${view.criticalPath.length === 0 ? '' : '<span class="legend">critical path</span>'}
<div class="buttons">
<button id="zoom-out" aria-label="Zoom out">−</button>
<button id="zoom-in" aria-label="Zoom in">+</button>
<button id="fit">Fit</button>
<button id="theme">Dark</button>
</div>
</header>
<main>
<svg id="graph" viewBox="${viewBoxOf(layout)}" role="group" aria-label="Dependency graph: a module's box can be pressed; the arrow keys go along its dependencies">
${renderGraphBody(view, layout, pressedNode)}
</svg>
<aside id="details" aria-label="Module" tabindex="-1" hidden></aside>
<p role="status" id="told"></p>
</main>
<details>
<summary>All modules as a table</summary>
${tableOf(view)}
</details>
<script type="application/json" id="data">${dataOf(view)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function filterBox({ modules }: GraphView, status: (typeof STATUSES)[number]): string {
  const count = modules.filter((module) => module.status === status).length;
  return `<label><input type="checkbox" value="${status}" checked>${STATUS_MARKS[status]} ${status} (${String(count)})</label>`;
}

const pressedNode: NodeFrame = (_, module, { place, className, inner }) =>
  `<g class="${className}" transform="${place}" data-id="${escapeXml(module.id)}" tabindex="0" role="button" aria-label="${escapeXml(`${module.name}, ${module.status}`)}">${inner}</g>`;

function tableOf(view: GraphView): string {
  const rows = view.modules.map((module) => {
    const address = addressOf(view, module);
    const name = escapeXml(module.name);
    return [
      address === null ? name : `<a href="${escapeXml(address)}">${name}</a>`,
      `${STATUS_MARKS[module.status]} ${module.status}`,
      module.attempt === 0 ? '—' : `${String(module.attempt)} of ${String(module.maxAttempts)}`,
      escapeXml(module.dependsOn.join(', ') || '—'),
      escapeXml(module.waitsFor ?? '—'),
    ];
  });
  const head = ['Module', 'Status', 'Attempt', 'Rests on', 'Waiting for'];
  return `<table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead><tbody>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>`;
}

/** What the page's script knows of a module; it puts all of it in as text, never as HTML. */
export interface PageModule extends Omit<GraphPageModule, 'history'> {
  readonly address: string | null;
  readonly history: readonly { readonly what: string; readonly said: readonly PageLine[] }[];
}

export interface PageLine {
  readonly text: string;
  /** Null where there is nothing to follow. */
  readonly address: string | null;
}

/** No `<` is left, so that nothing in it can end the element. */
function dataOf(view: GraphView): string {
  const modules = view.modules.map((module): PageModule => ({
    ...module,
    address: addressOf(view, module),
    history: module.history.map((attempt) => ({
      what: `Attempt ${String(attempt.attempt)}: ${outcomeWords(attempt.outcome)}${attempt.failureType === null ? '' : `, ${attempt.failureType}`}`,
      said: saidOf(attempt, view),
    })),
  }));
  return JSON.stringify(modules).replaceAll('<', '\\u003c');
}

function saidOf(
  attempt: GraphPageModule['history'][number],
  { repositoryUrl }: GraphView,
): readonly PageLine[] {
  const { startedAt, endedAt, issue, resolution, pullRequest, escalation } = attempt;
  const plain = (text: string): PageLine => ({ text, address: null });
  const thread = (what: string, number: number): PageLine => ({
    text: `${what} #${String(number)}`,
    address: repositoryUrl === null ? null : issueUrl(repositoryUrl, number),
  });
  return [
    plain(timeBetween(startedAt, endedAt)),
    ...(pullRequest === null ? [] : [thread('Pull request', pullRequest)]),
    ...(escalation === null ? [] : [thread('Escalation', escalation)]),
    ...(issue === null ? [] : [plain(`Issue: ${issue}`)]),
    ...(resolution === null ? [] : [plain(`Resolution: ${resolution}`)]),
  ];
}

/** To the minute, in UTC, the day once where it is the same: `2026-01-10 08:00 to 09:00 UTC`. */
function timeBetween(startedAt: string | null, endedAt: string): string {
  const end = minuteOf(endedAt);
  if (startedAt === null) return `Ended ${end.day} ${end.time} UTC`;
  const start = minuteOf(startedAt);
  const until = start.day === end.day ? end.time : `${end.day} ${end.time}`;
  return `${start.day} ${start.time} to ${until} UTC`;
}

function minuteOf(at: string): { readonly day: string; readonly time: string } {
  return { day: at.slice(0, 10), time: at.slice(11, 16) };
}
