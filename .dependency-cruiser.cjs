/** The layers of the house: imports point downward only. */
const LAYERS = 'decide|github|local|documents|verification|failures';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-rests-on-nothing',
      comment: 'The nouns know nobody.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^src/', pathNot: '^src/domain/' },
    },
    {
      name: 'siblings-do-not-meet',
      comment: 'What decides, tells, runs and calls GitHub meets only in the layer above.',
      severity: 'error',
      from: { path: `^src/(${LAYERS})/` },
      to: { path: '^src/', pathNot: '^src/(domain|$1)/' },
    },
    {
      name: 'pure-parts-have-no-io',
      severity: 'error',
      from: { path: '^src/(domain|decide|failures|documents)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'octokit-in-github-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/github/' },
      to: { path: 'node_modules/@octokit/' },
    },
    {
      name: 'spawning-in-verification-and-local-only',
      comment: 'What runs commands, and what asks the git of a checkout.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(verification|local)/' },
      to: { path: 'node_modules/execa/|^(node:)?child_process$' },
    },
    {
      name: 'the-terminal-is-for-the-terminal',
      comment: 'The action never reaches what looks at a checkout, nor the program that does.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|local)/|^src/cli.ts$' },
      to: { path: '^src/(cli|local)/|^src/cli.ts$' },
    },
    {
      name: 'questions-are-loaded-lazily',
      comment: 'Only init asks any.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/clack-asker.ts$' },
      to: {
        path: 'node_modules/@clack/|^src/cli/clack-asker.ts$',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'commands-load-their-work-lazily',
      comment: 'The help of every command is at hand; its work is loaded when it is called.',
      severity: 'error',
      from: { path: '^src/cli/(commands/|commands.ts|main.ts)' },
      to: {
        path: '^src/(act|decide|documents|failures|github|local|verification)/|^src/(judge|repair|run).ts$',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'parser-is-loaded-lazily',
      comment: 'Half a megabyte that only a spec pack needs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/domain/shared-types' },
      to: { path: 'node_modules/@babel/parser/' },
    },
    {
      name: 'template-parser-is-loaded-lazily',
      comment: 'Only a repository with templates of its own needs it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/documents/user-templates/' },
      to: { path: '^src/documents/user-templates/', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'shipped-code-rests-on-shipped-code',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(simulator|examples|__tests__|build)/' },
    },
    {
      name: 'no-development-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
