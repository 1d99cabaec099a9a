import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  parseOrchestrationDocument,
  renderOrchestrationDocument,
  type OrchestrationDocumentView,
} from '../../../../src/documents/orchestration-document.ts';
import type { Template } from '../../../../src/documents/template.ts';
import { compileUserTemplates } from '../../../../src/documents/user-templates/compile.ts';
import { KNOWN_BRACKETS } from '../../../../src/documents/user-templates/brackets.ts';
import { hostile } from '../gfm.ts';
import { DOCUMENT, FIRST_ATTEMPT, gate, SESSION, VERDICTS } from '../views.ts';
import { readGfm } from './read-gfm.ts';

const REFERENCE = readFileSync(
  new URL('../../../fixtures/orchestration-template.md', import.meta.url),
  'utf8',
);

/** The reference as an override, and the document it gives for a view. */
function compile(text: string, file = 'orchestration-template.md'): Template {
  const { templates, problems } = compileUserTemplates(new Map([[file, text]]), 'templates');
  expect(problems).toEqual([]);
  const template = templates['orchestration-document'];
  if (template === undefined) throw new Error(`${file} gave no template.`);
  return template;
}

const reference = compile(REFERENCE);

const VIEWS: readonly (readonly [string, Partial<OrchestrationDocumentView>])[] = [
  ['a second attempt with two dependencies', {}],
  [
    'a first attempt without dependencies or declared types',
    {
      dependencies: [],
      verdicts: VERDICTS.filter(({ gate: id }) => !id.startsWith('dependency:')),
      types: [],
      previousAttempts: [],
      specChanges: [],
      session: { ...SESSION, attempt: 1 },
    },
  ],
  ['one dependency', { dependencies: [{ module: 'storage', status: 'complete', passed: true }] }],
  [
    'three dependencies, one of them not passed',
    {
      dependencies: [
        { module: 'event-emitter', status: 'complete', passed: true },
        { module: 'storage', status: 'in-progress', passed: false },
        { module: 'http', status: 'complete', passed: true },
      ],
    },
  ],
  [
    'three earlier attempts and no end in sight',
    {
      session: { ...SESSION, attempt: 4, maxAttempts: 6 },
      previousAttempts: [1, 2, 3].map((attempt) => ({ ...FIRST_ATTEMPT, attempt })),
    },
  ],
  [
    'gates that are not met and one the template does not know',
    {
      verdicts: [
        gate('handoff', 'Handoff', { verdict: 'failed', reason: 'no file' }),
        gate('command:lint', 'Lint the base', { verdict: 'unknown', reason: 'not run yet' }),
      ],
    },
  ],
  ['neither commands, files nor code style', { commands: [], deliverables: [], codeStyle: [] }],
  [
    'commands that look like tags and brackets',
    { commands: [{ name: '{{name}}', run: 'echo "{{moduleId}} [MODULE_NAME] ${{ secrets.X }}"' }] },
  ],
  [
    'documents in another folder',
    { paths: { ...DOCUMENT.paths, documents: 'docs/sessions/open' } },
  ],
];

describe('the reference, dropped in as an override', () => {
  it.each(VIEWS)('says what our document says, for %s', (_, change) => {
    const view = { ...DOCUMENT, ...change };
    const [theirs, ours] = [
      renderOrchestrationDocument(view, reference),
      renderOrchestrationDocument(view),
    ];
    expect(readGfm(theirs)).toEqual(readGfm(ours));
    expect(parseOrchestrationDocument(theirs)).toEqual(parseOrchestrationDocument(ours));
    expect(theirs).toBe(ours);
  });

  it('leaves no bracket unfilled', () => {
    const text = renderOrchestrationDocument(DOCUMENT, reference);
    expect(KNOWN_BRACKETS.filter((bracket) => text.includes(bracket))).toEqual([]);
    expect(text).not.toMatch(/✅\/❌|\[dep-\d/);
  });

  it('has something in every table, list and block that is compared', () => {
    const read = readGfm(renderOrchestrationDocument(DOCUMENT, reference));
    expect(read.tables.map((rows) => rows.length)).toEqual([6, 3, 4, 2, 9]);
    expect(read.links.length).toBeGreaterThan(8);
    expect(read.code).toHaveLength(4);
    expect(read.items.length).toBeGreaterThan(15);
  });

  it('says what our document says whatever names, reasons and texts hold', () => {
    const texts = fc.record({
      name: hostile,
      issue: hostile,
      resolution: hostile,
      reason: hostile,
      run: hostile,
      style: hostile,
    });
    fc.assert(
      fc.property(texts, ({ name, issue, resolution, reason, run, style }) => {
        const view: OrchestrationDocumentView = {
          ...DOCUMENT,
          module: { ...DOCUMENT.module, name },
          previousAttempts: [{ ...FIRST_ATTEMPT, issue, resolution }],
          verdicts: [gate('handoff', name, { verdict: 'failed', reason })],
          specChanges: [{ part: 'type', name, change: 'changed' }],
          commands: [{ name, run }],
          codeStyle: [style],
        };
        const theirs = renderOrchestrationDocument(view, reference);
        expect(theirs).toBe(renderOrchestrationDocument(view));
        expect(readGfm(theirs).tables).toHaveLength(5);
      }),
      { numRuns: 100 },
    );
  });

  const inside = REFERENCE.slice(
    REFERENCE.indexOf('```markdown\n') + '```markdown\n'.length,
    REFERENCE.indexOf('\n```\n', REFERENCE.indexOf('*Template version')),
  );

  it.each([
    ['with Windows line ends', REFERENCE.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${REFERENCE}`],
    ['without the page around it', inside],
    [
      'inside a longer fence',
      REFERENCE.replace('```markdown', '`````markdown').replace(
        '\n```\n\n---\n\n## Template Field',
        '\n`````\n\n---\n\n## Template Field',
      ),
    ],
  ])('is the same %s', (_, text) => {
    const theirs = renderOrchestrationDocument(
      DOCUMENT,
      compile(text, 'orchestration-document.md'),
    );
    expect(theirs).toBe(renderOrchestrationDocument(DOCUMENT));
  });

  it('says the same with its tables aligned, as a formatter leaves them', () => {
    const aligned = inside.replace(/^\|.*\|$/gm, (row) =>
      row
        .split('|')
        .map((cell) => (/^ :?-+:? $/.test(cell) ? cell : cell.padEnd(40)))
        .join('|')
        .trim(),
    );
    const theirs = renderOrchestrationDocument(
      DOCUMENT,
      compile(aligned, 'orchestration-document.md'),
    );
    const ours = renderOrchestrationDocument(DOCUMENT);
    expect(aligned).not.toBe(inside);
    expect(readGfm(theirs)).toEqual(readGfm(ours));
    expect(parseOrchestrationDocument(theirs)).toEqual(parseOrchestrationDocument(ours));
  });
});
