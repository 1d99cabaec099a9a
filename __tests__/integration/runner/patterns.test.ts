import { describe, expect, it } from '@jest/globals';
import { matchesPatterns } from '../../../simulator/runner/patterns.ts';

describe('matchesPatterns', () => {
  const cases: readonly (readonly [string, readonly string[], string, boolean])[] = [
    ['a name is itself', ['main'], 'main', true],
    ['a name is not a part', ['main'], 'mainly', false],
    ['* stops at a slash', ['feature/*'], 'feature/a/b', false],
    ['* matches within a segment', ['feature/*'], 'feature/a', true],
    ['** goes through slashes', ['releases/**'], 'releases/10/rc', true],
    ['** alone matches all', ['**'], 'all/the/branches', true],
    ['**/ may be nothing', ['**/docs/**'], 'docs/a.md', true],
    ['a suffix below anything', ['**.js'], 'src/a/b.js', true],
    ['? makes the character before optional', ['*.jsx?'], 'page.js', true],
    ['+ repeats a set', ['v[12].[0-9]+.[0-9]+'], 'v1.10.1', true],
    ['a set leaves others out', ['v[12].[0-9]+'], 'v3.1', false],
    ['dots are dots', ['a.b'], 'axb', false],
    ['! takes a match away', ['releases/**', '!releases/**-alpha'], 'releases/1-alpha', false],
    ['a later pattern gives it back', ['a/**', '!a/b', 'a/b'], 'a/b', true],
    ['an escaped star is a star', ['a\\*b'], 'a*b', true],
  ];
  it.each(cases)('%s', (_name, patterns, name, expected) => {
    expect(matchesPatterns(patterns, name)).toBe(expected);
  });
});
