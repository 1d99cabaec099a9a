/** The template's shared types gate. */
export const DEFAULT_GATES = [
  {
    id: 'shared-types',
    name: 'Shared types compile',
    run: 'npx tsc --noEmit src/types/index.ts',
  },
];

/** The template's verification protocol. */
export const DEFAULT_VERIFICATION = [
  { id: 'typecheck', name: 'Type check', run: 'npx tsc --noEmit', failure: 'type-error' },
  { id: 'lint', name: 'Lint', run: 'npm run lint', failure: 'lint-error' },
  {
    id: 'test',
    name: 'Module-specific tests',
    run: 'npm test -- --grep "{{module.className}}"',
    failure: 'test-failure',
  },
];

const MODULE_FOLDER = 'src/modules/[module-name]';

/** The template's "Files to Create" tree. */
export const DEFAULT_DELIVERABLES = [
  { path: `${MODULE_FOLDER}/index.ts`, comment: 'Public exports' },
  { path: `${MODULE_FOLDER}/[ModuleName].ts`, comment: 'Main class' },
  { path: `${MODULE_FOLDER}/interfaces.ts`, comment: 'Module interfaces' },
  { path: `${MODULE_FOLDER}/types.ts`, comment: 'Module-specific types (if any)', optional: true },
  { path: `${MODULE_FOLDER}/constants.ts`, comment: 'Constants' },
  { path: `${MODULE_FOLDER}/helpers.ts`, comment: 'Pure helper functions' },
  { path: `${MODULE_FOLDER}/__tests__/[ModuleName].test.ts` },
];

/** The template's "Code Style Reminders". */
export const DEFAULT_CODE_STYLE = [
  'Explicit return types on all functions',
  'Maximum function length: 50 lines',
  'Maximum file length: 300 lines',
  'Use `_` prefix for private methods',
  'Use `I` prefix for interfaces',
  'Use Result pattern for error handling',
  'JSDoc on all public methods',
];

export const DEFAULT_PATHS = {
  prompts: 'spec-pack/artifact-7-implementation-prompts.md',
  types: 'spec-pack/artifact-2-shared-types.ts',
  handoffs: 'spec-pack/context-handoff',
  documents: 'orchestration-docs',
  state: 'implementation-state.json',
  planningAgent: 'planning-agent.md',
  codingAgent: 'coding-agent.md',
};

/** The targets of the template's failure table; a config may add to them but not take one away. */
export const BUILT_IN_TARGETS = ['planning-agent', 'phase-1-review'] as const;

/** Where an escalation goes whose failure names no target. */
export const DEFAULT_TARGET = 'planning-agent';
