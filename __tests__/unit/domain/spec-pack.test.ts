import { describe, expect, it } from '@jest/globals';

import {
  compareSpec,
  fingerprintSpec,
  formatRanges,
  mergeRanges,
  specTexts,
  type SpecFingerprint,
  type SpecPack,
} from '../../../src/domain/spec-pack.ts';

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

describe('a changed specification', () => {
  const before: SpecFingerprint = { prompt: '#a', handoff: 'h1', types: { A: '#x\ny', B: '#b' } };
  const after: SpecFingerprint = { prompt: '#c', handoff: 'h2', types: { A: '#x\nz', C: '#1\n2' } };
  const texts = new Map(['a', 'c', 'x\ny', 'x\nz', 'b', '1\n2'].map((text) => [`#${text}`, text]));

  it('tells its lines where both texts are known, and no more where one is not', () => {
    expect(compareSpec(before, after, texts)).toEqual([
      {
        part: 'prompt',
        name: 'Implementation Prompt',
        change: 'changed',
        lines: { added: 1, removed: 1 },
      },
      { part: 'handoff', name: 'Context Handoff', change: 'changed' },
      { part: 'type', name: 'A', change: 'changed', lines: { added: 1, removed: 1 } },
      { part: 'type', name: 'B', change: 'removed', lines: { added: 0, removed: 1 } },
      { part: 'type', name: 'C', change: 'added', lines: { added: 2, removed: 0 } },
    ]);
  });

  it('finds its texts by their hashes, those of another version never', () => {
    const known = specTexts(PACK, new Map([['blob', 'handoff']]), hash);
    expect(Object.fromEntries(known)).toEqual({
      '#prompt': 'prompt',
      '#token': 'token',
      '#pin': 'pin',
      blob: 'handoff',
    });
    const { prompt } = fingerprintSpec(MODULE, PACK, hash);
    const changes = compareSpec({ ...before, prompt: '#older' }, { ...before, prompt }, known);
    expect(changes).toEqual([{ part: 'prompt', name: 'Implementation Prompt', change: 'changed' }]);
  });
});
