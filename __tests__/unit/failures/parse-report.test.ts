import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_REPORT, parseReport } from '../../../src/failures/parse-report.ts';
import { isDoneWithin } from '../../support/seconds-of-work.ts';
import { fixture, growth, onWindows, ROOT, WINDOWS_ROOT } from './tool-output.ts';

const PLACE = { root: ROOT, workingDirectory: null };

const LOGIN = 'PlexAuth › login › returns the token of a pin: ';
const ODD = 'PlexAuth › login › rejects an <expired> & "odd" pin: TypeError: pin expired';

function report(file: string) {
  const findings = parseReport(fixture(file), PLACE);
  if (findings === null) throw new Error(`${file} is no report.`);
  return findings;
}

describe('parseReport', () => {
  it.each([
    ['mocha-report.json', 4],
    ['jest-report.json', 3],
    ['jest-empty.json', 0],
    ['vitest-report.json', 3],
    ['vitest-empty.json', 0],
    ['mocha-junit.xml', 4],
    ['mocha-xunit.xml', 4],
    ['vitest-junit.xml', 4],
    // jest-junit writes a `todo` as a test that passed.
    ['jest-junit.xml', 4],
    ['eslint-metadata.json', null],
    ['eslint-json.txt', null],
  ])('counts the tests that ran in %s', (file, testsRun) => {
    expect(report(file).testsRun).toBe(testsRun);
  });

  it.each([
    [
      'mocha-report.json',
      ['test/plex-auth.test.cjs:10', 'test/plex-auth.test.cjs:13', 'test/plex-auth.test.cjs:18'],
    ],
    [
      'mocha-junit.xml',
      ['test/plex-auth.test.cjs:10', 'test/plex-auth.test.cjs:13', 'test/plex-auth.test.cjs:18'],
    ],
    [
      'mocha-xunit.xml',
      ['test/plex-auth.test.cjs:10', 'test/plex-auth.test.cjs:13', 'test/plex-auth.test.cjs:18'],
    ],
    [
      'jest-report.json',
      ['jt/plex-auth.test.js:9', 'jt/plex-auth.test.js:12', 'jt/broken.test.js:1'],
    ],
    ['jest-junit.xml', ['jt/plex-auth.test.js:9', 'jt/plex-auth.test.js:12']],
    [
      'vitest-report.json',
      ['vt/broken.test.js:null', 'vt/plex-auth.test.js:10', 'vt/plex-auth.test.js:13'],
    ],
    [
      'vitest-junit.xml',
      ['vt/broken.test.js:2', 'vt/plex-auth.test.js:10', 'vt/plex-auth.test.js:13'],
    ],
  ])('tells where the tests of %s failed', (file, places) => {
    expect(report(file).diagnostics.map((one) => `${one.file}:${one.line}`)).toEqual(places);
  });

  it.each([
    [
      'jest-report.json',
      [
        `${LOGIN}Error: expect(received).toBe(expected) // Object.is equality\nExpected: "abd"\nReceived: "abc"`,
        ODD,
      ],
    ],
    [
      'vitest-report.json',
      [`${LOGIN}AssertionError: expected 'abc' to be 'abd' // Object.is equality`, ODD],
    ],
    [
      'vitest-junit.xml',
      [
        `${LOGIN}AssertionError: expected 'abc' to be 'abd' // Object.is equality\nExpected: "abd"\nReceived: "abc"`,
        ODD,
      ],
    ],
  ])('tells what the tests of %s said', (file, messages) => {
    expect(report(file).diagnostics.map(({ message }) => message)).toEqual(
      expect.arrayContaining(messages),
    );
  });

  it('tells a suite that could not be loaded', () => {
    expect(report('jest-report.json').diagnostics.at(-1)?.message).toMatch(
      /^Test suite failed to run: Cannot find module '\.\/not-there\.js' from 'jt\/broken\.test\.js'/,
    );
    expect(report('vitest-report.json').diagnostics[0]?.message).toMatch(
      /^Test suite failed to run: Cannot find module '\.\/not-there\.js'/,
    );
  });

  it('reads ESLint with its metadata, errors first', () => {
    const { diagnostics } = report('eslint-metadata.json');
    expect(diagnostics.map(({ file, line, code }) => [file, line, code])).toEqual([
      ['src/lint-me.js', 1, 'no-unused-vars'],
      ['src/lint-me.js', 2, 'no-unused-vars'],
      ['src/lint-me.js', 2, 'no-undef'],
      ['src/lint-me.js', 4, 'no-undef'],
      ['src/lint-me.js', 4, 'no-console'],
      ['src/unparsable.js', 2, null],
      ['src/lint-me.js', 3, 'eqeqeq'],
    ]);
  });

  it.each([
    'mocha-report.json',
    'jest-report.json',
    'vitest-report.json',
    'eslint-metadata.json',
    'mocha-junit.xml',
    'jest-junit.xml',
    'vitest-junit.xml',
  ])('finds the same in %s of a Windows runner', (file) => {
    const text = onWindows(fixture(file), file.endsWith('.json'));
    const findings = parseReport(`\ufeff${text}`, { root: WINDOWS_ROOT, workingDirectory: null });
    const places = report(file).diagnostics.map(({ file: path, line }) => [path, line]);
    expect(findings?.diagnostics.map(({ file: path, line }) => [path, line])).toEqual(places);
  });

  it('reads a failure of a suite, attributes in any quotes, and references', () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE testsuite [<!ENTITY bomb "boom">]>
      <!-- <testcase name="commented out"/> -->
      <testsuite name='a > b'>
        <error message="&#x41;&#66; &bomb; &lt;&#x110000;"/>
        <testcase name='says "&apos;"' classname="C" file="a/b.ts"><failure type="T"/></testcase>
        <testcase name="passes"><system-out><![CDATA[<testcase name="printed"/>]]></system-out></testcase>
      </testsuite>`;
    expect(parseReport(xml, PLACE)).toMatchObject({
      testsRun: 2,
      diagnostics: [
        { file: null, message: 'a > b: AB &bomb; <&#x110000;' },
        { file: 'a/b.ts', message: `C › says "'"` },
      ],
    });
  });

  it('keeps every field within what a result may hold', () => {
    const wild = {
      ruleId: 'x'.repeat(300),
      severity: 2,
      message: '\u001b[31mred',
      line: -1,
      column: 1.5,
    };
    const text = JSON.stringify([{ filePath: `${'d/'.repeat(600)}a.js`, messages: [wild] }]);
    expect(parseReport(text, PLACE)?.diagnostics).toEqual([
      { file: null, line: null, column: null, severity: 'error', code: null, message: 'red' },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['plain text', 'All is well.'],
    ['other JSON', '{"ok":true}'],
    ['a number', '1'],
    ['other XML', '<html><testcase/></html>'],
    ['XML that ends too soon', '<testsuites><testsuite name="a"><testcase name="b"/></testsuite>'],
    ['JSON that ends too soon', fixture('jest-report.json').slice(0, -2)],
    ['a comment', '<!-- only -->'],
  ])('takes %s for no report', (_case, text) => {
    expect(parseReport(text, PLACE)).toBeNull();
  });

  it('reads no report that is too large', () => {
    expect(parseReport(`<testsuite>${' '.repeat(MAX_REPORT)}</testsuite>`, PLACE)).toBeNull();
  });
});

describe('parseReport on anything', () => {
  const reports = [
    'mocha-report.json',
    'jest-report.json',
    'eslint-metadata.json',
    'vitest-junit.xml',
  ];

  function expectBounded(text: string): void {
    const findings = parseReport(text, PLACE);
    for (const { line, message } of findings?.diagnostics ?? []) {
      expect(message.length).toBeLessThanOrEqual(1000);
      expect(line === null || line >= 0).toBe(true);
    }
    const count = findings?.testsRun ?? 0;
    expect(count >= 0 && Number.isSafeInteger(count)).toBe(true);
  }

  it('never throws on a report with a piece taken out or put in', () => {
    const change = fc.record({
      text: fc.constantFrom(...reports.map(fixture)),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 400 }),
      put: fc.oneof(
        fc.string(),
        fc.constantFrom('<', '"', ']]>', '<![CDATA[', '&#x', '{', '\\', 'null', '-1e999'),
      ),
    });
    fc.assert(
      fc.property(change, ({ text, at, length, put }) => {
        const from = Math.floor(at * text.length);
        expectBounded(text.slice(0, from) + put + text.slice(from + length));
      }),
    );
  });

  it('never throws on JSON of any shape', () => {
    const test = fc.record({
      title: fc.string(),
      status: fc.constantFrom('failed', 'passed'),
      failureMessages: fc.jsonValue(),
    });
    const suite = fc.record({
      name: fc.string(),
      status: fc.string(),
      message: fc.jsonValue(),
      assertionResults: fc.array(test),
    });
    const shapes = fc.oneof(
      fc.jsonValue(),
      fc.record({ numTotalTests: fc.double(), testResults: fc.array(suite) }),
      fc.array(
        fc.record({
          filePath: fc.string(),
          messages: fc.array(
            fc.record({ message: fc.string(), severity: fc.double(), line: fc.double() }),
          ),
        }),
      ),
    );
    fc.assert(fc.property(shapes, (value) => expectBounded(JSON.stringify(value))));
  });

  const SIZE = 80_000;

  it.each<[string, string, string, string]>([
    ['open elements', '<testsuite>', '<a>', ''],
    ['elements one in another', '<testsuite>', '<testsuite>', ''],
    ['closing elements', '<testsuite>', '</b>', ''],
    ['opening brackets', '', '<', ''],
    ['attributes', '<testsuite ', 'a="b" ', '/>'],
    ['attributes without a value', '<testcase ', 'a ', '/>'],
    ['quotes that do not end', '<testsuite ', 'a="b', ''],
    ['blanks', '<testsuite', ' ', '>'],
    ['comments that do not end', '<testsuite>', '<!-- ', ''],
    ['CDATA that does not end', '<testsuite>', '<![CDATA[ ', ''],
    ['brackets that end CDATA', '<testsuite><testcase><failure><![CDATA[', ']]', ''],
    ['references', '<testsuite><testcase><failure>', '&lt;', '</failure></testcase></testsuite>'],
    ['entities', '<!DOCTYPE a [', '<!ENTITY a "&a;&a;">', ']><testsuite/>'],
    [
      'pieces of text',
      '<testsuite><testcase><failure>',
      'x<b/>',
      '</failure></testcase></testsuite>',
    ],
    [
      'failing tests',
      '<testsuite>',
      '<testcase name="a"><failure>b</failure></testcase>',
      '</testsuite>',
    ],
    ['nested lists', '', '[', ''],
    ['nested objects', '', '{"a":', ''],
    ['empty files', '[', '{"filePath":"a","messages":[]},', '{"filePath":"a","messages":[]}]'],
    ['files of another kind', '[', '{"filePath":"a","messages":1},', '1]'],
  ])('takes time in proportion to %s', (_case, start, piece, end) => {
    const grown = growth((times) => {
      const body = piece.repeat(Math.ceil((SIZE * times) / piece.length));
      return parseReport(start + body + end, PLACE);
    });
    expect(grown).toBeLessThan(30);
  });

  it('reads sixteen megabytes of hostile XML in seconds', () => {
    const text = `<testsuite>${'x<b c="d"/>'.repeat(1_500_000)}</testsuite>`;
    expect(isDoneWithin(10, () => parseReport(text, PLACE))).toBe(true);
  });
});
