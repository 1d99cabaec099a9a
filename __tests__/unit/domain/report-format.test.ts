import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BUILT_IN_REPORT_FORMATS,
  parseReportFormat,
  reportKey,
  reportTitle,
  type ReportKind,
} from '../../../src/domain/report-format.ts';
import { anyText } from '../../support/any-text.ts';

const KINDS: readonly ReportKind[] = ['implementation', 'escalation'];

function template(kind: ReportKind): string {
  return readFileSync(`templates/agents/${BUILT_IN_REPORT_FORMATS[kind].file}`, 'utf8');
}

function titles(markdown: string | null, kind: ReportKind = 'implementation'): readonly string[] {
  return parseReportFormat(markdown, kind).sections.map(({ title }) => title);
}

describe('the built-in formats', () => {
  it.each(KINDS)('are those of the files that a repository is given: %s', (kind) => {
    const text = template(kind);
    expect(text).toContain('```markdown');
    expect(parseReportFormat(text, kind)).toEqual(BUILT_IN_REPORT_FORMATS[kind]);
    const renamed = text.replace('## Summary', '## Overview').replace('## Options', '## Overview');
    expect(titles(renamed, kind)).toContain('Overview');
  });

  it.each([
    ['no file', null],
    ['an empty file', ''],
    ['no heading of that name', '# Rules\n\n```markdown\n## Own\n```'],
    [
      'no block below the heading',
      '## Implementation report\n\nText.\n\n## Else\n\n```md\n## Own\n```',
    ],
    ['a block of another language', '## Implementation report\n\n```text\n## Own\n```'],
    ['an empty block', '## Implementation report\n\n```markdown\n```'],
    [
      'a block with neither keys nor sections',
      '## Implementation report\n\n```markdown\n# Title\nText\n```',
    ],
    [
      'a block that is shown inside another',
      '## Implementation report\n\n````text\n```markdown\n## Own\n```\n````',
    ],
  ])('count where there is %s', (_case, markdown) => {
    expect(parseReportFormat(markdown, 'implementation')).toEqual(
      BUILT_IN_REPORT_FORMATS.implementation,
    );
  });
});

describe('parseReportFormat', () => {
  it.each([
    ['our word', '## Implementation report'],
    ['the template’s word', '# Output Format'],
    ['more words around it', '### 3. The *implementation report* format'],
  ])('finds the section by %s', (_case, heading) => {
    expect(titles(`# Agent\n\n${heading}\n\nText.\n\n\`\`\`md\n## Own\n\`\`\``)).toEqual(['Own']);
  });

  it('goes on to the next section of that name where the first holds no block', () => {
    const text =
      '## When to write an escalation report\n\nNow.\n\n## Escalation Format\n\n~~~markdown\n## Own\n~~~';
    expect(titles(text, 'escalation')).toEqual(['Own']);
  });

  it('reads keys with their examples, and sections with their hints', () => {
    const block = [
      '---',
      'module: [module-id]',
      'reviewer: "@somebody"',
      '---',
      '# Report of Work: [name]',
      '',
      '## First',
      '',
      'What it is.',
      '### Within',
      '## Second (if any)',
    ].join('\n');
    expect(
      parseReportFormat(`## Output format\n\n\`\`\`markdown\n${block}\n\`\`\``, 'implementation'),
    ).toEqual({
      file: 'coding-agent.md',
      title: 'Report of Work',
      keys: [
        { name: 'module', example: '[module-id]' },
        { name: 'reviewer', example: '@somebody' },
      ],
      sections: [
        { title: 'First', hint: 'What it is.\n### Within', required: true },
        { title: 'Second (if any)', hint: '', required: false },
      ],
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(parseReportFormat(`## Output format\n${text}`, 'implementation').title).not.toBe('');
      }),
    );
  });
});

describe('names', () => {
  it.each([
    ['session', 'sessionId'],
    ['Session-ID', 'session_id'],
    ['module', 'module-id'],
    ['failureType', 'failure-type'],
  ])('of keys are the same however they are spelt: %s, %s', (one, other) => {
    expect(reportKey(one)).toBe(reportKey(other));
  });

  it.each([
    ['Summary', 'summary:'],
    ['Notes', 'NOTES (optional)'],
    ['Notes (if any)', 'Notes.'],
  ])('of sections are the same in their words: %s, %s', (one, other) => {
    expect(reportTitle(one)).toBe(reportTitle(other));
  });
});
