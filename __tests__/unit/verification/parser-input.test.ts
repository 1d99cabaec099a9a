import { describe, expect, it } from '@jest/globals';
import { beginsReport, parserInput } from '../../../src/verification/parser-input.ts';
import { isDoneWithin } from '../../support/seconds-of-work.ts';

const REPORT = { stats: { tests: 1 }, tests: Array.from({ length: 9_000 }, (_, at) => ({ at })) };
const NOISE = 'a line of its own\n'.repeat(9_000);

/** What stands behind the lines of the output, read again. */
function lastReport(text: string): unknown {
  return JSON.parse(text.slice(text.lastIndexOf('\n{\n') + 1));
}

describe('what the parsers read of an output', () => {
  it('is all of it where that is little', () => {
    const text = `one\n${JSON.stringify(REPORT)}\ntwo\n`;
    expect(parserInput(text)).toBe(text);
  });

  it.each([
    ['before', '', NOISE],
    ['amid', NOISE, NOISE],
    ['behind', NOISE, ''],
  ])('holds a report of many lines %s what is cut', (_case, before, after) => {
    const text = parserInput(`${before}${JSON.stringify(REPORT, null, 2)}\n${after}`);
    expect(lastReport(text)).toEqual(REPORT);
    expect(text).toContain('\n{\n  "stats": {\n');
    expect(text.split('\n').length).toBeLessThan(5_010);
  });

  it('holds a report of one line', () => {
    const line = JSON.stringify([{ filePath: 'a.ts', messages: REPORT.tests }]);
    const text = parserInput(`${NOISE}${line}\n${NOISE}`);
    expect(text.split('\n').at(-1)).toBe(line);
  });

  it.each([
    ['brackets that never close', '{\n  "a\n'.repeat(300_000)],
    ['brackets that close once', `${'{\n  "a\n'.repeat(300_000)}}\n`],
    ['brackets alone', '{\n'.repeat(1_000_000)],
    ['what is no JSON', `{\n  "a",\n}\n${'[\n [}\n]\n'.repeat(100_000)}`],
  ])('is cut as ever where it holds %s, in little time', (_case, text) => {
    expect(parserInput(text)).toContain('lines are left out here');
    expect(isDoneWithin(5, () => parserInput(text))).toBe(true);
  });

  it.each([
    ['[{"filePath":"a"', true],
    ['> eslint\n\n{"numTotalTestSuites":1', true],
    ['{\n  "stats": {\n', true],
    ['a line\n{ not json\n[1] passed', false],
  ])('%j begins a report: %s', (text, expected) => {
    expect(beginsReport(text)).toBe(expected);
  });
});
