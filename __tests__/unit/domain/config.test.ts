import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import {
  type Config,
  deliverablesOf,
  fillCommand,
  missingConfigProblem,
  parseConfig,
} from '../../../src/domain/config.ts';
import { formatProblem } from '../../../src/domain/problem.ts';
import { anyText } from '../../support/any-text.ts';

const FILE = '.github/sessionwright.yml';
const MODULES = 'modules:\n  plex-auth: { prompt: 3 }\n';

function parseValid(text: string): Config {
  const parsed = parseConfig(text, FILE);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.value;
}

/** `line: message` of every problem. */
function problemsOf(text: string): readonly string[] {
  const parsed = parseConfig(text, FILE);
  if (parsed.ok) return [];
  for (const problem of parsed.problems) {
    expect(problem.file).toBe(FILE);
    expect(problem.fix).not.toBe('');
  }
  return parsed.problems.map(({ line, message }) => `${line}: ${message}`);
}

function fixesOf(text: string): readonly string[] {
  const parsed = parseConfig(text, FILE);
  return parsed.ok ? [] : parsed.problems.map(({ fix }) => fix);
}

describe('a valid config', () => {
  it('needs no more than a version and modules; the rest are the template’s defaults', () => {
    const config = parseValid(`version: 1\n${MODULES}`);
    expect(config).toMatchObject({
      version: 1,
      base: null,
      attempts: 3,
      parallelSessions: 4,
      maxStartsPerRun: 8,
      autoStart: false,
      paused: false,
      selfFixLimit: 5,
      sessionTimeoutSeconds: 72 * 3600,
      verificationTimeoutSeconds: 5 * 3600,
      retry: 'fresh',
      onUnverifiedMerge: 'escalate',
      gates: [{ id: 'shared-types', run: 'npx tsc --noEmit src/types/index.ts' }],
      handoff: { workflow: null, comment: null, assignees: [] },
      paths: {
        prompts: 'spec-pack/artifact-7-implementation-prompts.md',
        types: 'spec-pack/artifact-2-shared-types.ts',
        handoffs: 'spec-pack/context-handoff',
        documents: 'orchestration-docs',
        state: 'implementation-state.json',
      },
    });
    expect(config.verification.map(({ id, run, failure }) => ({ id, run, failure }))).toEqual([
      { id: 'typecheck', run: 'npx tsc --noEmit', failure: 'type-error' },
      { id: 'lint', run: 'npm run lint', failure: 'lint-error' },
      { id: 'test', run: 'npm test -- --grep "{{module.className}}"', failure: 'test-failure' },
    ]);
    expect(config.deliverables.map(({ path, optional }) => [path, optional])).toEqual([
      ['src/modules/[module-name]/index.ts', false],
      ['src/modules/[module-name]/[ModuleName].ts', false],
      ['src/modules/[module-name]/interfaces.ts', false],
      ['src/modules/[module-name]/types.ts', true],
      ['src/modules/[module-name]/constants.ts', false],
      ['src/modules/[module-name]/helpers.ts', false],
      ['src/modules/[module-name]/__tests__/[ModuleName].test.ts', false],
    ]);
    expect(config.codeStyle).toHaveLength(7);
    expect(Object.keys(config.escalation)).toEqual(['planning-agent', 'phase-1-review']);
    expect(config.modules.get('plex-auth')).toEqual({
      id: 'plex-auth',
      name: 'Plex Auth',
      className: 'PlexAuth',
      dependsOn: [],
      prompt: 3,
      types: [],
      deliverables: null,
    });
  });

  it('reads every key', () => {
    const config = parseValid(`version: 1
base: main
attempts: 5
parallel-sessions: 2
max-starts-per-run: 3
auto-start: true
paused: true
self-fix-limit: 9
session-timeout: 90s
verification-timeout: 2h
retry: continue
on-unverified-merge: accept
gates: []
verification:
  - id: build
    run: make
    failure: broken-build
    env: { CI: true, PORT: 80 }
    shell: bash
    working-directory: packages/core
    timeout: 2h
    needs: [lint]
    parallel: false
    report: out/report.xml
    allow-empty: true
  - { id: lint, name: Linting, run: make lint, failure: lint-error }
failures:
  - { id: broken-build, indicator: It does not build, action: halt, target: ops, matches: ['make: ***'] }
  - { id: flaky-net, indicator: No net, action: retry, exit-codes: [7, 3221225477], commands: [lint] }
deliverables: [{ path: 'lib/[module-name].ts' }]
code-style: [Be kind]
protected-paths: ['*.config.ts']
escalation:
  ops: { labels: [ops], assignees: [octocat] }
handoff: { workflow: coder.yml, comment: '@claude implement {{document}}', assignees: [copilot] }
allowed-bots: ['renovate[bot]']
trusted-authors: [old-bot]
paths: { documents: docs/sessions/ }
modules:
  event-emitter: { name: Event Emitter, class-name: Emitter, prompt: 1 }
  plex-auth: { depends-on: [event-emitter], prompt: 2, types: [PlexToken, Plex.Id], deliverables: [] }
`);
    expect(config).toMatchObject({
      base: 'main',
      attempts: 5,
      parallelSessions: 2,
      maxStartsPerRun: 3,
      autoStart: true,
      paused: true,
      selfFixLimit: 9,
      sessionTimeoutSeconds: 90,
      verificationTimeoutSeconds: 7200,
      retry: 'continue',
      onUnverifiedMerge: 'accept',
      gates: [],
      verification: [
        {
          id: 'build',
          name: 'Build',
          env: { CI: 'true', PORT: '80' },
          shell: 'bash',
          workingDirectory: 'packages/core',
          timeoutSeconds: 7200,
          needs: ['lint'],
          parallel: false,
          report: 'out/report.xml',
          allowEmpty: true,
        },
        { name: 'Linting', shell: null, timeoutSeconds: 600, parallel: true, allowEmpty: false },
      ],
      failures: [
        {
          id: 'broken-build',
          title: 'Broken build',
          target: 'ops',
          exitCodes: [],
          commands: [],
          matches: ['make: ***'],
        },
        {
          id: 'flaky-net',
          action: 'retry',
          target: null,
          exitCodes: [7, 3_221_225_477],
          commands: ['lint'],
          matches: [],
        },
      ],
      deliverables: [{ path: 'lib/[module-name].ts', comment: '', optional: false }],
      protectedPaths: ['*.config.ts'],
      handoff: { workflow: 'coder.yml', assignees: ['copilot'] },
      paths: { documents: 'docs/sessions' },
    });
    expect(config.escalation['ops']).toEqual({ labels: ['ops'], assignees: ['octocat'] });
    expect(config.modules.get('plex-auth')).toMatchObject({
      dependsOn: ['event-emitter'],
      types: ['PlexToken', 'Plex.Id'],
      deliverables: [],
    });
    expect([...config.modules.keys()]).toEqual(['event-emitter', 'plex-auth']);
  });

  it.each([
    ['an anchor and its alias', `x-1: &d { prompt: 1 }\n  x-2: *d`],
    ['a byte order mark, comments and Windows line ends', `a: { prompt: 1 } # one`],
  ])('may hold %s', (_, modules) => {
    const text = `\uFEFF# config\r\nversion: 1\r\nmodules:\r\n  ${modules}\r\n`;
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('a file that is no config', () => {
  it.each([
    ['an empty file', '', 'null: The file is empty.'],
    ['only comments', '# nothing yet\n', 'null: The file is empty.'],
    ['an empty document', '---\n', 'null: The file is empty.'],
    ['a list', '\n- 1\n', '2: The config must be a mapping, but is a list.'],
    ['a word', 'version', '1: The config must be a mapping, but is a single value.'],
    ['two documents', 'a: 1\n---\nb: 1', 'null: The file holds more than one YAML document.'],
    [
      'an open bracket',
      'version: 1\na: [',
      '2: This is not YAML that can be read: unexpected end of the stream within a flow collection.',
    ],
    [
      'an unknown tag',
      'version: 1\na: !js 3',
      '2: This is not YAML that can be read: unknown scalar tag !<!js>.',
    ],
    [
      'a key that is a list',
      '? [a]\n: 1',
      '1: This is not YAML that can be read: a key must be text.',
    ],
    [
      'an alias inside its own value',
      'a: &a\n  - *a',
      '2: An alias stands inside the value it names.',
    ],
    ['more than 256 KiB', `# ${'é'.repeat(132_000)}`, 'null: The file is larger than 256 KiB.'],
  ])('tells of %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('does not write out aliases of aliases', () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const items =
        level === 0
          ? 'x'
          : Array(9)
              .fill(`*a${level - 1}`)
              .join(', ');
      return `a${level}: &a${level} [${items}]`;
    });
    expect(problemsOf(levels.join('\n'))).toEqual([
      'null: The aliases stand for more than 200000 values.',
    ]);
  });

  it('shows the smallest config where there is none, and that one is valid', () => {
    const problem = missingConfigProblem(FILE);
    expect(problem).toMatchObject({ file: FILE, line: null });
    expect(problemsOf(problem.fix.split('\n').slice(1).join('\n'))).toEqual([]);
  });
});

describe('a config of another version', () => {
  it('hides none of its other problems', () => {
    const text = 'version: 2\nattempts: 0\nmodules:\n  a: { prompt: 1, depends-on: [b] }\n';
    expect(problemsOf(text)).toEqual([
      '1: The config is of version 2, which this release does not know.',
      '2: "attempts" must be a whole number from 1 to 100, but is 0.',
      '4: "a" depends on "b", which is no module.',
    ]);
  });
});

it('tells what the id ready stands for once', () => {
  const parsed = parseConfig('version: 1\nmodules:\n  ready: { prompt: 1 }', FILE);
  expect(parsed).toMatchObject({ ok: false, problems: [{ fix: 'Choose another id.' }] });
});

describe('wrong shapes', () => {
  it.each([
    [
      'another version',
      `version: 2\n${MODULES}`,
      '1: The config is of version 2, which this release does not know.',
    ],
    ['a missing version', MODULES, '1: The file lacks the key "version".'],
    ['missing modules', 'version: 1', '1: The file lacks the key "modules".'],
    [
      'an unknown key',
      `version: 1\natempts: 3\n${MODULES}`,
      '2: There is no key "atempts" in the config.',
    ],
    [
      'a number out of range',
      `version: 1\nattempts: 0\n${MODULES}`,
      '2: "attempts" must be a whole number from 1 to 100, but is 0.',
    ],
    [
      'a bad duration',
      `version: 1\nsession-timeout: 3 days\n${MODULES}`,
      '2: "session-timeout" must be a duration of s, m, h or d, such as 90s, 10m or 72h, but is "3 days".',
    ],
    [
      'a key without a value',
      `version: 1\ncode-style:\n${MODULES}`,
      '2: "code-style" must be a list, but has no value.',
    ],
    [
      'a list for a mapping',
      `version: 1\npaths: []\n${MODULES}`,
      '2: "paths" must be a mapping, but is a list.',
    ],
    [
      'no verification at all',
      `version: 1\nverification: []\n${MODULES}`,
      '2: "verification" must be a list of at least 1, but is [].',
    ],
    [
      'a module without a prompt',
      'version: 1\nmodules:\n  a: { name: A }',
      '3: "modules.a" lacks the key "prompt".',
    ],
    [
      'a module that is nothing',
      'version: 1\nmodules:\n  a:',
      '3: "modules.a" must be a mapping, but has no value.',
    ],
    [
      'a reserved id',
      'version: 1\nmodules:\n  ready: { prompt: 1 }',
      '3: The key "ready" must be an id other than ready: the label session:ready asks for every ready module.',
    ],
    [
      'an id of 43 characters',
      `version: 1\nmodules:\n  ${'a'.repeat(43)}: { prompt: 1 }`,
      `3: The key "${'a'.repeat(43)}" must be a kebab-case id of at most 42 characters, such as plex-auth.`,
    ],
    [
      'an id in capitals',
      'version: 1\nmodules:\n  PlexAuth: { prompt: 1 }',
      '3: The key "PlexAuth" must be a kebab-case id of at most 42 characters, such as plex-auth.',
    ],
    [
      'a key that reaches a prototype',
      `version: 1\n__proto__: { a: 1 }\n${MODULES}`,
      '2: The key "__proto__" is reserved.',
    ],
    [
      'a module named constructor',
      'version: 1\nmodules:\n  constructor: { prompt: 1 }',
      '3: The key "constructor" is reserved.',
    ],
    [
      'a path that leads out',
      `version: 1\npaths: { documents: ../out }\n${MODULES}`,
      '2: "paths.documents" must be a path relative to the repository’s root, outside .github/, without `.` and `..`, but is "../out".',
    ],
    [
      'documents among the workflows',
      `version: 1\npaths: { documents: .github/workflows }\n${MODULES}`,
      '2: "paths.documents" must be a path relative to the repository’s root, outside .github/, without `.` and `..`, but is ".github/workflows".',
    ],
  ])('tells of %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    ['atempts', 'Did you mean "attempts"?'],
    ['parallelSessions', 'Did you mean "parallel-sessions"?'],
    ['<<', 'Merge keys are not read: write the keys out.'],
  ])('mends the key %s', (key, fix) => {
    expect(fixesOf(`version: 1\n"${key}": 3\n${MODULES}`)).toEqual([fix]);
  });

  it('tells of a duplicate module with both lines', () => {
    const text =
      'version: 1\nmodules:\n  a: { prompt: 1 }\n  b: { prompt: 2 }\n  a: { prompt: 3 }\n';
    expect(problemsOf(text)).toEqual(['5: The key "a" is there twice, on lines 3 and 5.']);
  });
});

describe('names that lead nowhere', () => {
  const modules = (lines: readonly string[]): string =>
    ['version: 1', 'modules:', ...lines.map((line) => `  ${line}`)].join('\n');
  const commands = (lines: readonly string[]): string =>
    ['version: 1', 'modules: {}', 'verification:', ...lines.map((line) => `  - ${line}`)].join(
      '\n',
    );

  it.each([
    [
      'a dependency that does not exist',
      modules(['plex-auth: { prompt: 1 }', 'b: { prompt: 2, depends-on: [plex-aut] }']),
      '4: "b" depends on "plex-aut", which is no module.',
    ],
    [
      'a module that depends on itself',
      modules(['a: { prompt: 1, depends-on: [a] }']),
      '3: "a" depends on itself.',
    ],
    [
      'a dependency named twice',
      modules(['a: { prompt: 1 }', 'b:', '  prompt: 2', '  depends-on:', '    - a', '    - a']),
      '8: "b" depends on "a" twice.',
    ],
    [
      'a cycle, from its first module',
      modules([
        'x: { prompt: 1, depends-on: [a] }',
        'a: { prompt: 1, depends-on: [b] }',
        'b: { prompt: 2, depends-on: [c] }',
        'c: { prompt: 3, depends-on: [a] }',
      ]),
      '4: The dependencies go in a circle: a → b → c → a.',
    ],
    [
      'two modules of one class name',
      modules(['a-1: { prompt: 1 }', 'a1: { prompt: 2 }']),
      '4: "a-1" and "a1" have the same class name, "A1".',
    ],
    [
      'an id that makes no class name',
      modules(['3d-view: { prompt: 1 }']),
      '3: The class name made of "3d-view" would start with a digit.',
    ],
    [
      'an unknown failure type',
      commands(['{ id: a, run: a, failure: lint-eror }']),
      '4: There is no failure type "lint-eror".',
    ],
    [
      'a command that needs an unknown one',
      commands(['{ id: a, run: a, failure: lint-error, needs: [b] }']),
      '4: There is no command "b" to need.',
    ],
    [
      'a command that needs itself',
      commands(['{ id: a, run: a, failure: lint-error, needs: [a] }']),
      '4: The command "a" needs itself.',
    ],
    [
      'commands that need each other',
      commands([
        '{ id: a, run: a, failure: lint-error, needs: [b] }',
        '{ id: b, run: b, failure: lint-error, needs: [a] }',
      ]),
      '4: Commands need each other in a circle: a → b → a.',
    ],
    [
      'two commands of one id',
      commands([
        '{ id: a, run: a, failure: lint-error }',
        '{ id: a, run: b, failure: lint-error }',
      ]),
      '5: The id "a" is there twice in "verification", on lines 4 and 5.',
    ],
    [
      'a name in a command',
      commands(['{ id: a, run: "echo {{ module.name }}", failure: lint-error }']),
      '4: A module’s name is free text, which a shell must not see.',
    ],
    [
      'an expression of a workflow in a command',
      commands(['{ id: a, run: "echo ${{ github.head_ref }}", failure: lint-error }']),
      '4: There is no field "github.head_ref" to fill in.',
    ],
    [
      'a module’s field in a gate',
      `version: 1\ngates: [{ id: a, run: 'x {{module.id}}' }]\n${MODULES}`,
      '2: A gate runs once for all modules, so no field can be filled in.',
    ],
    [
      'two gates of one id',
      `version: 1\ngates:\n  - { id: a, run: x }\n  - { id: a, run: y }\n${MODULES}`,
      '4: The id "a" is there twice in "gates", on lines 3 and 4.',
    ],
    [
      'a failure type that is built in',
      `version: 1\nfailures: [{ id: type-error, indicator: x, action: halt }]\n${MODULES}`,
      '2: The failure type "type-error" is built in.',
    ],
    [
      'an unknown escalation target',
      `version: 1\nfailures: [{ id: x, indicator: x, action: halt, target: planing-agent }]\n${MODULES}`,
      '2: There is no escalation target "planing-agent".',
    ],
    [
      'a failure of an unknown command',
      `version: 1\nfailures: [{ id: x, indicator: x, action: halt, commands: [tests] }]\n${MODULES}`,
      '2: There is no command "tests" in the verification.',
    ],
    [
      'a failure told by the exit code of success',
      `version: 1\nfailures: [{ id: x, indicator: x, action: halt, exit-codes: [0] }]\n${MODULES}`,
      '2: "failures[0].exit-codes[0]" must be a whole number from 1 to 4294967295, but is 0.',
    ],
    [
      'a failure told by any text at all',
      `version: 1\nfailures: [{ id: x, indicator: x, action: halt, matches: ['* *'] }]\n${MODULES}`,
      '2: "failures[0].matches[0]" must be a text with more in it than `*`, but is "* *".',
    ],
    [
      'a target of what is not escalated',
      `version: 1\nfailures: [{ id: x, indicator: x, action: retry, target: planning-agent }]\n${MODULES}`,
      '2: Only a halt is escalated.',
    ],
    [
      'a deliverable in the spec pack',
      `version: 1\ndeliverables: [{ path: spec-pack/context-handoff/x.md }]\n${MODULES}`,
      '2: "spec-pack/context-handoff/x.md" is among the read-only files of "spec-pack/context-handoff".',
    ],
    [
      'an unknown field in the comment that calls the coder',
      `version: 1\nhandoff: { comment: '@x {{documnt}}' }\n${MODULES}`,
      '2: There is no field "documnt" to fill in.',
    ],
  ])('tells of %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('suggests the nearest id', () => {
    const text = modules(['plex-auth: { prompt: 1 }', 'b: { prompt: 2, depends-on: [plex-aut] }']);
    expect(fixesOf(text)).toEqual(['Did you mean "plex-auth"?']);
  });

  it('suggests the nearest command of a failure, among those that run by default too', () => {
    const text = `version: 1\nfailures: [{ id: x, indicator: x, action: halt, commands: [tests] }]\n${MODULES}`;
    expect(fixesOf(text)).toEqual(['Did you mean "test"?']);
  });

  it('shows problems of every kind in one report, by line', () => {
    const text = `version: 1
atempts: 3
verification:
  - { id: a, run: a, failure: nope }
modules:
  a: { prompt: 1, depends-on: [b] }
  b: { prompt: one, depends-on: [a, c] }
  b: { prompt: 1 }
`;
    expect(problemsOf(text.replace('  b: { prompt: 1 }\n', ''))).toEqual([
      '2: There is no key "atempts" in the config.',
      '4: There is no failure type "nope".',
      '6: The dependencies go in a circle: a → b → a.',
      '7: "modules.b.prompt" must be a whole number from 0 to 999999, but is "one".',
      '7: "b" depends on "c", which is no module.',
    ]);
  });

  it('stops telling after a hundred', () => {
    const many = Array.from(
      { length: 150 },
      (_, index) => `m${index}: { prompt: 1, depends-on: [z] }`,
    );
    const problems = problemsOf(modules(many));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('null: 50 more problems are not shown.');
  });
});

describe('hostile files', () => {
  const words = [
    'version',
    'modules',
    'a',
    '1',
    '&x',
    '*x',
    '!!str',
    '<<',
    '__proto__',
    '? ',
    'depends-on',
  ];
  const signs = [
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '"',
    "'",
    '|',
    '>',
    '#',
    '---',
    '\t',
    '\r',
  ];

  it('end in problems, never in an exception', () => {
    const soup = fc.array(fc.constantFrom(...words, ...signs), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.oneof(
          soup.map((parts) => parts.join('')),
          anyText(),
        ),
        (text) => {
          const parsed = parseConfig(text, FILE);
          expect(parsed.ok || parsed.problems.length > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of any shape end in problems, never in an exception', () => {
    const keys = [
      'modules',
      'verification',
      'gates',
      'failures',
      'handoff',
      'paths',
      'escalation',
      'id',
      'needs',
      'env',
      'a',
    ];
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, 1, -1, 'a', 'type-error', true, '{{module.name}}'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, (node) => {
        const parsed = parseConfig(JSON.stringify(node), FILE);
        expect(parsed.ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('cannot reach the prototype of objects', () => {
    problemsOf(
      'version: 1\n__proto__: { polluted: 1 }\nmodules: { constructor: { prototype: { polluted: 1 } } }',
    );
    expect('polluted' in {}).toBe(false);
  });
});

describe('what a command and a deliverable are filled with', () => {
  const module = { id: 'plex-auth', className: 'PlexAuth', deliverables: null };

  it('is the id and the class name, as often as they stand there', () => {
    const run = 'x {{module.id}} {{ module.className }} {{module.id}}';
    expect(fillCommand(run, module)).toBe('x plex-auth PlexAuth plex-auth');
  });

  it('leaves every other brace as it is', () => {
    expect(fillCommand('{{module.name}} {{x}} {a}', module)).toBe('{{module.name}} {{x}} {a}');
  });

  it('does not read replacement patterns in what it fills in', () => {
    expect(fillCommand('{{module.id}}', { id: '$&', className: 'X' })).toBe('$&');
  });

  it('are the paths of the module’s own deliverables, or else of all', () => {
    const all = {
      deliverables: [{ path: 'src/[module-name]/[ModuleName].ts', comment: '', optional: false }],
    };
    const own = [{ path: 'lib/[module-name].ts', comment: '', optional: true }];
    expect(deliverablesOf(all, module).map(({ path }) => path)).toEqual([
      'src/plex-auth/PlexAuth.ts',
    ]);
    expect(deliverablesOf(all, { ...module, deliverables: own })).toEqual([
      { path: 'lib/plex-auth.ts', comment: '', optional: true },
    ]);
  });
});
