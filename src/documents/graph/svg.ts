import { shorten } from '../markdown.ts';
import { STATUSES, type Status } from '../../domain/implementation-state.ts';
import { progressOf } from '../progress.ts';
import { addressOf, progressWords, type GraphPageModule, type GraphView } from './graph-view.ts';
import {
  layoutGraph,
  NODE_HEIGHT,
  NODE_WIDTH,
  type GraphLayout,
  type PlacedEdge,
  type PlacedNode,
} from './layout.ts';
import { escapeXml } from './xml.ts';

/** As much of a name as a box of this width holds at 13 pixels; the whole is its title. */
const NAME_LIMIT = 26;

/** Shapes beside colours, so that a status can be told without seeing colours. */
export const STATUS_MARKS: Readonly<Record<Status, string>> = {
  pending: '○',
  'in-progress': '◐',
  review: '◕',
  complete: '●',
  blocked: '✕',
};

/** Fill, line and text of each status by day and by night; each text stands out by 4.5 to 1 at least. */
const COLOURS: Readonly<Record<Status, { readonly day: string; readonly night: string }>> = {
  pending: { day: '#f6f8fa;#57606a;#24292f', night: '#21262d;#8b949e;#e6edf3' },
  'in-progress': { day: '#ddf4ff;#0969da;#0a3069', night: '#0c2d6b;#58a6ff;#cae8ff' },
  review: { day: '#fbefff;#8250df;#3e1f79', night: '#3c1e70;#bc8cff;#eddeff' },
  complete: { day: '#dafbe1;#1a7f37;#033a16', night: '#033a16;#3fb950;#aff5b4' },
  blocked: { day: '#ffebe9;#cf222e;#82071e', night: '#67060c;#ff7b72;#ffdcd7' },
};

/** The variables of each status's colours, for a style sheet. */
export function statusColours(time: 'day' | 'night'): string {
  return STATUSES.map((status) => {
    const [fill = '', line = '', text = ''] = COLOURS[status][time].split(';');
    return `--${status}-fill:${fill};--${status}-line:${line};--${status}-text:${text};`;
  }).join('');
}

/** How the parts of the picture look, alone and in the page. */
export const GRAPH_STYLE = [
  '.edge{fill:none;stroke:var(--edge);stroke-width:1.5}',
  '.edge.critical{stroke:var(--critical);stroke-width:3}',
  '.arrow{fill:var(--edge)}.critical.arrow{fill:var(--critical)}',
  '.node rect{rx:8px;stroke-width:1.5}',
  '.node.critical rect{stroke-width:3}',
  '.node text{font:600 13px system-ui,sans-serif}',
  '.node .what{font-weight:400;font-size:11px}',
  ...STATUSES.map(
    (status) =>
      `.${status} rect{fill:var(--${status}-fill);stroke:var(--${status}-line)}.${status} text{fill:var(--${status}-text)}`,
  ),
].join('');

const DAY = `--edge:#8c959f;--critical:#bc4c00;${statusColours('day')}`;
const NIGHT = `--edge:#6e7681;--critical:#f0883e;${statusColours('night')}`;

/** The graph as a picture of its own: an SVG document that follows the reader's light or dark scheme. */
export function renderGraphSvg(view: GraphView): string {
  const layout = layoutGraph(view.modules);
  const size = `width="${String(layout.width)}" height="${String(layout.height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${viewBoxOf(layout)}" role="img" aria-labelledby="graph-title graph-description">
<title id="graph-title">${escapeXml(view.title)}</title>
<desc id="graph-description">${escapeXml(progressWords(progressOf(view.modules)))}</desc>
<style>:root{${DAY}}@media (prefers-color-scheme:dark){:root{${NIGHT}}}${GRAPH_STYLE}</style>
${renderGraphBody(view, layout, linkedNode)}
</svg>
`;
}

export function viewBoxOf({ width, height }: GraphLayout): string {
  return `0 0 ${String(width)} ${String(height)}`;
}

/** How a module's box is put into what it is for: a link, or something to press. */
export type NodeFrame = (
  view: GraphView,
  module: GraphPageModule,
  box: { readonly place: string; readonly className: string; readonly inner: string },
) => string;

/** Lines below, boxes above. */
export function renderGraphBody(view: GraphView, layout: GraphLayout, frame: NodeFrame): string {
  const critical = new Set(view.criticalPath);
  const places = new Map(layout.nodes.map((node) => [node.id, node]));
  const boxes = view.modules.map((module) => {
    const place = places.get(module.id);
    return place === undefined
      ? ''
      : frame(view, module, boxOf(module, place, critical.has(module.id)));
  });
  return [
    `<defs>${marker('arrow', 'arrow')}${marker('critical-arrow', 'critical arrow')}</defs>`,
    `<g>${layout.edges.map((edge) => edgeOf(edge, isCritical(edge, view.criticalPath))).join('')}</g>`,
    `<g>${boxes.join('\n')}</g>`,
  ].join('\n');
}

/** One for each colour: a marker cannot take its line's in every browser. */
function marker(id: string, className: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="${className}" d="M0 0 8 4 0 8z"/></marker>`;
}

function isCritical({ from, to }: PlacedEdge, path: readonly string[]): boolean {
  const at = path.indexOf(from);
  return at !== -1 && path[at + 1] === to;
}

function boxOf(module: GraphPageModule, { x, y }: PlacedNode, critical: boolean) {
  const { name, status } = module;
  const what = `${STATUS_MARKS[status]} ${status}${attemptOf(module)}`;
  const shown = escapeXml(shorten(name, NAME_LIMIT));
  const rect = `<rect width="${String(NODE_WIDTH)}" height="${String(NODE_HEIGHT)}"/>`;
  return {
    place: `translate(${String(x)} ${String(y)})`,
    className: `node ${status}${critical ? ' critical' : ''}`,
    inner: `<title>${escapeXml(name)}: ${status}</title>${rect}<text x="14" y="24">${shown}</text><text class="what" x="14" y="43">${what}</text>`,
  };
}

function attemptOf({ attempt, maxAttempts }: GraphPageModule): string {
  return attempt === 0 ? '' : `, attempt ${String(attempt)} of ${String(maxAttempts)}`;
}

function edgeOf({ from, to, points }: PlacedEdge, critical: boolean): string {
  const className = critical ? 'edge critical' : 'edge';
  const data = `data-from="${escapeXml(from)}" data-to="${escapeXml(to)}"`;
  const arrow = critical ? 'critical-arrow' : 'arrow';
  return `<path class="${className}" ${data} marker-end="url(#${arrow})" d="${pathOf(points)}"/>`;
}

/** A smooth line through the points' middles, as dagre means them. */
function pathOf(points: PlacedEdge['points']): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    const end = next === last ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${pair(point)} ${pair(end)}`;
  });
  return [`M${pair(first)}`, ...(bends.length === 0 ? [`L${pair(last)}`] : bends)].join(' ');
}

function pair({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

const linkedNode: NodeFrame = (view, module, { place, className, inner }) => {
  const box = `<g class="${className}" transform="${place}">${inner}</g>`;
  const address = addressOf(view, module);
  return address === null ? box : `<a href="${escapeXml(address)}">${box}</a>`;
};
