import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_FAILURES, REPORT_SOURCE } from '../../../src/domain/failure.ts';
import type { ReportGap } from '../../../src/domain/report-format.ts';
import { incompleteReport } from '../../../src/failures/report.ts';

const PATH = 'orchestration-docs/reports/plex-auth-2.md';
const FORMAT = { file: 'coding-agent.md' };

function gap(message: string, line: number | null = null): ReportGap {
  return { message, line };
}

describe('incompleteReport', () => {
  it('is nothing where nothing is lacking', () => {
    expect(incompleteReport('plex-auth', PATH, FORMAT, [])).toBeNull();
  });

  it('is one failure that names each gap with its place', () => {
    const gaps = [
      gap('The front matter lacks `session`.', 1),
      gap('The section "Files" is missing.'),
    ];
    expect(incompleteReport('plex-auth', PATH, FORMAT, gaps)).toMatchObject({
      type: 'protocol-violation',
      source: REPORT_SOURCE,
      message: `The implementation report \`${PATH}\` is not as \`coding-agent.md\` asks. The front matter lacks \`session\`. The section "Files" is missing.`,
      diagnostics: [
        { file: PATH, line: 1, severity: 'error', message: 'The front matter lacks `session`.' },
        { file: PATH, line: null, message: 'The section "Files" is missing.' },
      ],
    });
    expect(BUILT_IN_FAILURES.map(({ id }) => id)).toContain('protocol-violation');
  });

  it('tells the first of many, and how many more there are', () => {
    const gaps = Array.from({ length: 9 }, (_, at) => gap(`Gap ${at}.`));
    const failure = incompleteReport('plex-auth', PATH, FORMAT, gaps);
    expect(failure?.message).toMatch(/Gap 4\. And 4 more\.$/);
    expect(failure?.diagnostics).toHaveLength(9);
  });

  it('has one fingerprint for the same gaps, wherever they stand and in whichever attempt', () => {
    const message = 'The section "Files" is empty.';
    const first = incompleteReport('plex-auth', PATH, FORMAT, [gap(message, 3)]);
    const again = incompleteReport('plex-auth', PATH.replace('-2', '-3'), FORMAT, [
      gap(message, 30),
    ]);
    const other = incompleteReport('plex-auth', PATH, FORMAT, [
      gap('The section "Files" is missing.'),
    ]);
    expect(first?.fingerprint).toBe(again?.fingerprint);
    expect(first?.fingerprint).not.toBe(other?.fingerprint);
  });
});
