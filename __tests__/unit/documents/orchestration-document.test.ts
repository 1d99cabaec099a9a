import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  parseOrchestrationDocument,
  renderOrchestrationDocument,
} from '../../../src/documents/orchestration-document.ts';
import { deliverablesOf, parseConfig } from '../../../src/domain/config.ts';
import { failureTable } from '../../../src/domain/failure.ts';
import { formatProblem } from '../../../src/domain/problem.ts';
import { cellsOf, hostile } from './gfm.ts';
import { DOCUMENT, gate, SESSION, VERDICTS } from './views.ts';

const FIXTURE = new URL('../../fixtures/orchestration-template.md', import.meta.url);

const OWN_CONFIG = `version: 1
failures:
  - { id: licence, title: Licence, indicator: A file without its notice, action: halt, target: legal-desk }
escalation:
  legal-desk: { labels: [legal] }
deliverables:
  - { path: 'lib/[module-name]/[ModuleName].ts', comment: The class }
  - { path: 'lib/[module-name]/notes.md', optional: true }
code-style: [Be kind]
modules:
  plex-auth: { prompt: 1 }
  player:
    prompt: 2
    deliverables:
      - { path: src/own.ts }
      - { path: src/types.ts, comment: Types (if any), optional: true }
`;

const PLACEHOLDERS =
  /\[(?:MODULE_NAME|module-id|module-name|ModuleName|session-id|UUID-v4|ISO timestamp|version|dep-[12]|status|N-1|N|X\]-\[Y|passed\/failed|description|what was fixed|List [^\]]*)\]|<module-id>|✅\/❌/g;

/** The template inside the reference: what stands between its outer fences. */
function templateLines(): readonly string[] {
  const text = readFileSync(FIXTURE, 'utf8');
  const start = text.indexOf('```markdown\n') + '```markdown\n'.length;
  const end = text.indexOf('\n```\n', text.indexOf('*Template version'));
  return text.slice(start, end).split('\n');
}

/** A pattern for the line that a template line becomes: its words to the letter, its fields filled. */
function counterpart(line: string): RegExp {
  if (line.startsWith('- [List')) return /^- .+$/;
  const pattern = line
    .split(PLACEHOLDERS)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.+')
    .replace(/ +#(?= [A-Z])/, ' +#')
    .replace('- \\[ \\] ', '- \\[[ x]\\] ')
    .replace(/(\\\.(?:md|ts))\\\) \\\|/, '$1[^)]*\\).* \\|')
    .replace(
      '\\| `spec-pack/context-handoff/.+\\.md` \\|',
      '\\| .*`spec-pack/context-handoff/.+\\.md`.* \\|',
    );
  return new RegExp(`^${pattern}${/^\d\. /.test(line) ? '.*' : ' *'}$`);
}

/** The first template line that no line of the document stands for, each looked for below the last. */
function firstMissing(document: readonly string[]): string | null {
  let at = 0;
  for (const line of templateLines()) {
    if (line === '') continue;
    const pattern = counterpart(line);
    const found = document.findIndex((one, index) => index >= at && pattern.test(one));
    if (found === -1) return line;
    at = found + 1;
  }
  return null;
}

describe('renderOrchestrationDocument', () => {
  it('has a counterpart for every line of the template, in its order', () => {
    expect(templateLines().length).toBeGreaterThan(130);
    expect(firstMissing(renderOrchestrationDocument(DOCUMENT).split('\n'))).toBeNull();
  });

  it('is found wanting without any one of these lines', () => {
    const lines = renderOrchestrationDocument(DOCUMENT).split('\n');
    const words = /^#|^\| \*\*|^\*|^> |→|Self-fix|^\d\.|`_`|JSDoc|├──|└──|^ +"/;
    for (const line of lines.filter((one) => words.test(one) && !one.startsWith('| Protocol'))) {
      const without = lines.filter((one) => one !== line);
      expect([line, firstMissing(without)]).not.toEqual([line, null]);
    }
  });

  it('reads as it should', () => {
    expect(renderOrchestrationDocument(DOCUMENT)).toMatchSnapshot();
  });

  it('keeps every heading and says None in a first attempt without dependencies', () => {
    const text = renderOrchestrationDocument({
      ...DOCUMENT,
      dependencies: [],
      verdicts: VERDICTS.filter(({ gate: id }) => !id.startsWith('dependency:')),
      types: [],
      previousAttempts: [],
      specChanges: [],
    });
    expect(text).toContain('| :--- | :--- | :--- | :---: |\n| None | — | — | — |\n');
    expect(text).toContain(
      '| Attempt | Outcome | Issue | Resolution |\n| :--- | :--- | :--- | :--- |\n| None | — | — | — |\n',
    );
    expect(text).toContain('### Blockers Cleared Since Last Attempt\n\n- None\n');
    expect(text).toContain('### Spec Updates Since Last Attempt\n\n- None\n');
    expect(text).toContain(
      '- [x] All dependencies marked `complete` in implementation-state.json\n',
    );
    expect(text).toContain('| Type definitions |');
  });

  it('tells what was cleared before the first attempt', () => {
    const cleared = { escalation: 41, resolution: 'It is `Token`.', resolvedBy: 'octocat' };
    const text = renderOrchestrationDocument({ ...DOCUMENT, previousAttempts: [], cleared });
    expect(text).toContain(
      '### Blockers Cleared Since Last Attempt\n\n- Escalation [#41](https://github.com/acme/plex-client/issues/41), resolved by `octocat`: It is `Token`.\n',
    );
  });

  it('leaves no cell empty where an attempt ended without a word', () => {
    const silent = {
      outcome: 'cancelled',
      failureType: null,
      issue: null,
      resolution: null,
    } as const;
    const previousAttempts = DOCUMENT.previousAttempts.map((one) => ({ ...one, ...silent }));
    expect(renderOrchestrationDocument({ ...DOCUMENT, previousAttempts })).toContain(
      '| 1 | cancelled | — | — |\n',
    );
  });

  it('leaves the box of an unmet gate open and says why', () => {
    const verdicts = [
      gate('handoff', 'Handoff', { verdict: 'failed', reason: 'no file for @plex-auth' }),
      gate('command:lint', 'Lint the base', { verdict: 'unknown', reason: 'not run yet' }),
    ];
    const text = renderOrchestrationDocument({ ...DOCUMENT, verdicts });
    expect(text).toContain(
      '- [ ] Context handoff document accessible (failed: no file for @\u200Bplex-auth)',
    );
    expect(text).toContain(
      '- [ ] Shared types compile: `npx tsc --noEmit src/types/index.ts` (not checked)',
    );
    expect(text).toContain('- [ ] Lint the base (unknown: not run yet)');
  });

  it('keeps the columns of its tables whatever earlier attempts said', () => {
    fc.assert(
      fc.property(hostile, hostile, (issue, resolution) => {
        const [first] = DOCUMENT.previousAttempts;
        const previousAttempts = first === undefined ? [] : [{ ...first, issue, resolution }];
        const lines = renderOrchestrationDocument({ ...DOCUMENT, previousAttempts }).split('\n');
        const at = lines.indexOf('| Attempt | Outcome | Issue | Resolution |');
        expect(cellsOf(lines[at + 2] ?? '')).toBe(4);
        expect(firstMissing(lines)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it('has the rows, files and reminders that a config adds, and a module’s own files', () => {
    const parsed = parseConfig(OWN_CONFIG, 'c.yml');
    if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
    const config = parsed.value;
    const [module, other] = [...config.modules.values()];
    if (module === undefined || other === undefined) throw new Error('There are two modules.');
    const view = { ...DOCUMENT, module, codeStyle: config.codeStyle };
    const text = renderOrchestrationDocument({
      ...view,
      failures: failureTable(config.failures),
      deliverables: deliverablesOf(config, module),
    });
    expect(text).toContain(
      '| Protocol violation | A read-only or foreign path is changed | Take the change back | Self-fix |\n| Licence | A file without its notice | HALT | → Legal Desk |\n\n### On HALT',
    );
    expect(text).toContain(
      'falls under: `missing-type`, `spec-ambiguity`, `impossible-assertion`, `licence`.',
    );
    expect(text).toContain(
      '```text\nlib/plex-auth/\n├── PlexAuth.ts           # The class\n└── notes.md              # (optional)\n```',
    );
    expect(text).toContain('### Code Style Reminders\n\n- Be kind\n\n---');
    const deliverables = deliverablesOf(config, other);
    const own = renderOrchestrationDocument({ ...view, module: other, deliverables });
    expect(own).toContain(
      '```text\nsrc/\n├── own.ts\n└── types.ts              # Types (if any)\n```',
    );
  });

  it('puts links beside where the document lies, wherever that is', () => {
    const paths = { ...DOCUMENT.paths, documents: 'docs/sessions/open' };
    const text = renderOrchestrationDocument({ ...DOCUMENT, paths });
    expect(text).toContain(
      '](../../../spec-pack/artifact-7-implementation-prompts.md#prompt-3-plex-authentication)',
    );
  });
});

describe('parseOrchestrationDocument', () => {
  it('reads back what was written, for every session', () => {
    const sessions = fc.record({
      module: fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/),
      attempt: fc.integer({ min: 1, max: 999 }),
      maxAttempts: fc.integer({ min: 1, max: 999 }),
      sessionId: fc.uuid({ version: 4 }),
      startedAt: fc
        .date({ noInvalidDate: true, min: new Date(0) })
        .map((date) => date.toISOString()),
    });
    fc.assert(
      fc.property(sessions, hostile, (session, name) => {
        const text = renderOrchestrationDocument({
          ...DOCUMENT,
          module: { ...DOCUMENT.module, name },
          session: { ...SESSION, ...session },
        });
        expect(parseOrchestrationDocument(text)).toEqual({ ...session, plannerVersion: '0.1.0' });
      }),
      { numRuns: 50 },
    );
  });

  it.each(['gh-1', 'www', 'a11ce0a'])(
    'reads back %s, which GitHub would make a link of',
    (module) => {
      const text = renderOrchestrationDocument({ ...DOCUMENT, session: { ...SESSION, module } });
      expect(parseOrchestrationDocument(text)?.module).toBe(module);
    },
  );

  it('gives nothing where the table is not whole', () => {
    const text = renderOrchestrationDocument(DOCUMENT);
    expect(parseOrchestrationDocument(text.replace(/^\| \*\*Session ID.*$/m, ''))).toBeNull();
    expect(parseOrchestrationDocument(text.replace('2 of 3', 'two of three'))).toBeNull();
    expect(parseOrchestrationDocument('')).toBeNull();
  });
});
