import { describe, expect, it } from '@jest/globals';
import { FileCommandError, parseEntries, parsePaths } from '../../../simulator/runner/env-files.ts';

describe('parseEntries', () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    [
      'reads name=value lines',
      'a=1\nb=two words\n',
      [
        ['a', '1'],
        ['b', 'two words'],
      ],
    ],
    ['keeps further equals signs', 'a=b=c', [['a', 'b=c']]],
    ['keeps << after an equals sign', 'a=b<<c', [['a', 'b<<c']]],
    [
      'reads lines up to the delimiter',
      'a<<EOF\nx\n\ny=1\nEOF\nb=2\n',
      [
        ['a', 'x\n\ny=1'],
        ['b', '2'],
      ],
    ],
    ['reads an empty heredoc', 'a<<EOF\nEOF\n', [['a', '']]],
    ['takes an equals sign in a delimiter', 'a<<E=F\nx\nE=F\n', [['a', 'x']]],
    ['skips empty lines', '\n\na=1\n\n', [['a', '1']]],
    ['keeps an empty value', 'a=\n', [['a', '']]],
    [
      'gives the same name twice in order',
      'a=1\na=2\n',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    expect(parseEntries(text).map(({ name, value }) => [name, value])).toEqual(expected);
  });

  const refused: readonly (readonly [string, string])[] = [
    ['a line that is neither', 'just text'],
    ['a missing delimiter', 'a<<EOF\nx\n'],
    ['an empty name', '=1'],
    ['an empty delimiter', 'a<<\nx\n'],
  ];
  it.each(refused)('refuses %s', (_name, text) => {
    expect(() => parseEntries(text)).toThrow(FileCommandError);
  });
});

describe('parsePaths', () => {
  it('takes each line that is not empty', () => {
    expect(parsePaths('/a/bin\n\n/b\n')).toEqual(['/a/bin', '/b']);
  });
});
