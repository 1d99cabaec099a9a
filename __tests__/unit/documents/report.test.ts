import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadStory, readStoryFiles } from '../../../examples/plex-client-coder/story.ts';
import {
  BUILT_IN_REPORT_FORMATS,
  parseReportFormat,
  type ReportFormat,
  type ReportKind,
} from '../../../src/domain/report-format.ts';
import { findFences } from '../../../src/domain/markdown-fences.ts';
import { sessionPaths } from '../../../src/domain/session.ts';
import { reportGaps } from '../../../src/documents/report-gaps.ts';
import { parseReport, renderReport, reportMetadata } from '../../../src/documents/report.ts';
import { hostile } from './gfm.ts';
import { anyText } from '../../support/any-text.ts';

const KINDS: readonly ReportKind[] = ['implementation', 'escalation'];
const UUID = '550e8400-e29b-41d4-a716-446655440000';
const VIEW = {
  module: { id: 'plex-auth', name: 'Plex Authentication' },
  sessionId: UUID,
  attempt: 2,
};
const SESSION = { module: 'plex-auth', sessionId: UUID, attempt: 2 };

const FORMAT: ReportFormat = {
  file: 'coding-agent.md',
  title: 'Report',
  keys: [
    { name: 'module', example: '[module-id]' },
    { name: 'session', example: '[session-id]' },
    { name: 'attempt', example: '[N]' },
    { name: 'reviewer', example: '<login>' },
  ],
  sections: [
    { title: 'Summary', hint: '[What was built]', required: true },
    { title: 'Decisions', hint: '| A  | B |\n| :-- | -- |\n| None | [b] |', required: true },
    { title: 'Limits', hint: '- None', required: true },
    { title: 'Notes (optional)', hint: '', required: false },
  ],
};

const REPORT = [
  '---',
  'module: plex-auth',
  `session: ${UUID}`,
  'attempt: 2',
  'reviewer: octocat',
  '---',
  '',
  '# Report: Plex Authentication',
  '',
  '## Summary',
  '',
  'Built.',
  '',
  '## Decisions',
  '',
  '- A',
  '',
  '## Limits',
  '',
  '- None',
  '',
].join('\n');

function gapsOf(
  text: string | null,
  session: Parameters<typeof reportGaps>[2] = SESSION,
): string[] {
  return reportGaps(text, FORMAT, session).map(({ message }) => message);
}

describe('renderReport', () => {
  it.each(KINDS)('is the repository’s own block with the session filled in: %s', (kind) => {
    const file = readFileSync(`templates/agents/${BUILT_IN_REPORT_FORMATS[kind].file}`, 'utf8');
    const block = findFences(file.split('\n')).find(({ language }) => language === 'markdown');
    const filled = (block?.lines.join('\n') ?? '')
      .replace('[module-id]', 'plex-auth')
      .replace('[session-id]', UUID)
      .replace('[N]', '2')
      .replace('[missing-type, spec-ambiguity or impossible-assertion]', '"$&"')
      .replace('[Module Name]', 'Plex Authentication');
    expect(renderReport(kind, VIEW)).toBe(`${filled}\n`);
  });

  it('is read back whatever module and session are called', () => {
    const name = fc.oneof(hostile, anyText());
    fc.assert(
      fc.property(
        name,
        name,
        name,
        fc.integer({ min: 1, max: 999_999 }),
        (id, title, sessionId, attempt) => {
          for (const kind of KINDS) {
            const format = BUILT_IN_REPORT_FORMATS[kind];
            const report = renderReport(kind, { module: { id, name: title }, sessionId, attempt });
            const parsed = parseReport(report);
            expect(reportMetadata(parsed)).toEqual({ module: id, sessionId, attempt });
            expect(
              parsed.sections.filter(({ level }) => level === 2).map((one) => one.title),
            ).toEqual(format.sections.map((one) => one.title));
          }
        },
      ),
    );
  });

  it.each(KINDS)('is no report yet: %s', (kind) => {
    const format = BUILT_IN_REPORT_FORMATS[kind];
    const gaps = reportGaps(renderReport(kind, VIEW), format, SESSION).map(
      ({ message }) => message,
    );
    expect(gaps).toEqual([
      ...(kind === 'escalation' ? ['The front matter leaves `failureType` open.'] : []),
      ...format.sections.map(
        ({ title }) => `The section "${title}" still holds what the format says of it.`,
      ),
    ]);
  });

  it('follows a format of one’s own', () => {
    const format = {
      file: 'coding-agent.md',
      title: 'Work',
      keys: [],
      sections: FORMAT.sections.slice(2),
    };
    expect(renderReport('implementation', VIEW, format)).toBe(
      '# Work: Plex Authentication\n\n## Limits\n\n- None\n\n## Notes (optional)\n',
    );
  });
});

describe('parseReport', () => {
  it('reads front matter and sections, and keeps the line numbers', () => {
    const report = parseReport(REPORT);
    expect(report.sections.map(({ title, line }) => [title, line])).toEqual([
      ['Report: Plex Authentication', 8],
      ['Summary', 10],
      ['Decisions', 14],
      ['Limits', 18],
    ]);
    expect(report.frontMatter?.get('attempt')).toEqual({ value: '2', line: 4 });
    expect(report.body).not.toContain('reviewer');
  });

  it.each([
    ['attempt: 2 of 3', 2],
    ['attempt: "2"', 2],
    ['attempt: two', null],
    ['attempt: 0', null],
    ['attempts: 2', null],
  ])('reads the attempt of %j', (line, attempt) => {
    expect(reportMetadata(parseReport(`---\n${line}\n---`)).attempt).toBe(attempt);
  });

  it('finds a section behind front matter that ends in dots', () => {
    expect(parseReport('---\na: b\n...\n## A\n\n---\n').sections.map(({ title }) => title)).toEqual(
      ['A'],
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(parseReport(text).body.length).toBeLessThanOrEqual(text.length);
        expect(
          parseReport(`---\n${text}\n---\n${text}`).sections.every(({ line }) => line > 0),
        ).toBe(true);
      }),
    );
  });
});

describe('reportGaps', () => {
  it('finds none where all is there', () => {
    expect(gapsOf(REPORT)).toEqual([]);
    expect(gapsOf(REPORT.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(gapsOf(`${REPORT}\n## More\n\n### And more\n`)).toEqual([]);
  });

  it.each([
    ['keys spelt otherwise', 'session:', 'Session-ID:'],
    ['an attempt as the document tells it', 'attempt: 2', 'attempt: 2 of 3'],
    ['a session in capitals', UUID, UUID.toUpperCase()],
    ['sections of another rank and case', '## Summary', '### SUMMARY:'],
    ['sections in another order', '## Limits\n\n- None', ''],
    ['a section underlined', '## Summary', 'Summary\n-------'],
    ['a section that is a picture', 'Built.', '🚀'],
  ])('lets pass %s', (_case, from, to) => {
    const moved = to === '' ? REPORT.replace('## Summary', `${from}\n\n## Summary`) : REPORT;
    expect(gapsOf(to === '' ? moved : REPORT.replace(from, to))).toEqual([]);
  });

  it.each([
    [
      'no front matter',
      /^---[^]*?---\n/,
      '',
      [
        'The file does not begin with front matter, two lines `---` around `module`, `session`, `attempt`, `reviewer`.',
      ],
    ],
    ['a key less', 'reviewer: octocat\n', '', ['The front matter lacks `reviewer`.']],
    ['a key without a value', 'octocat', '', ['The front matter leaves `reviewer` open.']],
    ['a placeholder', 'octocat', '<login>', ['The front matter leaves `reviewer` open.']],
    [
      'the format’s own placeholder for the module',
      'plex-auth',
      '[module-id]',
      ['The front matter leaves `module` open.'],
    ],
    [
      'a placeholder of another format for the session',
      UUID,
      '[UUID-v4]',
      ['The front matter leaves `session` open.'],
    ],
    [
      'another module',
      'plex-auth',
      'storage',
      ['The front matter names module `storage`, but this is module `plex-auth`.'],
    ],
    [
      'another session',
      '550e',
      '660e',
      [`The front matter names session \`660e${UUID.slice(4)}\`, but this is session \`${UUID}\`.`],
    ],
    [
      'another attempt',
      'attempt: 2',
      'attempt: 1',
      ['The front matter names attempt `1`, but this is attempt `2`.'],
    ],
    [
      'an attempt that is no number',
      'attempt: 2',
      'attempt: second',
      ['The front matter names attempt `second`, but this is attempt `2`.'],
    ],
    ['a section less', '## Summary', 'Summary', ['The section "Summary" is missing.']],
    [
      'a section in code',
      '## Summary\n\nBuilt.',
      '```\n## Summary\n\nBuilt.\n```',
      ['The section "Summary" is missing.'],
    ],
    ['an empty section', 'Built.', '', ['The section "Summary" is empty.']],
    [
      'a section of nothing but a comment',
      'Built.',
      '<!-- later -->',
      ['The section "Summary" is empty.'],
    ],
    [
      'a section of nothing but a heading',
      'Built.',
      '### Later\n\n- \n',
      ['The section "Summary" is empty.'],
    ],
    [
      'a section not filled in',
      'Built.',
      '[What was  built]',
      ['The section "Summary" still holds what the format says of it.'],
    ],
    [
      'a table not filled in, in another width',
      '- A',
      '| A | B |\n|:---|---|\n| None | [b] |',
      ['The section "Decisions" still holds what the format says of it.'],
    ],
  ])('names what is wrong with %s', (_case, from, to, gaps) => {
    expect(gapsOf(REPORT.replace(from, to))).toEqual(gaps);
  });

  it('names what is missing in one sentence', () => {
    const empty = REPORT.replace(/^(?:session|reviewer).*\n/gm, '').replace(
      /^## (?:Summary|Limits)/gm,
      'x',
    );
    expect(gapsOf(empty)).toEqual([
      'The front matter lacks `session`, `reviewer`.',
      'The sections "Summary", "Limits" are missing.',
    ]);
  });

  it('names the line where there is one', () => {
    const wrong = REPORT.replace('attempt: 2', 'attempt: 1').replace('Built.', '');
    expect(reportGaps(wrong, FORMAT, SESSION).map(({ line }) => line)).toEqual([4, 10]);
  });

  it('reads nothing that is not there or has no end', () => {
    expect(gapsOf(null)).toEqual(['There is no such file.']);
    expect(gapsOf('x'.repeat(200_001))).toEqual([
      'The file has more than 200,000 characters and is not read; shorten it.',
    ]);
  });

  it('holds nothing against a session that the state does not know', () => {
    expect(gapsOf(REPORT, { ...SESSION, sessionId: null })).toEqual([]);
  });

  it('asks for no front matter where the format has none', () => {
    const sections = { ...FORMAT, keys: [] };
    expect(reportGaps(REPORT.replace(/^---[^]*?---\n/, ''), sections, SESSION)).toEqual([]);
    for (const other of ['x', '[module-id]']) {
      expect(reportGaps(REPORT.replace('plex-auth', other), sections, SESSION)).toHaveLength(1);
    }
  });

  it('quotes what it found in one short line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const report = REPORT.replace(
          'module: plex-auth',
          () => `module: ${JSON.stringify(`x${text.repeat(50)}`)}`,
        );
        for (const message of gapsOf(report)) {
          expect(message).not.toMatch(/\n/);
          expect(message.length).toBeLessThan(300);
        }
      }),
    );
  });

  it('takes no longer for reports made to slow it down', () => {
    const bombs = ['<!--', '`', '> ', '- ', '|-', '#', '\n# ', ' \t', '*a', '['];
    for (const bomb of bombs) {
      const text = `---\nmodule: ${'x'.repeat(1_000)}\n---\n## Summary\n${bomb.repeat(150_000 / bomb.length)}`;
      expect(gapsOf(text).length).toBeGreaterThan(0);
    }
  });
});

describe('the example’s reports', () => {
  const example = (file: string): string =>
    readFileSync(
      fileURLToPath(new URL(`../../../examples/plex-client/${file}`, import.meta.url)),
      'utf8',
    );
  const pushes = loadStory().sessions.flatMap((session) =>
    session.pushes.map((push) => ({ ...session, ...push })),
  );

  it.each(pushes)('follow the format that the example declares: $message', (push) => {
    const { module, attempt, directory } = push;
    const kind = push.expect.result === 'halt' ? 'escalation' : 'implementation';
    const format = parseReportFormat(example(BUILT_IN_REPORT_FORMATS[kind].file), kind);
    const paths = sessionPaths(module, attempt, 'orchestration-docs');
    const path = kind === 'escalation' ? paths.escalationReport : paths.report;
    const files = readStoryFiles(directory, { sessionId: UUID, now: '2026-01-12T09:30:00.000Z' });
    const report = files.find((file) => file.path === path)?.content ?? null;
    expect(format).not.toBe(BUILT_IN_REPORT_FORMATS[kind]);
    expect(reportGaps(report, format, { module, sessionId: UUID, attempt })).toEqual([]);
  });
});
