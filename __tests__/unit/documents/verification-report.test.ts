import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { annotate } from '../../../src/documents/check-output.ts';
import { BODY_LIMIT } from '../../../src/documents/truncate.ts';
import {
  isVerificationComment,
  renderNotASessionCheck,
  renderVerificationCheck,
  renderVerificationComment,
  type ReportOutcome,
} from '../../../src/documents/verification-report.ts';
import { cellsOf, hostile } from './gfm.ts';
import { RED, result, TYPE_ERROR } from './views.ts';

const OUTCOMES: readonly ReportOutcome[] = [
  { kind: 'green' },
  { kind: 'red', used: 5, limit: 5 },
  { kind: 'infrastructure', again: null },
  { kind: 'infrastructure', again: { time: 1, limit: 2 } },
  {
    kind: 'stopped',
    reason: { failureType: 'missing-type', reason: 'No `PlexPin`.', by: 'claim' },
  },
  { kind: 'waiting' },
];

describe('renderVerificationCheck', () => {
  it('tells a red head what to fix', () => {
    expect(renderVerificationCheck(RED)).toMatchSnapshot();
  });

  it.each(OUTCOMES)('says what comes next when the outcome is $kind', (outcome) => {
    const { title, summary } = renderVerificationCheck({
      ...RED,
      outcome,
      failures: [],
      commands: [],
      checks: [],
      shed: [],
      escalation: 41,
    });
    expect({ title, summary }).toMatchSnapshot();
    expect(summary).toMatch(/Next: /);
  });

  it('annotates each place inside the repository once', () => {
    const [diagnostic] = TYPE_ERROR.diagnostics;
    if (diagnostic === undefined) throw new Error('The view has a diagnostic.');
    const files = ['src/a.ts', 'src/a.ts', '/etc/passwd', '../b.ts', 'C:\\c.ts', '', null];
    const diagnostics = files.map((file) => ({ ...diagnostic, file, line: null }));
    const { annotations } = renderVerificationCheck({
      ...RED,
      failures: [{ ...TYPE_ERROR, diagnostics }],
    });
    expect(annotations).toEqual([
      {
        path: 'src/a.ts',
        start_line: 1,
        end_line: 1,
        annotation_level: 'failure',
        message: diagnostic.message,
        title: 'typecheck: TS2322',
      },
    ]);
  });

  it('counts what was found and is no longer at hand', () => {
    const failures = [{ ...TYPE_ERROR, omitted: 140 }];
    const { summary, text } = renderVerificationCheck({ ...RED, failures });
    expect(text).toContain('and 140 more');
    expect(summary).toContain('140 more places with a message');
  });

  it('tells apart what is to be fixed and what infrastructure kept from being judged', () => {
    const unjudged = { ...TYPE_ERROR, type: 'infrastructure', source: 'test', diagnostics: [] };
    const { title, summary } = renderVerificationCheck({
      ...RED,
      outcome: { kind: 'red', used: 1, limit: 5 },
      failures: [unjudged, TYPE_ERROR],
    });
    expect(title).toBe('1 failure to fix (self-fix 1 of 5)');
    expect(summary).toContain('1 more could not be judged (infrastructure): the next push');
  });

  it.each<[ReportOutcome, string]>([
    [
      { kind: 'infrastructure', again: { time: 1, limit: 2 } },
      'Run again; no attempt is spent (Retry)',
    ],
    [
      { kind: 'infrastructure', again: null },
      'Mend what kept it from running; a push, or `/session verify`, tries again',
    ],
    [
      { kind: 'red', used: 1, limit: 5 },
      'Nothing: the next push, or `/session verify`, tries again',
    ],
    [
      { kind: 'stopped', reason: { failureType: null, reason: 'Unclear.', by: 'state' } },
      'Nothing: the next push, or `/session verify`, tries again',
    ],
  ])('says of what could not be judged what becomes of it: %j', (outcome, words) => {
    const unjudged = { ...TYPE_ERROR, type: 'infrastructure', source: 'test', diagnostics: [] };
    const { text } = renderVerificationCheck({ ...RED, outcome, failures: [TYPE_ERROR, unjudged] });
    expect(text).toContain('**To do:** Fix type mismatch (Self-fix)');
    expect(text).toContain(`**To do:** ${words}`);
    expect(text.includes('(Retry)')).toBe(words.includes('(Retry)'));
  });

  it('asks for no push where the merge of a red head was accepted', () => {
    const { title, summary } = renderVerificationCheck({ ...RED, outcome: { kind: 'accepted' } });
    expect(title).toMatch(/^\d+ failures?, merged all the same$/u);
    expect(summary).toContain('so the module is complete');
    expect(summary).not.toContain('push');
  });

  it('calls a run without tests what it is', () => {
    const commands = [result({ testsRun: 0 }), result({ testsRun: 1 }), result({ testsRun: 12 })];
    const { summary } = renderVerificationCheck({ ...RED, commands });
    expect(summary).toContain('❌ ran no test');
    expect(summary).toContain('✅ passed (1 test)');
    expect(summary).toContain('✅ passed (12 tests)');
  });

  it.each([
    ['some lines', 'one\ntwo', '(the last 2 lines)'],
    ['one line', 'two', '(the last line)'],
    ['more than is shown', 'line\n'.repeat(3_000), '(the last 1600 lines)'],
  ])('says how much of a log it shows: %s', (_, tail, words) => {
    const commands = [result({ tail })];
    const { text } = renderVerificationCheck({ ...RED, commands, failures: [TYPE_ERROR] });
    expect(text).toContain(`\n\n${words}\n\n\`\`\`text\n`);
  });

  it.each([
    [{ kind: 'signalled', signal: 'SIGKILL' }, '❌ ended by SIGKILL'],
    [{ kind: 'timed-out', afterSeconds: 300 }, '❌ stopped after 300 seconds'],
    [{ kind: 'not-started', reason: 'no such shell' }, '❌ not started: no such shell'],
  ] as const)('names the end %j', (outcome, words) => {
    expect(renderVerificationCheck({ ...RED, commands: [result({ outcome })] }).summary).toContain(
      words,
    );
  });

  it('stays within the limits and keeps its columns whatever the logs hold', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const view = {
          ...RED,
          commands: [result({ name: text, tail: `${text}\n`.repeat(9_000), run: text })],
          checks: [{ title: text, result: 'failed' as const, detail: text }],
          failures: Array.from({ length: 12 }, () => ({ ...TYPE_ERROR, message: text })),
          shed: [text],
        };
        const { summary, text: body } = renderVerificationCheck(view);
        const comment = renderVerificationComment(view);
        for (const part of [summary, body, comment]) {
          expect(part.length).toBeLessThanOrEqual(BODY_LIMIT);
        }
        const rows = summary.split('\n').filter((line) => line.startsWith('|'));
        for (const row of rows.slice(0, 4)) expect(cellsOf(row)).toBe(3);
        expect(isVerificationComment(comment)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('renderVerificationComment', () => {
  it('is the same in one comment', () => {
    expect(renderVerificationComment(RED)).toMatchSnapshot();
  });
});

describe('renderNotASessionCheck', () => {
  it('says why it is there', () => {
    expect(renderNotASessionCheck().summary).toContain('nothing to verify');
  });
});

describe('annotate', () => {
  it('shows errors before warnings and counts what is not shown', () => {
    const place = (line: number, severity: 'error' | 'warning') => ({
      file: 'src/a.ts',
      line,
      column: null,
      severity,
      code: null,
      message: `message ${line}`,
    });
    const diagnostics = [
      place(1, 'warning'),
      ...Array.from({ length: 260 }, (_, index) => place(index + 2, 'error')),
    ];
    const { shown, omitted } = annotate([{ ...TYPE_ERROR, diagnostics }]);
    expect(shown).toHaveLength(250);
    expect(shown.every((one) => one.annotation_level === 'failure')).toBe(true);
    expect(omitted).toBe(11);
    const { summary } = renderVerificationCheck({
      ...RED,
      failures: [{ ...TYPE_ERROR, diagnostics }],
    });
    expect(summary).toContain('11 more places with a message');
  });
});
