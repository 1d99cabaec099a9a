import { describe, expect, it } from '@jest/globals';

import { parseDuration } from '../../../src/domain/duration.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90],
    ['10m', 600],
    ['72h', 259_200],
    ['3d', 259_200],
    ['0s', null],
    ['10', null],
    ['10M', null],
    ['1.5h', null],
    [' 1h', null],
    ['', null],
  ])('%j is %j seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
});
