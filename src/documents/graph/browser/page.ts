import type { PageModule } from '../page.ts';
import { showDetails } from './details.ts';
import { switchTheme } from './theme.ts';
import { Viewport } from './viewport.ts';

const data: unknown = JSON.parse(find('#data', HTMLScriptElement).text);
const modules = new Map((data as readonly PageModule[]).map((module) => [module.id, module]));
const svg = find('#graph', SVGSVGElement);
const panel = find('#details', HTMLElement);
const told = find('#told', HTMLElement);
const search = find('#search', HTMLInputElement);
const filter = find('#filter', HTMLFieldSetElement);
const nodes = new Map(
  [...svg.querySelectorAll<SVGGElement>('.node')].map((node) => [node.dataset['id'] ?? '', node]),
);
const edges = [...svg.querySelectorAll<SVGPathElement>('.edge')];
const viewport = new Viewport(svg);

for (const [id, node] of nodes) {
  node.addEventListener('click', () => open(id));
  node.addEventListener('keydown', (event) => pressOn(id, event));
}
search.addEventListener('input', show);
filter.addEventListener('change', show);
search.addEventListener('keydown', (event) => {
  const first = event.key === 'Enter' ? shown()[0] : undefined;
  if (first !== undefined) goTo(first);
});
document.addEventListener('keydown', press);
find('#zoom-in', HTMLElement).addEventListener('click', () => viewport.zoom(1));
find('#zoom-out', HTMLElement).addEventListener('click', () => viewport.zoom(-1));
find('#fit', HTMLElement).addEventListener('click', () => viewport.fit());
switchTheme(find('#theme', HTMLElement));

function find<T extends Element>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page lacks ${selector}.`);
  return found;
}

/** The modules that search and filter leave, in the page's order. */
function shown(): readonly string[] {
  const words = search.value.trim().toLowerCase();
  const statuses = new Set(
    [...filter.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value),
  );
  return [...modules.values()]
    .filter(({ status }) => statuses.has(status))
    .filter(({ id, name }) => `${id}\n${name.toLowerCase()}`.includes(words))
    .map(({ id }) => id);
}

function show(): void {
  const left = new Set(shown());
  for (const [id, node] of nodes) {
    const out = !left.has(id);
    node.classList.toggle('faded', out);
    node.setAttribute('tabindex', out ? '-1' : '0');
    node.setAttribute('aria-hidden', String(out));
  }
  for (const edge of edges) {
    const { from = '', to = '' } = edge.dataset;
    edge.classList.toggle('faded', !left.has(from) || !left.has(to));
  }
  told.textContent =
    left.size === modules.size ? '' : `${String(left.size)} of ${String(modules.size)} modules`;
}

function open(id: string): void {
  const module = modules.get(id);
  if (module === undefined) return;
  const near = new Set([id, ...module.dependsOn, ...dependentsOf(id)]);
  for (const [other, node] of nodes) node.classList.toggle('near', near.has(other));
  showDetails(panel, module, { dependents: dependentsOf(id), close: () => close(id) });
}

function close(id: string): void {
  panel.hidden = true;
  for (const node of nodes.values()) node.classList.remove('near');
  nodes.get(id)?.focus();
}

function dependentsOf(id: string): readonly string[] {
  return [...modules.values()]
    .filter(({ dependsOn }) => dependsOn.includes(id))
    .map((module) => module.id);
}

/** Left and right go along the dependencies, up and down through the modules as they are listed. */
function pressOn(id: string, event: KeyboardEvent): void {
  const ids = shown();
  const at = ids.indexOf(id);
  const targets: Readonly<Record<string, string | undefined>> = {
    ArrowLeft: modules.get(id)?.dependsOn[0],
    ArrowRight: dependentsOf(id)[0],
    ArrowUp: ids[at - 1],
    ArrowDown: ids[at + 1],
  };
  const target = targets[event.key];
  if (target !== undefined) goTo(target);
  else if (event.key === 'Enter' || event.key === ' ') open(id);
  else return;
  event.preventDefault();
}

function goTo(id: string): void {
  const node = nodes.get(id);
  const place = node?.transform.baseVal.consolidate()?.matrix;
  if (node === undefined || place === undefined) return;
  viewport.centre(place.e, place.f);
  node.focus({ preventScroll: true });
}

function press(event: KeyboardEvent): void {
  if (event.key === 'Escape' && !panel.hidden) {
    panel.querySelector('button')?.click();
    return;
  }
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
  const actions: Readonly<Record<string, (() => void) | undefined>> = {
    '/': () => search.focus(),
    '+': () => viewport.zoom(1),
    '-': () => viewport.zoom(-1),
    '0': () => viewport.fit(),
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
