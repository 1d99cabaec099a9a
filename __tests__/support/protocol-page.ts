import { allForms, parseComment, roleFor } from '../../src/decide/commands.ts';
import { endOf } from '../../src/decide/move.ts';
import { EDGES, type Cause, type EdgeId, type Who } from '../../src/decide/transitions.ts';
import { renderCommandHelp } from '../../src/documents/command-help.ts';
import { STATUSES, type Status } from '../../src/domain/implementation-state.ts';
import { replaceParts } from './generated-parts.ts';

const EDGE_IDS = Object.keys(EDGES) as readonly EdgeId[];

/** The page with each of its generated parts, between `<!-- name -->` and `<!-- /name -->`, made anew. */
export function renderProtocolPage(page: string): string {
  const parts = { diagram: renderDiagram(), edges: renderEdges(), commands: renderCommands() };
  return replaceParts(page, parts);
}

/** https://mermaid.js.org/syntax/stateDiagram.html: a state's id holds no hyphen. */
function renderDiagram(): string {
  const named = STATUSES.filter((status) => status.includes('-')).map(
    (status) => `  state "${status}" as ${stateId(status)}`,
  );
  const arrows = STATUSES.flatMap((from) =>
    STATUSES.flatMap((to) => {
      const edges = EDGE_IDS.filter((edge) => endOf(edge, from) === to);
      return edges.length === 0
        ? []
        : [`  ${stateId(from)} --> ${stateId(to)} : ${edges.join(', ')}`];
    }),
  );
  const lines = ['stateDiagram-v2', ...named, '  [*] --> pending', ...arrows];
  return ['```mermaid', ...lines, '```'].join('\n');
}

function stateId(status: Status): string {
  return status.replaceAll('-', '_');
}

const WHO: Readonly<Record<Who, string>> = {
  triage: 'role `triage`',
  write: 'role `write`',
  admin: 'role `admin`',
  github: 'whom GitHub lets',
  engine: 'follows by itself',
};

const CAUSES: Readonly<Record<Cause, string>> = {
  label: 'label',
  comment: 'comment',
  push: 'push to the base',
  'pull-request': 'pull request event',
  issue: 'issue closed or reopened',
  dispatch: 'dispatch',
  schedule: 'sweep',
  any: 'any run',
  'lost-label': 'label found by the sweep',
  'lost-comment': 'comment found by the sweep',
};

function renderEdges(): string {
  const rows = EDGE_IDS.map((id) => {
    const { from, to, when, by, records } = EDGES[id];
    const causes = Object.entries(by) as readonly (readonly [Cause, Who])[];
    const kinds = [...new Set(causes.map(([, who]) => who))].map((who) => {
      const named = causes.filter(([, one]) => one === who).map(([cause]) => CAUSES[cause]);
      return `${WHO[who]}: ${named.join(', ')}`;
    });
    const end = to === 'same' ? '' : ` → ${to}`;
    const recorded = [...records.entry, ...records.session].map((key) => `\`${key}\``);
    return `| \`${id}\` | ${from.join(', ')}${end} | ${when} | ${kinds.join('; ')} | ${recorded.join(', ')} |`;
  });
  return [
    '| Edge | From → to | When | Who, by what wakes the run | Recorded beside the status |',
    '| :--- | :--- | :--- | :--- | :--- |',
    ...rows,
  ].join('\n');
}

function renderCommands(): string {
  return allForms(null)
    .map((form) => {
      const name = parseComment(form).commands[0]?.name ?? 'help';
      const role = roleFor(name);
      return `${renderCommandHelp([form])} (${role === 'none' ? 'anybody' : `role \`${role}\``})`;
    })
    .join('\n');
}
