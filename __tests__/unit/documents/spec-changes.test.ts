import { describe, expect, it } from '@jest/globals';

import { describeSpecChange } from '../../../src/documents/spec-changes.ts';
import type { SpecChange } from '../../../src/domain/spec-pack.ts';

const RANGE = { repositoryUrl: 'https://github.com/o/r', before: 'aaa', after: 'bbb' };
const COMPARE = ', [compare](https://github.com/o/r/compare/aaa...bbb)';
const TYPE = { part: 'type', name: 'PlexToken', change: 'changed' } as const;

describe('a change of the specification', () => {
  it.each<[string, SpecChange, string]>([
    [
      'both counts',
      { ...TYPE, lines: { added: 3, removed: 1 } },
      'Shared type `PlexToken` changed (+3 −1 lines)',
    ],
    [
      'one line',
      { ...TYPE, change: 'added', lines: { added: 1, removed: 0 } },
      'Shared type `PlexToken` added (+1 line)',
    ],
    [
      'lines taken out',
      { ...TYPE, change: 'removed', lines: { added: 0, removed: 7 } },
      'Shared type `PlexToken` removed (−7 lines)',
    ],
    [
      'line ends only',
      { ...TYPE, lines: { added: 0, removed: 0 } },
      'Shared type `PlexToken` changed (+0 lines)',
    ],
    [
      'no counts',
      { part: 'prompt', name: 'Implementation Prompt', change: 'changed' },
      'Implementation prompt changed',
    ],
    [
      'a handoff',
      { part: 'handoff', name: 'Context Handoff', change: 'added' },
      'Context handoff added',
    ],
  ])('is told with %s and a link that compares', (_, change, text) => {
    expect(describeSpecChange(change, RANGE)).toBe(`${text}${COMPARE}`);
  });

  it('has no link where the earlier commit is not known, or is the same', () => {
    for (const before of [null, 'bbb']) {
      expect(describeSpecChange(TYPE, { ...RANGE, before })).toBe(
        'Shared type `PlexToken` changed',
      );
    }
  });
});
