import { describe, expect, it } from '@jest/globals';

import { nearestNames, suggest } from '../../../src/domain/nearest.ts';

describe('the names nearest to a mistyped one', () => {
  it.each([
    ['one letter is missing', 'plex-aut', ['plex-auth', 'library'], ['plex-auth']],
    [
      'case and separators differ',
      'maxStartsPerRun',
      ['max-starts-per-run'],
      ['max-starts-per-run'],
    ],
    ['several are as near', 'ab1', ['ab2', 'ab3', 'ab4', 'ab5'], ['ab2', 'ab3', 'ab4']],
    ['one is named twice', 'lint', ['lints', 'lints'], ['lints']],
    ['nothing is near', 'plex', ['zzzzzzz'], []],
    ['nothing is left of a short name', 'a', ['b', 'cd'], []],
    ['it is longer than a name', 'x'.repeat(101), ['x'.repeat(100)], []],
  ])('when %s', (_, name, known, near) => {
    expect(nearestNames(name, known)).toEqual(near);
  });

  it('make a question, or leave the fallback', () => {
    expect(suggest('lnt', ['lint'], 'Take it out.')).toBe('Did you mean "lint"?');
    expect(suggest('zzz', ['lint'], 'Take it out.')).toBe('Take it out.');
  });
});
