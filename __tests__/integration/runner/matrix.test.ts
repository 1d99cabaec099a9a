import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../simulator/runner/json.ts';
import { planStrategy } from '../../../simulator/runner/matrix.ts';

describe('planStrategy', () => {
  const cases: readonly (readonly [string, Json, Json])[] = [
    ['makes one job without a matrix', null, [{}]],
    [
      'multiplies vectors in order',
      { matrix: { a: [1, 2], b: ['x', 'y'] } },
      [
        { a: 1, b: 'x' },
        { a: 1, b: 'y' },
        { a: 2, b: 'x' },
        { a: 2, b: 'y' },
      ],
    ],
    ['excludes', { matrix: { a: [1, 2], exclude: [{ a: 1 }] } }, [{ a: 2 }]],
    [
      'extends rows it does not change and adds others',
      {
        matrix: {
          fruit: ['apple', 'pear'],
          include: [{ color: 'green' }, { fruit: 'apple', shape: 'round' }, { fruit: 'fig' }],
        },
      },
      [
        { fruit: 'apple', color: 'green', shape: 'round' },
        { fruit: 'pear', color: 'green' },
        { fruit: 'fig' },
      ],
    ],
    [
      'takes rows from include alone',
      { matrix: { include: [{ a: 1 }, { a: 2 }] } },
      [{ a: 1 }, { a: 2 }],
    ],
    ['keeps mappings as values', { matrix: { a: [{ id: 'x' }] } }, [{ a: { id: 'x' } }]],
  ];
  it.each(cases)('%s', (_name, strategy, expected) => {
    expect(planStrategy(strategy).combinations).toEqual(expected);
  });

  const many = (count: number): Json => ({
    matrix: { a: Array.from({ length: count }, (_, i) => i) },
  });
  const refused: readonly (readonly [string, Json, RegExp])[] = [
    ['an empty vector', { matrix: { a: [] } }, /does not contain any values/u],
    ['a vector that is none', { matrix: { a: 'x' } }, /not a sequence/u],
    ['a matrix of nothing', { matrix: {} }, /at least one vector/u],
    ['257 jobs', many(257), /more than the 256/u],
  ];
  it.each(refused)('refuses %s', (_name, strategy, message) => {
    expect(() => planStrategy(strategy)).toThrow(message);
  });

  it('takes 256 jobs, fail-fast unless told otherwise, and max-parallel', () => {
    expect(planStrategy(many(256)).combinations).toHaveLength(256);
    expect(planStrategy({ 'fail-fast': false, 'max-parallel': 2 })).toEqual({
      combinations: [{}],
      failFast: false,
      maxParallel: 2,
    });
  });
});
