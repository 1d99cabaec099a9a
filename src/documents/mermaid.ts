import type { Status } from '../domain/implementation-state.ts';
import { fence, reveal, shorten } from './markdown.ts';

/** A module as the graph shows it. */
export interface GraphModule {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly dependsOn: readonly string[];
  /** Where to look, an address of ours without anything to escape; absent where there is nothing. */
  readonly address?: string;
}

/** Mermaid on GitHub draws no more edges than this (https://mermaid.js.org/config/schema-docs/config.html#maxedges). */
const EDGE_LIMIT = 500;

/** Keeps a graph of long names well under Mermaid's 50,000 characters and the body's limit. */
const NODE_LIMIT = 250;

const NAME_LIMIT = 60;

const COLOURS: Readonly<Record<Status, string>> = {
  pending: 'fill:#eaeef2,stroke:#57606a,color:#24292f',
  'in-progress': 'fill:#ddf4ff,stroke:#0969da,color:#0a3069',
  review: 'fill:#fbefff,stroke:#8250df,color:#3e1f79',
  complete: 'fill:#dafbe1,stroke:#1a7f37,color:#033a16',
  blocked: 'fill:#ffebe9,stroke:#cf222e,color:#82071e',
};

/** Whether GitHub draws them all. */
export function canBeDrawn(modules: readonly GraphModule[]): boolean {
  return modules.length <= NODE_LIMIT && edgesOf(modules).length <= EDGE_LIMIT;
}

/** Modules and what they depend on, coloured by status; the frontier alone where all would be too many. */
export function renderGraph(modules: readonly GraphModule[]): string {
  if (modules.length === 0) return 'No modules.';
  if (canBeDrawn(modules)) return draw(modules);
  const frontier = frontierOf(modules);
  const note = `Only the frontier is drawn: ${String(frontier.length)} of ${String(modules.length)} modules, those under way and those they unblock or wait for. The table below has all.`;
  if (frontier.length === 0) return 'Every module is complete; the graph is too large to draw.';
  if (canBeDrawn(frontier)) return `${note}\n\n${draw(frontier)}`;
  return 'The graph is too large to draw, even its frontier. The table below has all modules.';
}

/** What is not complete and either moves or could: nothing it depends on waits itself. */
function frontierOf(modules: readonly GraphModule[]): readonly GraphModule[] {
  const status = new Map(modules.map((module) => [module.id, module.status]));
  const open = (id: string): boolean => (status.get(id) ?? 'complete') !== 'complete';
  return modules.filter((module) => {
    if (module.status === 'complete') return false;
    if (module.status !== 'pending') return true;
    return module.dependsOn.every((id) => !open(id) || status.get(id) !== 'pending');
  });
}

function edgesOf(modules: readonly GraphModule[]): readonly (readonly [string, string])[] {
  const keys = new Map(modules.map(({ id }, index) => [id, `m${String(index)}`]));
  return modules.flatMap((module) =>
    module.dependsOn.flatMap((dependency) => {
      const from = keys.get(dependency);
      const to = keys.get(module.id);
      return from === undefined || to === undefined ? [] : [[from, to] as const];
    }),
  );
}

function draw(modules: readonly GraphModule[]): string {
  return fence(renderMermaid(modules), 'mermaid');
}

/** Mermaid's source for the whole graph, however large, without its fence. */
export function renderMermaid(modules: readonly GraphModule[]): string {
  const used = new Set<string>(modules.map(({ status }) => status));
  const lines = [
    'graph LR',
    ...modules.map(
      ({ id, name, status }, index) =>
        `  m${String(index)}["${escapeLabel(name) || id}"]:::${className(status)}`,
    ),
    ...modules.flatMap(({ address }, index) =>
      address === undefined ? [] : [`  click m${String(index)} href "${address}" _blank`],
    ),
    ...edgesOf(modules).map(([from, to]) => `  ${from} --> ${to}`),
    ...Object.entries(COLOURS)
      .filter(([status]) => used.has(status))
      .map(([status, colours]) => `  classDef ${className(status)} ${colours}`),
  ];
  return lines.join('\n');
}

function className(status: string): string {
  return status.replace('-', '');
}

/**
 * Letters, digits and a few harmless signs as they are, all else as an entity code
 * (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
 */
function escapeLabel(name: string): string {
  const line = reveal(name)
    .replace(/[\uFE0F\u200D]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(line, NAME_LIMIT).replace(
    /[^\p{L}\p{M}\p{N} .,_-]/gu,
    (character) => `#${String(character.codePointAt(0) ?? 0)};`,
  );
}
