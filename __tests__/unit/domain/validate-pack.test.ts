import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { packPaths } from '../../../src/domain/config-reading.ts';
import { formatProblem } from '../../../src/domain/problem.ts';
import { BINARY_FILE, decodeSpecFile, specFileOf } from '../../../src/domain/spec-file.ts';
import { validatePack, type PackSource } from '../../../src/domain/validate-pack.ts';
import { anyText } from '../../support/any-text.ts';

const PROMPTS = 'spec-pack/artifact-7-implementation-prompts.md';
const TYPES = 'spec-pack/artifact-2-shared-types.ts';
const HANDOFFS = 'spec-pack/context-handoff';

const CONFIG = `version: 1
modules:
  storage: { prompt: 1, types: [Row] }
  plex-auth:
    prompt: 2
    depends-on: [storage]
    types:
      - PlexToken
      - PlexPin
`;

const SOUND: PackSource = {
  file: 'c.yml',
  config: specFileOf(CONFIG),
  prompts: specFileOf('# All\n\n## Prompt 1: Storage\n\n## Prompt 2: Plex\n'),
  types: specFileOf('interface Row {}\ninterface PlexToken {}\ntype PlexPin = 1;\n'),
  handoffs: handoffs('storage', 'plex-auth'),
};

function handoffs(...names: readonly string[]): PackSource['handoffs'] {
  return new Map(names.map((name) => [`${name}.md`, { hash: `oid-${name}`, content: null }]));
}

function problemsOf(change: Partial<PackSource>): readonly string[] {
  return validatePack({ ...SOUND, ...change }).problems.map(formatProblem);
}

describe('a sound pack', () => {
  it('has no problems, and comes with its config and its parts', () => {
    const validation = validatePack(SOUND);
    if (!validation.usable) throw new Error(problemsOf({}).join('\n'));
    expect(validation.problems).toEqual([]);
    expect([...validation.config.modules.keys()]).toEqual(['storage', 'plex-auth']);
    expect([...validation.pack.prompts.keys()]).toEqual([1, 2]);
    expect([...validation.pack.types.keys()]).toEqual(['Row', 'PlexToken', 'PlexPin']);
    expect([...validation.pack.handoffs]).toEqual([
      ['storage', 'oid-storage'],
      ['plex-auth', 'oid-plex-auth'],
    ]);
  });

  it('may hold prompts, types and handoffs that no module uses', () => {
    expect(
      problemsOf({
        prompts: specFileOf('# Prompt 1\n# Prompt 2\n# Prompt 9\n'),
        types: specFileOf(
          'interface Row {}\ninterface PlexToken {}\ntype PlexPin = 1;\ntype X = 1;',
        ),
        handoffs: handoffs('storage', 'plex-auth', 'README', 'later'),
      }),
    ).toEqual([]);
  });

  it('needs no file of types where no module names one', () => {
    const config = specFileOf('version: 1\nmodules:\n  storage: { prompt: 1 }\n');
    expect(problemsOf({ config, types: { kind: 'missing' } })).toEqual([]);
  });
});

describe('what a module names and is not there', () => {
  it('is told at the line that names it, with the nearest that is', () => {
    expect(
      problemsOf({
        prompts: specFileOf('## Prompt 1\n\n##Prompt 2: Plex\n'),
        types: specFileOf("interface Row {}\ninterface PlexTokens {}\nexport * from './pins';\n"),
        handoffs: handoffs('storage', 'plexauth', 'README'),
      }),
    ).toEqual([
      `c.yml:4: "plex-auth" has no context handoff: there is no ${HANDOFFS}/plex-auth.md. Fix: Create it, or rename "plexauth.md" there, which belongs to no module.`,
      `c.yml:5: "plex-auth" has no prompt: no heading in ${PROMPTS} begins with "Prompt 2" (there are 1). Fix: Line 3 there reads like it but is no heading: begin it with "## ", outside lists, quotations and code.`,
      `c.yml:8: The type "PlexToken" of "plex-auth" is not declared in ${TYPES}. Fix: Did you mean "PlexTokens"?`,
      `c.yml:9: The type "PlexPin" of "plex-auth" is not declared in ${TYPES}. Fix: Declare it there, or hand it on by name: \`export * from './pins'\` on line 3 names nothing.`,
    ]);
  });

  it('comes with what to write where nothing is near', () => {
    expect(
      problemsOf({
        prompts: specFileOf('# Prompts\n'),
        types: specFileOf(''),
        handoffs: new Map(),
      }),
    ).toEqual([
      expect.stringMatching(
        /^c\.yml:3: "storage" has no prompt.* \(there are none\)\. Fix: Add the heading "## Prompt 1: Storage" there, or correct the number\.$/,
      ),
      expect.stringMatching(
        /^c\.yml:3: "storage" has no context handoff.* Fix: Create it with the scope, the assumptions and the verification of the module\.$/,
      ),
      expect.stringMatching(
        /^c\.yml:3: The type "Row".* Fix: Declare it there by name, or take it out of the list\.$/,
      ),
      expect.stringMatching(/^c\.yml:4: "plex-auth" has no context handoff/),
      expect.stringMatching(/^c\.yml:5: "plex-auth" has no prompt/),
      expect.stringMatching(/^c\.yml:8: The type "PlexToken"/),
      expect.stringMatching(/^c\.yml:9: The type "PlexPin"/),
    ]);
  });

  it('holds back its module only', () => {
    expect(validatePack({ ...SOUND, handoffs: new Map() })).toMatchObject({ usable: true });
  });
});

describe('a file that is missing as a whole', () => {
  const missing = { prompts: { kind: 'missing' }, types: { kind: 'missing' } } as const;

  it('is told once, at the first module that needs it', () => {
    expect(problemsOf(missing)).toEqual([
      `c.yml:3: The file ${PROMPTS}, which "storage" needs for its prompt, does not exist. Fix: Create it, or give its path as \`paths.prompts\`.`,
      `c.yml:3: The file ${TYPES}, which "storage" needs for its types, does not exist. Fix: Create it, or give its path as \`paths.types\`.`,
    ]);
  });

  it('is told at its path where the config gives one', () => {
    const config = specFileOf(`${CONFIG}paths:\n  types: a.ts\n  prompts: p.md\n`);
    expect(problemsOf({ ...missing, config })).toEqual([
      'c.yml:11: The file a.ts, which "storage" needs for its types, does not exist. Fix: Create it, or correct the path.',
      'c.yml:12: The file p.md, which "storage" needs for its prompt, does not exist. Fix: Create it, or correct the path.',
    ]);
  });

  it('may be the config', () => {
    const problems = problemsOf({ config: { kind: 'missing' } });
    expect(problems).toEqual([
      expect.stringMatching(
        /^c\.yml: There is no config\. Fix: Let `npx sessionwright init` write one/,
      ),
    ]);
  });
});

describe('a file that cannot be relied on', () => {
  it('is told with its own lines, two prompts of one number and broken TypeScript together', () => {
    const change = {
      prompts: specFileOf('# Prompt 1\n\n# Prompt 2\n\n# Prompt 1: again\n'),
      types: specFileOf('interface Row {}\ninterface {\n'),
    };
    expect(problemsOf(change)).toEqual([
      `${PROMPTS}:5: Prompt 1 is there twice, on lines 1 and 5. Fix: Give one of the two another number.`,
      expect.stringMatching(
        new RegExp(`^${TYPES}:3: The shared types cannot be parsed: Unexpected token\\. Fix`),
      ),
    ]);
    expect(validatePack({ ...SOUND, ...change }).usable).toBe(false);
  });

  it('may be one that is no UTF-8 text', () => {
    const latin1 = new Uint8Array(Buffer.from('# Prompt 1\ncafé\n', 'latin1'));
    const change = { prompts: decodeSpecFile(latin1), types: BINARY_FILE };
    expect(problemsOf(change)).toEqual([
      expect.stringMatching(new RegExp(`^${PROMPTS}:2: The file holds bytes that are not UTF-8`)),
      expect.stringMatching(new RegExp(`^${TYPES}: The file is binary or UTF-16, not UTF-8 text`)),
    ]);
    expect(validatePack({ ...SOUND, ...change }).usable).toBe(false);
    expect(problemsOf({ config: BINARY_FILE })).toEqual([
      expect.stringMatching(/^c\.yml: The file is binary or UTF-16, not UTF-8 text/),
    ]);
  });

  it('holds back one module where it is a handoff', () => {
    const found = new Map([...SOUND.handoffs, ['storage.md', { hash: 'x', content: BINARY_FILE }]]);
    const validation = validatePack({ ...SOUND, handoffs: found });
    expect(validation).toMatchObject({
      usable: true,
      pack: { handoffs: new Map([['plex-auth', 'oid-plex-auth']]) },
    });
    expect(validation.problems.map(formatProblem)).toEqual([
      `${HANDOFFS}/storage.md: The file is binary or UTF-16, not UTF-8 text. Fix: Save it as UTF-8 text.`,
    ]);
  });
});

describe('a config that is broken as well', () => {
  it('is told with the problems of the pack in the same report, in the order of their lines', () => {
    const config = specFileOf(`version: 1
speed: 11
modules:
  Storage: { prompt: 7 }
  plex-auth: { prompt: two, depends-on: [storge], types: [PlexTokn, 3] }
  player: { prompt: 1, depends-on: [library] }
  library: { prompt: 2, depends-on: [player], colour: red }
`);
    const change = { config, prompts: specFileOf('# Prompt 1\n# Prompt 2\n# Prompt 1\n') };
    const told = problemsOf(change);
    for (const pattern of [
      /^c\.yml:2: There is no key "speed"/,
      /^c\.yml:4: The key "Storage" must be a kebab-case id/,
      /^c\.yml:4: "Storage" has no prompt/,
      /^c\.yml:5: "modules\.plex-auth\.prompt" must be a whole number/,
      /^c\.yml:5: "plex-auth" depends on "storge", which is no module/,
      /^c\.yml:5: The type "PlexTokn" of "plex-auth" is not declared.*Did you mean "PlexToken"\?$/,
      /^c\.yml:6: The dependencies go in a circle/,
      /^c\.yml:6: "player" has no context handoff/,
      /^c\.yml:7: There is no key "colour"/,
      /^spec-pack\/artifact-7-implementation-prompts\.md:3: Prompt 1 is there twice/,
    ]) {
      expect(told).toContainEqual(expect.stringMatching(pattern));
    }
    const places = told.map((text) => Number(/^c\.yml:(\d+)/.exec(text)?.[1] ?? Infinity));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(told.filter((text) => text.includes('Storage.md'))).toEqual([]);
    expect(validatePack({ ...SOUND, ...change }).usable).toBe(false);
  });

  it('may be no YAML at all: what can be told of the pack still is', () => {
    expect(
      problemsOf({ config: specFileOf('version: ['), types: specFileOf('interface {') }),
    ).toEqual([
      expect.stringMatching(/^c\.yml:\d/),
      expect.stringMatching(new RegExp(`^${TYPES}:1`)),
    ]);
  });

  it('has the file at a path that cannot be one left alone', () => {
    const config = specFileOf(`${CONFIG}paths: { prompts: ../p.md, types: [], handoffs: '' }\n`);
    const told = problemsOf({
      config,
      prompts: { kind: 'missing' },
      types: { kind: 'missing' },
      handoffs: new Map(),
    });
    expect(told).toHaveLength(3);
    for (const problem of told) expect(problem).toMatch(/^c\.yml:10: "paths\.\w+" must be/);
  });
});

describe('a type that is listed twice', () => {
  it('is told at the second', () => {
    const config = specFileOf(
      'version: 1\nmodules:\n  storage: { prompt: 1, types: [Row, Row] }\n',
    );
    expect(problemsOf({ config })).toEqual([
      'c.yml:3: "storage" lists the type "Row" twice. Fix: Take one of the two out.',
    ]);
  });
});

describe('where the pack lies', () => {
  it.each([
    [
      'a sound config',
      `${CONFIG}paths: { prompts: p.md, handoffs: notes/ }\n`,
      ['p.md', TYPES, 'notes'],
    ],
    [
      'a config of another version with stray keys',
      'version: 9\nx: 1\npaths: { types: t.ts }\n',
      [PROMPTS, 't.ts', HANDOFFS],
    ],
    [
      'a path that leads out of the repository',
      'paths: { prompts: ../../etc/passwd }\n',
      [PROMPTS, TYPES, HANDOFFS],
    ],
    ['paths that are no mapping', 'paths: [a, b]\n', [PROMPTS, TYPES, HANDOFFS]],
    ['no YAML', '{', [PROMPTS, TYPES, HANDOFFS]],
    ['nothing', '', [PROMPTS, TYPES, HANDOFFS]],
  ])('is told of %s', (_, text, [prompts, types, folder]) => {
    expect(packPaths(text)).toEqual({ prompts, types, handoffs: folder });
  });
});

describe('any files at all', () => {
  it('come to a config or to problems, each with a fix, and never to an exception', () => {
    const pieces = [
      'version: 1\n',
      'modules:\n',
      '  a: ',
      '{ prompt: 1 }',
      'types: [A]',
      'paths: ',
      '&x ',
      '*x',
      '\n',
      '# Prompt 1',
      'interface A {}',
      '}',
      '{',
      '"',
      '\0',
      '\uFFFD',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''));
    const file = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map(decodeSpecFile),
      fc.option(fc.oneof(text, anyText())).map(specFileOf),
    );
    const names = fc.dictionary(fc.constantFrom('a.md', 'b.md', '.md', 'README'), file);
    fc.assert(
      fc.property(file, file, file, names, (config, prompts, types, folder) => {
        const found = Object.entries(folder).map(
          ([name, content]) => [name, { hash: name, content }] as const,
        );
        const source = { file: 'c.yml', config, prompts, types, handoffs: new Map(found) };
        const validation = validatePack(source);
        if (!validation.usable) expect(validation.problems).not.toEqual([]);
        for (const { fix } of validation.problems) expect(fix).not.toBe('');
      }),
    );
  });
});

describe('a giant pack', () => {
  it('is told of in the hundred problems that come first, whatever is wrong with it', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `module-${index}`);
    const modules = ids.map((id, index) => `  ${id}: { prompt: ${index}, types: [Typ${index}] }\n`);
    const types = ids.map((_, index) => `interface Type${index} {}\n`).join('');
    const validation = validatePack({
      file: 'c.yml',
      config: specFileOf(`version: 1\nmodules:\n${modules.join('')}`),
      prompts: specFileOf('Prompt 1\n'.repeat(100_000)),
      types: specFileOf(types),
      handoffs: new Map(ids.map((id) => [`${id}x.md`, { hash: id, content: null }])),
    });
    expect(validation.problems).toHaveLength(101);
    expect(validation.problems.at(-1)?.message).toBe('2900 more problems are not shown.');
  });
});
