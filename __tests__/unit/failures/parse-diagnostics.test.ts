import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDoneWithin } from '../../support/seconds-of-work.ts';
import { growth, onWindows, parsed, ROOT, toolOutput, WINDOWS_ROOT } from './tool-output.ts';

function parse(name: string) {
  return parsed(toolOutput(name));
}

function places(name: string): string[] {
  return parse(name).diagnostics.map(
    ({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`,
  );
}

describe('parseDiagnostics on TypeScript', () => {
  const expected = [
    'src/plex-auth.ts:1:21 error TS2305',
    'src/plex-auth.ts:2:15 error TS2724',
    'src/plex-auth.ts:7:24 error TS2304',
    'src/plex-auth.ts:8:11 error TS2322',
    'src/plex-auth.ts:13:11 error TS2322',
    'src/plex-auth.ts:14:24 error TS2304',
  ];

  it.each(['tsc', 'tsc-pretty'])('reads every message of %s', (name) => {
    expect(places(name)).toEqual(expected);
    expect(parse(name).testsRun).toBeNull();
  });

  it('keeps the lines that explain a mismatch', () => {
    expect(parse('tsc').diagnostics[4]?.message).toContain(
      "The types of 'a.b' are incompatible between these types.",
    );
  });

  it('does not take the quoted source for an explanation', () => {
    expect(parse('tsc-pretty').diagnostics[0]?.message).toBe(
      "Module '\"./types/index.js\"' has no exported member 'PlexPin'.",
    );
  });

  it('reads a message about the project and one about its configuration', () => {
    expect(places('tsc-config')).toEqual(['tsconfig.broken.json:1:24 error TS5023']);
    const { diagnostics } = parsed('error TS18003: No inputs were found.');
    expect(diagnostics).toMatchObject([{ file: null, line: null, code: 'TS18003' }]);
  });
});

describe('parseDiagnostics on ESLint', () => {
  const expected = [
    'src/lint-me.js:1:28 error no-unused-vars',
    'src/lint-me.js:2:7 error no-unused-vars',
    'src/lint-me.js:2:15 error no-undef',
    'src/lint-me.js:4:5 error no-console',
    'src/unparsable.js:2:1 error null',
    'src/lint-me.js:3:11 warning eqeqeq',
  ];

  it.each(['eslint-stylish', 'eslint-colour', 'eslint-json'])(
    'reads every message of %s, errors first',
    (name) => {
      expect(places(name)).toEqual(expected);
    },
  );
});

describe('parseDiagnostics on ESLint, one message a line', () => {
  it('reads the unix format', () => {
    expect(places('eslint-unix')).toEqual([
      'src/lint-me.js:1:30 error no-unused-vars',
      'src/lint-me.js:2:9 error no-unused-vars',
      'src/lint-me.js:2:18 error no-undef',
      'src/lint-me.js:4:5 error no-undef',
      'src/lint-me.js:4:5 error no-console',
      'src/unparsable.js:2:1 error null',
      'src/lint-me.js:3:13 warning eqeqeq',
    ]);
    expect(parse('eslint-unix').diagnostics[0]?.message).toBe(
      "'unused' is defined but never used.",
    );
  });
});

describe('parseDiagnostics on test runners', () => {
  it.each([
    ['mocha-failing', 3],
    ['mocha-passing', 1],
    ['mocha-empty', 0],
    ['jest-failing', 3],
    ['jest-empty', 0],
    ['vitest-failing', 3],
    ['vitest-empty', 0],
    ['mocha-json', 4],
    ['mocha-json-empty', 0],
    ['jest-json', 3],
    ['jest-broken', 3],
    ['vitest-broken', 3],
    ['node20-test-some-tap', 3],
    ['node24-test-some-spec', 3],
    ['node20-test-unmatched-tap', 0],
    ['node20-test-unmatched-spec', 0],
    ['node24-test-unmatched-tap', 0],
    ['node24-test-unmatched-spec', 0],
    ['node20-test-empty-tap', 0],
    ['node20-test-empty-spec', 0],
    ['node20-test-nothing-tap', 0],
    ['node24-test-nothing-spec', 0],
    ['node-test-tap', 1],
    ['node-test-spec', 1],
    ['pytest-failing', 3],
    ['pytest-unmatched', 0],
    ['pytest-unmatched-quiet', 0],
    ['pytest-nothing', 0],
    ['pytest-skipped', 0],
    ['pytest-collected', 0],
    ['pytest-broken', 1],
  ])('counts the tests that ran in %s', (name, count) => {
    expect(parse(name).testsRun).toBe(count);
  });

  it.each([
    ['a plan of none', 'TAP version 14\n1..0 # no test fits\n', 0],
    ['a plan at the end', 'ok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP slow\n1..3\n', 2],
    ['tests that are all left out', '1..2\nok 1 # skip a\nnot ok 2 # TODO b\n', 0],
    ['the counts of tape', 'ok 1 a\n\n1..1\n# tests 1\n# pass  1\n', 1],
    ['the counts of two runs', '# tests 1\n# pass 1\n# tests 2\n# pass 0\n# fail 2\n', 3],
    ['a range that is no plan', '1..9\n', null],
    ['files in place of tests', '3 files in 0.2s\n2 warnings in 1s\n', null],
    ['reruns beside the tests', '1 passed, 1 warning, 2 rerun in 62.1s (0:01:02)\n', 1],
  ])('counts the tests by %s', (_told, output, count) => {
    expect(parsed(output).testsRun).toBe(count);
  });

  it.each([
    ['mocha-failing', 'test/plex-auth.test.ts', [10, 14]],
    ['jest-failing', 'jt/plex-auth.test.js', [8, 11]],
    ['vitest-failing', 'test/plex-auth.test.js', [10, 13]],
  ])('names each failing test of %s and where it failed', (name, file, lines) => {
    const { diagnostics } = parse(name);
    expect(diagnostics.map((diagnostic) => diagnostic.file)).toEqual([file, file]);
    expect(diagnostics.map((diagnostic) => diagnostic.line)).toEqual(lines);
    expect(diagnostics[0]?.message).toContain('PlexAuth › login › returns the token of a pin: ');
    expect(diagnostics[1]?.message).toContain(
      'PlexAuth › login › rejects an expired pin: TypeError',
    );
  });

  it.each([
    [
      'mocha-failing',
      "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n'abc' !== 'abd'\n+ expected - actual\n-abc\n+abd",
    ],
    [
      'jest-failing',
      'expect(received).toBe(expected) // Object.is equality\nExpected: "abd"\nReceived: "abc"',
    ],
    [
      'vitest-failing',
      'AssertionError: expected \'abc\' to be \'abd\' // Object.is equality\nExpected: "abd"\nReceived: "abc"',
    ],
  ])('tells what the first test of %s expected and received', (name, said) => {
    const title = 'PlexAuth › login › returns the token of a pin';
    expect(parse(name).diagnostics[0]?.message).toBe(`${title}: ${said}`);
  });

  it.each([
    ['jest-broken', 'jt/broken.test.js', 1],
    ['vitest-broken', 'vt/broken.test.js', 2],
  ])('tells a file of %s that could not be loaded', (name, file, line) => {
    const found = parse(name).diagnostics.find((one) => one.file === file);
    expect(found).toMatchObject({ line });
    expect(found?.message).toMatch(/^Test suite failed to run: (?:Error: )?Cannot find module/);
  });

  it('reads what a tool prints as JSON among other output, and its summary only once', () => {
    expect(places('jest-json')).toEqual(places('jest-broken'));
    const { diagnostics, testsRun } = parsed(
      `\n> a@1.0.0 test\n> mocha --reporter json\n\nconsole.log\n${toolOutput('mocha-json')}${toolOutput('tsc')}`,
    );
    expect(testsRun).toBe(4);
    expect(diagnostics).toHaveLength(9);
  });

  it('takes what only begins like a report for output', () => {
    const cut = toolOutput('mocha-json').slice(0, 900);
    expect(parsed(`${cut}\n  1 passing (2ms)\n`).testsRun).toBe(1);
    expect(parsed('{"numFailedTestSuites":1,\n  2 passing (2ms)\n').testsRun).toBe(2);
  });

  it('counts the tests of two runs in one output together', () => {
    const twice = toolOutput('mocha-empty') + toolOutput('mocha-passing');
    expect(parsed(twice).testsRun).toBe(1);
  });
});

describe('parseDiagnostics on anything', () => {
  it.each([
    ['src/main.c:3:9: error: expected expression', 'src/main.c', 3, 9, 'error'],
    ['./lib/a.py:7: warning: unused import', 'lib/a.py', 7, null, 'warning'],
    [String.raw`C:\repo\src\a.ts:4:2: broken`, 'src/a.ts', 4, 2, 'error'],
  ])('reads %s', (line, file, lineNumber, column, severity) => {
    const root = line.startsWith('C:') ? String.raw`C:\repo` : ROOT;
    expect(parsed(line, root).diagnostics).toMatchObject([
      { file, line: lineNumber, column, severity },
    ]);
  });

  it.each([
    ...['tsc', 'tsc-pretty', 'eslint-stylish', 'eslint-colour', 'eslint-unix', 'mocha-failing'],
    ...['jest-failing', 'jest-broken', 'vitest-failing', 'vitest-broken'],
  ])('finds the same in %s of a Windows runner', (name) => {
    const { diagnostics, testsRun } = parsed(onWindows(toolOutput(name)), WINDOWS_ROOT);
    expect(diagnostics.map(({ file, line, column }) => [file, line, column])).toEqual(
      parse(name).diagnostics.map(({ file, line, column }) => [file, line, column]),
    );
    expect(testsRun).toBe(parse(name).testsRun);
  });

  it('keeps no frame of another place, on Windows either', () => {
    const output = `FAIL a.test.js\n  ● t\n\n    x\n      at f (C:\\other\\b.js:1:2)\n      at g (/other/b.js:3:4)\n`;
    expect(parsed(output).diagnostics).toMatchObject([{ file: 'a.test.js', line: null }]);
  });

  it('tells nothing that would have the whole result refused', () => {
    const { diagnostics } = parsed(`${'d/'.repeat(700)}a.ts(1,2): error TS2304: x`);
    expect(diagnostics).toMatchObject([{ file: null, line: 1, message: 'x' }]);
  });

  it('reads a Windows path of TypeScript', () => {
    const output = String.raw`src\deep\a.ts(4,2): error TS2304: Cannot find name 'X'.`;
    expect(parsed(`${output}\r\n`).diagnostics).toMatchObject([
      { file: 'src/deep/a.ts', line: 4, column: 2, message: "Cannot find name 'X'." },
    ]);
  });

  it('tells paths of a command in a subfolder relative to the root', () => {
    expect(
      parsed('../ui/a.ts(1,1): error TS1: Bad.', ROOT, 'packages/core').diagnostics,
    ).toMatchObject([{ file: 'packages/ui/a.ts' }]);
  });

  it.each([
    'https://example.com/a.html:80: not a file',
    '12:30:05: the clock',
    'note: nothing',
    'at 10:5: somewhere',
  ])('finds nothing in %s', (line) => {
    expect(parsed(line).diagnostics).toEqual([]);
  });

  it('never throws, and answers within its bounds', () => {
    const fragment = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\u001b[31m',
        '\n',
        '(1,2): error TS1:',
        '  1) ',
        '  1 failing\n',
        '  ● ',
        ' FAIL ',
        'Tests:',
        '[{"filePath":',
        ':1:2: ',
        'at x (file:///%E0%A4%A:1:2)',
      ),
    );
    fc.assert(
      fc.property(fc.array(fragment), (fragments) => {
        const { diagnostics, testsRun } = parsed(fragments.join(''));
        expect(testsRun === null || testsRun >= 0).toBe(true);
        for (const { message } of diagnostics) expect(message.length).toBeLessThanOrEqual(1000);
      }),
    );
  });

  const SIZE = 40_000;

  it.each([
    ['blanks', ' '],
    ['colons', ':'],
    ['digits', '1'],
    ['parentheses', '('],
    ['escapes', '\u001b['],
    ['places', ':1:1'],
    ['brackets', '[Error/'],
    ['bullets', '  ● x\n'],
    ['bullets of many names', Array.from({ length: 500 }, (_, index) => `  ● ${index}\n`).join('')],
    ['failures', '  1 failing\n  1) a\n'],
    ['numbered failures', '  1 failing\n  1) a\n  2) b\n  3) c\n'],
    ['suites that failed', ' FAIL  a > b\n'],
    ['messages', 'a(1,1): error TS1: x\n  y\n'],
    ['explanations', `a(1,1): error TS1: x\n${'  y\n'.repeat(10_000)}`],
    ['near messages', 'a(1,1): error TS error TS'],
    ['unix messages', 'a.js:1:1: x [Error/y]\n'],
    ['counts of TAP', '# tests 1\n# pass 1\n'],
    ['near files of TAP', 'ok 1 - /a.js b'],
    ['near summaries of pytest', '1 passed, 2 in 3s '],
    ['near reports of Mocha', '{\n  "stats": {\n'],
    ['near reports of Mocha that end', '{\n  "stats": {\n}\n'],
    ['near reports of Jest', '{"numFailedTestSuites":\n'],
    ['near reports of ESLint', '[{"filePath":'],
  ])('takes time in proportion to %s', (_name, piece) => {
    const grown = growth((times) => parsed(piece.repeat(Math.ceil((SIZE * times) / piece.length))));
    expect(grown).toBeLessThan(30);
  });

  it('reads a line of ten megabytes in seconds', () => {
    const line = `a.ts(1,1): error TS1: ${'x'.repeat(10_000_000)}`;
    expect(isDoneWithin(3, () => parsed(line))).toBe(true);
  });
});
