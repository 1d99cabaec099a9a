import type { Draft, DraftModule } from './config-draft.ts';
import type { Report } from './config-report.ts';
import { pascalCase } from './config-names.ts';
import { describeCycle } from './module-cycles.ts';
import { createModuleGraph } from './module-graph.ts';
import { suggest } from './nearest.ts';
import { quoteValue } from './problem.ts';

/** What no module tells alone: names that lead nowhere, cycles, two modules of one class name. */
export function checkModules(draft: Draft, report: Report): void {
  for (const [id, module] of draft.modules) {
    checkDependencies(id, module, draft, report);
    checkTypesTwice(id, module, report);
  }
  checkCycles(draft, report);
  checkClassNames(draft, report);
}

function checkDependencies(id: string, module: DraftModule, draft: Draft, report: Report): void {
  const seen = new Set<string>();
  for (const [index, dependency] of module.dependsOn.entries()) {
    const path = ['modules', id, 'depends-on', index];
    if (dependency === '') continue;
    if (seen.has(dependency)) {
      report.add(
        path,
        `${quoteValue(id)} depends on ${quoteValue(dependency)} twice.`,
        'Take one of the two out.',
      );
    } else if (dependency === id) {
      report.add(path, `${quoteValue(id)} depends on itself.`, 'Take it out of its own list.');
    } else if (!draft.modules.has(dependency)) {
      report.add(
        path,
        `${quoteValue(id)} depends on ${quoteValue(dependency)}, which is no module.`,
        () =>
          suggest(dependency, draft.modules.keys(), 'Add the module, or take it out of the list.'),
      );
    }
    seen.add(dependency);
  }
}

function checkTypesTwice(id: string, { types }: DraftModule, report: Report): void {
  const seen = new Set<string>();
  for (const [index, name] of types.entries()) {
    if (name !== '' && seen.has(name)) {
      const message = `${quoteValue(id)} lists the type ${quoteValue(name)} twice.`;
      report.add(['modules', id, 'types', index], message, 'Take one of the two out.');
    }
    seen.add(name);
  }
}

function checkCycles(draft: Draft, report: Report): void {
  for (const cycle of createModuleGraph(draft.modules).findCycles()) {
    const [first = '', second] = cycle;
    // Told where the dependencies are checked.
    if (first === second) continue;
    const index = draft.modules.get(first)?.dependsOn.indexOf(second ?? '') ?? 0;
    report.add(
      ['modules', first, 'depends-on', index],
      `The dependencies go in a circle: ${describeCycle(cycle)}.`,
      'Take one of these dependencies out.',
    );
  }
}

function checkClassNames(draft: Draft, report: Report): void {
  const owners = new Map<string, string>();
  for (const [id, module] of draft.modules) {
    const className = module.className ?? pascalCase(id);
    if (module.className === null && /^[0-9]/.test(id)) {
      const message = `The class name made of ${quoteValue(id)} would start with a digit.`;
      report.add(['modules', id], message, 'Add a `class-name:` to the module.');
    }
    const owner = owners.get(className);
    if (owner === undefined) {
      owners.set(className, id);
      continue;
    }
    report.add(
      module.className === null ? ['modules', id] : ['modules', id, 'class-name'],
      `${quoteValue(owner)} and ${quoteValue(id)} have the same class name, ${quoteValue(className)}.`,
      'Give one of the two another `class-name:`.',
    );
  }
}
