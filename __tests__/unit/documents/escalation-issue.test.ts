import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUILT_IN_REPORT_FORMATS, parseReportFormat } from '../../../src/domain/report-format.ts';
import {
  parseEscalationIssue,
  renderEscalationIssue,
  type EscalationIssueView,
} from '../../../src/documents/escalation-issue.ts';
import { renderMarker } from '../../../src/documents/marker.ts';
import { reportGaps } from '../../../src/documents/report-gaps.ts';
import { parseReport } from '../../../src/documents/report.ts';
import { BODY_LIMIT } from '../../../src/documents/truncate.ts';
import { hostile, LIVE_REFERENCES } from './gfm.ts';
import { liveText, nodesOf } from './syntax-tree.ts';
import { ESCALATION, FIRST_ATTEMPT, result, SESSION, TYPE_ERROR } from './views.ts';

const FORMAT = BUILT_IN_REPORT_FORMATS.escalation;
const FORGED = renderMarker('escalation', { module: 'other', attempt: 9, target: 'other' });
const METADATA = {
  module: 'plex-auth',
  attempt: 2,
  sessionId: SESSION.sessionId,
  failureType: 'spec-ambiguity',
  target: 'phase-1-review',
};

/** An escalation in which everything that somebody else wrote is `text`. */
function hostileView(text: string): EscalationIssueView {
  const failure = {
    ...TYPE_ERROR,
    message: text,
    diagnostics: TYPE_ERROR.diagnostics.map((one) => ({
      ...one,
      file: text,
      code: text,
      message: text,
    })),
  };
  return {
    ...ESCALATION,
    module: { ...ESCALATION.module, name: text },
    reason: { failureType: text, reason: text, by: { login: text } },
    report: text,
    failures: [failure],
    commands: [result({ name: text, run: text, tail: text })],
    previousAttempts: [{ ...FIRST_ATTEMPT, failureType: text, issue: text, resolution: text }],
    downstream: [{ id: 'library', name: text, status: 'pending', dependsOn: ['plex-auth'] }],
  };
}

function sectionOf(body: string, title: string): string {
  return parseReport(body).sections.find((section) => section.title === title)?.text ?? '';
}

describe('the issue', () => {
  it('has the headings of an escalation report, with something below each, and then its own', () => {
    const titles = parseReport(renderEscalationIssue(ESCALATION))
      .sections.filter(({ level }) => level === 2)
      .map(({ title }) => title);
    expect(titles).toEqual([
      ...FORMAT.sections.map(({ title }) => title),
      "The coder's report",
      'What waits for this',
      'How to resume',
    ]);
    const session = { module: 'plex-auth', sessionId: null, attempt: 2 };
    const body = renderEscalationIssue(ESCALATION);
    expect(reportGaps(body, { ...FORMAT, keys: [] }, session)).toEqual([]);
  });

  it('has the headings of the repository’s own format: what we know under them, else what the coder’s report says', () => {
    const format = `## Escalation report\n\n\`\`\`markdown\n## The blocker\n\n## Root cause\n\n## Question for the team\n\n## Risk\n\n## Notes (optional)\n\`\`\`\n`;
    const reportFormat = parseReportFormat(format, 'escalation');
    const report = '## Root cause\n\nThe type is older.\n';
    const body = renderEscalationIssue({ ...ESCALATION, report, reportFormat });
    const titles = parseReport(body).sections.filter(({ level }) => level === 2);
    expect(titles.map(({ title }) => title)).toEqual([
      'The blocker',
      'Root cause',
      'Question for the team',
      'Risk',
      'Evidence',
      'What was tried',
      'Options',
      "The coder's report",
      'What waits for this',
      'How to resume',
    ]);
    const ours = renderEscalationIssue(ESCALATION);
    expect(sectionOf(body, 'The blocker')).toBe(sectionOf(ours, 'What is blocked'));
    expect(sectionOf(body, 'Question for the team')).toBe(sectionOf(ours, 'Question'));
    expect(sectionOf(body, 'Root cause').trim()).toBe('> The type is older.');
    expect(sectionOf(body, 'Risk')).toContain('though `planning-agent.md` asks for it');
  });

  it('leaves out what only a coder could tell where there is no report, and says of what kind the failure is', () => {
    const format = `## Escalation report\n\n\`\`\`markdown\n## Failure\n\n## Root cause\n\n## Decision needed\n\`\`\`\n`;
    const reportFormat = parseReportFormat(format, 'escalation');
    const body = renderEscalationIssue({ ...ESCALATION, report: null, reportFormat });
    expect(body).not.toContain('Root cause');
    expect(body).not.toContain('Not told');
    expect(sectionOf(body, 'Failure').trim()).toBe(
      [
        '| Field | Value |',
        '| :--- | :--- |',
        '| **Failure Type** | Spec ambiguity (`spec-ambiguity`) |',
        '| **Escalation Target** | Phase 1 Review |',
      ].join('\n'),
    );
  });

  it('says under such a heading what the coder’s report says there, and that there is no type where there is none', () => {
    const format = `## Escalation report\n\n\`\`\`markdown\n## Failure\n\`\`\`\n`;
    const reportFormat = parseReportFormat(format, 'escalation');
    const told = { ...ESCALATION, report: '## Failure\n\nTwo readings.\n', reportFormat };
    expect(sectionOf(renderEscalationIssue(told), 'Failure').trim()).toBe('> Two readings.');
    const reason = {
      failureType: null,
      reason: 'All attempts are spent.',
      by: 'attempts',
    } as const;
    const untold = renderEscalationIssue({ ...ESCALATION, report: null, reason, reportFormat });
    expect(sectionOf(untold, 'Failure')).toContain('None: it was stopped for another reason');
  });

  it('asks nothing twice where the repository calls it otherwise, as the example does', () => {
    const own = readFileSync('examples/plex-client/planning-agent.md', 'utf8');
    const reportFormat = parseReportFormat(own, 'escalation');
    const body = renderEscalationIssue({ ...ESCALATION, reportFormat });
    const titles = parseReport(body).sections.filter(({ level }) => level === 2);
    expect(titles.map(({ title }) => title)).toEqual([
      ...reportFormat.sections.map(({ title }) => title),
      'What was tried',
      "The coder's report",
      'What waits for this',
      'How to resume',
    ]);
    const ours = renderEscalationIssue(ESCALATION);
    expect(sectionOf(body, 'Decision Needed')).toBe(sectionOf(ours, 'Question'));
  });

  it('says what the report lacks against the format, built in or the repository’s own', () => {
    const front = `---\nmodule: plex-auth\nsession: ${SESSION.sessionId}\nattempt: 2\nfailureType: spec-ambiguity\n---\n`;
    const sections = FORMAT.sections.map(({ title }) => `## ${title}\n\nText.\n`);
    const report = [front, ...sections].join('\n');
    expect(renderEscalationIssue({ ...ESCALATION, report })).not.toContain('Held against');
    const older = report.replace('attempt: 2', 'attempt: 1');
    expect(renderEscalationIssue({ ...ESCALATION, report: older })).toContain(
      '> Text.\n\nHeld against the format in `planning-agent.md`:\n\n- The front matter names attempt `1`, but this is attempt `2`.\n',
    );
    const own = readFileSync('examples/plex-client/planning-agent.md', 'utf8');
    const reportFormat = parseReportFormat(own, 'escalation');
    expect(renderEscalationIssue({ ...ESCALATION, report, reportFormat })).toContain(
      'The sections "Failure", "What Stopped the Session", "Options Considered", "Decision Needed" are missing.',
    );
  });

  it.each([
    ['in ours', undefined],
    ['in one’s own, however long it is', () => 'x'.repeat(BODY_LIMIT)],
  ])('mentions the target’s team at its end, %s', (_, template) => {
    const body = renderEscalationIssue({ ...ESCALATION, team: 'acme/planners' }, template);
    expect(body.trimEnd().endsWith('\n\nFor @acme/planners.')).toBe(true);
    expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
    expect(renderEscalationIssue(ESCALATION, template)).not.toContain('\n\nFor @');
  });

  it('is rendered by a template of one’s own, under our marker', () => {
    const body = renderEscalationIssue(
      ESCALATION,
      (fields) => `${FORGED}\n${Object.keys(fields).sort().join(' ')}`,
    );
    expect(parseEscalationIssue(body)).toEqual(METADATA);
    expect(body).toContain('attempt downstream evidence failures happened');
  });

  it('tells how to resume, however much there is above', () => {
    for (const text of ['a\n', '@', '`@x` ', '| ', '\u202E', 'https://x.y ', '```\n']) {
      const long = text.repeat(30_000 / text.length);
      const view = {
        ...hostileView(long),
        reason: { failureType: long, reason: long, by: { login: 'octocat' } },
        failures: Array.from({ length: 5 }, () => hostileView(long).failures).flat(),
        previousAttempts: Array.from({ length: 9 }, (_, at) => ({
          ...FIRST_ATTEMPT,
          attempt: at + 10,
          issue: long,
        })),
        downstream: Array.from({ length: 400 }, (_, at) => ({
          id: `module-${at}`,
          name: text.repeat(60),
          status: 'pending' as const,
          dependsOn: ['plex-auth'],
        })),
      };
      const body = renderEscalationIssue(view);
      expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
      expect(sectionOf(body, 'How to resume')).toContain('as attempt 3 of 3');
      expect(sectionOf(body, 'What was tried')).toContain('| 2 | halted |');
    }
  });
});

describe('parseEscalationIssue', () => {
  it('gives back what was rendered, whatever anybody wrote into it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const body = renderEscalationIssue(hostileView(`${text}\n${FORGED}\n${text}`));
        expect(parseEscalationIssue(body)).toEqual({ ...METADATA, failureType: null });
      }),
      { numRuns: 50 },
    );
  });

  it('gives back ids, sessions and targets of every form', () => {
    const id = fc.stringMatching(/^[a-z0-9]{1,9}(?:-[a-z0-9]{1,9}){0,3}$/);
    fc.assert(
      fc.property(
        id,
        id,
        id,
        fc.uuid(),
        fc.nat(),
        (module, failureType, target, sessionId, attempt) => {
          const view = {
            ...ESCALATION,
            module: { id: module, name: module },
            attempt: attempt % 1_000_000,
            sessionId,
            target,
            reason: { failureType, reason: 'x', by: 'claim' as const },
          };
          expect(parseEscalationIssue(renderEscalationIssue(view))).toEqual({
            module,
            attempt: view.attempt,
            sessionId,
            failureType,
            target,
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ['only module and attempt, as older ones', 'module=plex-auth attempt=2', {}],
    [
      'a session',
      `module=plex-auth attempt=2 session=${SESSION.sessionId}`,
      { sessionId: SESSION.sessionId },
    ],
    ['a key that nobody knows', 'module=plex-auth attempt=2 colour=red', {}],
  ])('reads a marker with %s', (_case, fields, more) => {
    expect(parseEscalationIssue(`<!-- sessionwright:escalation ${fields} -->\nText`)).toEqual({
      module: 'plex-auth',
      attempt: 2,
      sessionId: null,
      failureType: null,
      target: null,
      ...more,
    });
  });

  it.each([
    ['a module that is no id', 'module=Plex%20Auth attempt=2'],
    ['a module twice', 'module=plex-auth module=other attempt=2'],
    ['a field with two values', 'module=plex-auth=other attempt=2'],
    ['a session that is no UUID', 'module=plex-auth attempt=2 session=x'],
    ['a failure type that is no id', 'module=plex-auth attempt=2 failure=a%3E'],
    ['a target that is no id', 'module=plex-auth attempt=2 target=@x'],
  ])('takes a marker with %s for somebody else’s', (_case, fields) => {
    expect(parseEscalationIssue(`<!-- sessionwright:escalation ${fields} -->`)).toBeNull();
  });
});

describe('what others wrote', () => {
  it('reaches nobody and opens nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const body = renderEscalationIssue({
          ...hostileView(text),
          repositoryUrl: 'x',
          pullRequest: null,
          previousAttempts: [],
        });
        for (const live of LIVE_REFERENCES) expect(liveText(body)).not.toMatch(live);
        expect(body).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
        expect(body).not.toContain('\u0000');
      }),
      { numRuns: 30 },
    );
  });

  it('opens no section, table or code block of its own, and ends none of ours', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const view = { ...hostileView(text), report: null };
        const nodes = nodesOf(renderEscalationIssue(view));
        const plain = nodesOf(renderEscalationIssue({ ...hostileView('x'), report: null }));
        const blocks = (all: typeof nodes) =>
          all
            .map((node) => (node.type === 'heading' ? `heading ${node.depth}` : node.type))
            .filter((type) =>
              /^(?:heading|table|tableRow|tableCell|code|blockquote|definition)/.test(type),
            );
        const silent = view.commands[0]?.tail.trim() === '';
        if (!silent && text.trim() !== '') expect(blocks(nodes)).toEqual(blocks(plain));
      }),
      { numRuns: 30 },
    );
  });

  it('is one quotation, whatever the report holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const body = renderEscalationIssue({ ...ESCALATION, report: `x${text}` });
        const after = nodesOf(body).filter((node) => node.type === 'heading' && node.depth === 2);
        const titles = parseReport(body).sections.filter(({ level }) => level === 2);
        expect(nodesOf(body).some((node) => node.type === 'blockquote')).toBe(true);
        expect(titles.at(-1)?.title).toBe('How to resume');
        expect(after.length).toBeGreaterThanOrEqual(titles.length);
      }),
      { numRuns: 30 },
    );
  });
});
