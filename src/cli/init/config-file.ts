import type { Project } from './project.ts';
import type { NewModule } from './new-modules.ts';

const HOME = 'https://raw.githubusercontent.com/sessionwright/sessionwright/v0';
const DOCS = 'https://github.com/sessionwright/sessionwright/blob/v0/docs/configuration.md';

interface Command {
  readonly id: string;
  readonly name: string;
  readonly run: string;
  readonly failure: string;
}

/** How each test runner is told to run one module's tests. */
const TEST_COMMANDS: Readonly<Record<Exclude<Project['test'], null>, string>> = {
  mocha: 'npm test -- --grep "{{module.className}}"',
  jest: 'npm test -- -t "{{module.className}}"',
  vitest: 'npm test -- --run -t "{{module.className}}"',
  script: 'npm test',
};

/**
 * The config of a new user: what it leaves out has a default, and editors complete it by its first line. `base` is null
 * where it is the default branch.
 */
export function renderConfig(
  modules: readonly NewModule[],
  project: Project,
  { ownTypes, base }: { readonly ownTypes: boolean; readonly base: string | null },
): string {
  return [
    `# yaml-language-server: $schema=${HOME}/schemas/config.schema.json`,
    `# Every key, its default and its limits: ${DOCS}`,
    'version: 1',
    ...(base === null ? [] : baseLines(base)),
    '',
    ...gateLines(project),
    '',
    "# What a session's head must pass. The attempt's document shows these commands to the coder.",
    'verification:',
    ...verificationOf(project).flatMap(commandLines),
    '',
    ...deliverableLines(project),
    '# Beside these: `depends-on`, the modules that must be complete before, and `types`, the shared types it uses.',
    'modules:',
    ...modules.flatMap((module) => moduleLines(module, ownTypes)),
    '',
  ].join('\n');
}

function baseLines(base: string): readonly string[] {
  return [
    '# Sessions start from this branch. This file has to be on it, and on the default branch, where it is looked for first.',
    `base: ${JSON.stringify(base)}`,
  ];
}

/** A gate that the repository cannot pass would hold every session back. */
function gateLines({ typescript }: Project): readonly string[] {
  const what = '# Run once on each commit of the base; a session starts only where they pass.';
  if (!typescript) return [what, 'gates: []'];
  return [
    what,
    'gates:',
    '  - id: base-compiles',
    '    name: The base compiles',
    '    run: npx tsc --noEmit -p .',
  ];
}

function verificationOf({ typescript, lint, test, otherTest }: Project): readonly Command[] {
  const commands = [
    typescript && {
      id: 'typecheck',
      name: 'Type check',
      run: 'npx tsc --noEmit -p .',
      failure: 'type-error',
    },
    lint && { id: 'lint', name: 'Lint', run: 'npm run lint', failure: 'lint-error' },
    (test !== null || !(typescript || lint)) && {
      id: 'test',
      name: 'Tests',
      run: otherTest ?? TEST_COMMANDS[test ?? 'script'],
      failure: 'test-failure',
    },
  ];
  return commands.filter((one) => one !== false);
}

function commandLines({ id, name, run, failure }: Command): readonly string[] {
  return [`  - id: ${id}`, `    name: ${name}`, `    run: ${run}`, `    failure: ${failure}`];
}

/** The files that the default names are TypeScript's. */
function deliverableLines({ kind, typescript }: Project): readonly string[] {
  if (kind === 'empty' || typescript) return [];
  return [
    '# Files every module has to create, such as { path: src/[module-name]/index.js }.',
    'deliverables: []',
    '',
  ];
}

/** Of shared types that are there already nothing is known. */
function moduleLines({ id, name, prompt }: NewModule, ownTypes: boolean): readonly string[] {
  return [
    `  ${id}:`,
    // JSON's strings are YAML's, and a name may hold anything.
    `    name: ${JSON.stringify(name)}`,
    `    prompt: ${prompt}`,
    ...(ownTypes ? ['    types: [Result]'] : []),
  ];
}
