import { describe, expect, it } from '@jest/globals';

import { parseConfig } from '../../../src/domain/config.ts';
import {
  compareSpec,
  fingerprintSpec,
  formatRanges,
  mergeRanges,
  type SpecFingerprint,
  type SpecPack,
} from '../../../src/domain/spec-pack.ts';
import { checkSpecPack } from '../../../src/domain/spec-pack-check.ts';

const PACK: SpecPack = {
  prompts: new Map([
    [
      3,
      {
        number: 3,
        heading: 'Prompt 3',
        slug: 'prompt-3',
        startLine: 1,
        endLine: 2,
        text: 'prompt',
      },
    ],
  ]),
  types: new Map([
    ['PlexToken', { name: 'PlexToken', ranges: [{ start: 1, end: 2 }], text: 'token' }],
    ['PlexPin', { name: 'PlexPin', ranges: [{ start: 4, end: 4 }], text: 'pin' }],
  ]),
  handoffs: new Map([['plex-auth', 'blob']]),
};

const MODULE = { id: 'plex-auth', prompt: 3, types: ['PlexToken'] };
const hash = (text: string): string => `#${text}`;

describe('line ranges', () => {
  it.each([
    ['none', [], ''],
    ['one', [[262, 334]], '262-334'],
    ['a single line', [[12, 12]], '12-12'],
    [
      'two apart, out of order',
      [
        [401, 410],
        [262, 334],
      ],
      '262-334, 401-410',
    ],
    [
      'two that touch',
      [
        [1, 3],
        [4, 6],
      ],
      '1-6',
    ],
    [
      'two that overlap',
      [
        [1, 5],
        [2, 9],
      ],
      '1-9',
    ],
    [
      'one inside another',
      [
        [1, 9],
        [2, 3],
      ],
      '1-9',
    ],
  ])('read well: %s', (_, pairs, text) => {
    const ranges = pairs.map(([start = 0, end = 0]) => ({ start, end }));
    expect(formatRanges(ranges)).toBe(text);
    expect(formatRanges(mergeRanges(ranges))).toBe(text);
  });
});

describe('the fingerprint of a module’s specification', () => {
  it('hashes the prompt and the types and takes the handoff’s blob id as it is', () => {
    expect(fingerprintSpec(MODULE, PACK, hash)).toEqual({
      prompt: '#prompt',
      handoff: 'blob',
      types: { PlexToken: '#token' },
    });
  });

  it('has empty hashes for what is not there', () => {
    const nothing = { id: 'x', prompt: 9, types: ['Nope', '__proto__'] };
    expect(fingerprintSpec(nothing, PACK, hash)).toEqual({ prompt: '', handoff: '', types: {} });
  });
});

describe('two fingerprints', () => {
  const before: SpecFingerprint = { prompt: 'p', handoff: 'h', types: { A: '1', B: '2' } };

  it.each<[string, Partial<SpecFingerprint>, ReturnType<typeof compareSpec>]>([
    ['are equal', {}, []],
    [
      'differ in the prompt',
      { prompt: 'q' },
      [{ part: 'prompt', name: 'Implementation Prompt', change: 'changed' }],
    ],
    [
      'differ by a handoff taken away',
      { handoff: '' },
      [{ part: 'handoff', name: 'Context Handoff', change: 'removed' }],
    ],
    [
      'differ in every way a type can',
      { types: { B: '3', C: '4' } },
      [
        { part: 'type', name: 'A', change: 'removed' },
        { part: 'type', name: 'B', change: 'changed' },
        { part: 'type', name: 'C', change: 'added' },
      ],
    ],
  ])('%s', (_, change, changes) => {
    expect(compareSpec(before, { ...before, ...change })).toEqual(changes);
  });

  it('may have a type that is named like a property of every object', () => {
    const after = { ...before, types: { ...before.types, toString: 'x' } };
    expect(compareSpec(before, after)).toEqual([
      { part: 'type', name: 'toString', change: 'added' },
    ]);
  });
});

describe('the spec pack of a config', () => {
  const files = { config: 'sessionwright.yml', promptsFound: true, typesFound: true };

  function check(modules: string, changed: Partial<typeof files> = {}): readonly string[] {
    const config = parseConfig(`version: 1\nmodules:\n${modules}`, files.config);
    if (!config.ok) throw new Error(config.problems[0]?.message);
    return checkSpecPack(config.value, PACK, { ...files, ...changed }).map(
      ({ file, message, fix }) => `${file}: ${message} ${fix}`,
    );
  }

  it('is complete when prompt, handoff and types are there', () => {
    expect(check('  plex-auth: { prompt: 3, types: [PlexToken] }')).toEqual([]);
  });

  it('tells of everything that is missing, module by module', () => {
    expect(
      check('  plex-auth: { prompt: 4, types: [PlexTokn, Zzz] }\n  sync: { prompt: 3 }'),
    ).toEqual([
      'spec-pack/artifact-7-implementation-prompts.md: "plex-auth" has no prompt: no heading begins with "Prompt 4" (there: 3). Add the heading "## Prompt 4: Plex Auth", or correct the module\'s `prompt` in sessionwright.yml.',
      'spec-pack/artifact-2-shared-types.ts: The type "PlexTokn", which "plex-auth" uses, is not declared. Did you mean "PlexToken"?',
      'spec-pack/artifact-2-shared-types.ts: The type "Zzz", which "plex-auth" uses, is not declared. Declare it by name, or take it out of the module\'s `types` in sessionwright.yml.',
      'spec-pack/context-handoff/sync.md: "sync" has no context handoff. Create the file with the scope, the assumptions and the verification of the module.',
    ]);
  });

  it('tells of a missing file once, not for each module', () => {
    const modules = '  plex-auth: { prompt: 3, types: [A] }\n  other: { prompt: 3, types: [A] }';
    const missing = check(modules, { promptsFound: false, typesFound: false });
    expect(missing.filter((text) => text.includes('The file does not exist.'))).toHaveLength(2);
    expect(missing).toHaveLength(3);
  });
});
