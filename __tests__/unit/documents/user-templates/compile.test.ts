import { describe, expect, it } from '@jest/globals';
import { SessionwrightError } from '../../../../src/domain/errors.ts';
import { formatProblem } from '../../../../src/domain/problem.ts';
import {
  orchestrationDocumentFields,
  renderOrchestrationDocument,
} from '../../../../src/documents/orchestration-document.ts';
import { BINARY_FILE, type UnreadableFile } from '../../../../src/domain/spec-file.ts';
import { compileUserTemplates } from '../../../../src/documents/user-templates/compile.ts';
import { isDoneWithin } from '../../../support/seconds-of-work.ts';
import { DOCUMENT } from '../views.ts';
import { HANDLEBARS_METADATA, METADATA, problemsOf, templateOf } from './compiled.ts';

function compile(files: Readonly<Record<string, string | UnreadableFile>>) {
  const { templates, problems } = compileUserTemplates(new Map(Object.entries(files)), 't');
  return { names: Object.keys(templates), problems: problems.map(formatProblem) };
}

const LARGE = 65_536;

describe('compileUserTemplates', () => {
  it('takes each template by its name, in either form, and leaves the rest to ours', () => {
    expect(
      compile({
        'README.md': '[anything]',
        'readme.md': '{{anything}}',
        '.gitkeep': '',
        'orchestration-template.md': METADATA,
        'pull-request-body.md': '{{name}}',
        'dashboard.hbs': '{{progress}}',
      }),
    ).toEqual({
      names: ['orchestration-document', 'pull-request-body', 'dashboard'],
      problems: [],
    });
    expect(compile({})).toEqual({ names: [], problems: [] });
  });

  it.each([
    [
      'a mistyped name',
      { 'dashbord.hbs': 'x' },
      [
        't/dashbord.hbs: No template has this name. Fix: Did you mean "dashboard.hbs" or "dashboard.md"?',
      ],
    ],
    [
      'a foreign file',
      { 'logo.svg': '<svg/>' },
      [
        't/logo.svg: No template has this name. Fix: There are orchestration-document.hbs, orchestration-document.md, pull-request-body.hbs, pull-request-body.md, escalation-issue.hbs, escalation-issue.md, dashboard.hbs, dashboard.md, orchestration-template.md.',
      ],
    ],
    [
      'a file that is no text',
      { 'dashboard.hbs': BINARY_FILE },
      [
        't/dashboard.hbs: The file is binary or UTF-16, not UTF-8 text. Fix: Save it as UTF-8 text.',
      ],
    ],
    [
      'an empty file',
      { 'dashboard.hbs': ' \n' },
      [
        't/dashboard.hbs: It is empty. Fix: Write the template, or delete the file: ours is used then.',
      ],
    ],
    [
      'a file that is too large',
      { 'dashboard.hbs': 'é'.repeat(LARGE / 2 + 1) },
      ['t/dashboard.hbs: It has 65538 bytes; a template may have 65536. Fix: Shorten it.'],
    ],
    [
      'more blocks than anybody writes',
      { 'dashboard.hbs': '{{#if paused}}'.repeat(501) },
      ['t/dashboard.hbs: It has more than 500 blocks. Fix: Write fewer.'],
    ],
    [
      'two files for one template',
      { 'orchestration-document.md': METADATA, 'orchestration-template.md': METADATA },
      [
        't/orchestration-template.md: It and orchestration-document.md are the same template. Fix: Delete one of the two.',
      ],
    ],
    [
      'a document without its metadata',
      { 'orchestration-document.md': '# [MODULE_NAME]' },
      ['Module ID', 'Session ID', 'Started', 'Attempt', 'Planning Agent Version'].map((row) =>
        expect.stringContaining(
          `t/orchestration-document.md: The metadata row "${row}" is missing`,
        ),
      ),
    ],
    [
      'one row that is missing',
      { 'orchestration-document.md': METADATA.replace(/.*UUID.*\n/, '') },
      [
        't/orchestration-document.md: The metadata row "Session ID" is missing or not in one line of its own. Fix: Write `| **Session ID** | {{sessionId}} |` in Handlebars, `| **Session ID** | [UUID-v4] |` in brackets.',
      ],
    ],
    [
      'a row that another hides',
      { 'orchestration-document.md': `| **Attempt** | first |\n\n${METADATA}` },
      [
        expect.stringContaining(
          't/orchestration-document.md: The metadata row "Attempt" does not say what it should',
        ),
      ],
    ],
  ])('refuses %s', (_, files, problems) => {
    expect(compile(files)).toEqual({ names: [], problems });
  });

  it('tells the problems of all files at once, and keeps the sound ones', () => {
    const { names, problems } = compile({
      'dashboard.hbs': '{{progress}}\n',
      'escalation-issue.md': '[what]',
      'pull-request-body.hbs': '{{a}}\n{{b}}',
      'x.hbs': '',
    });
    expect(names).toEqual(['dashboard']);
    expect(problems.map((one) => one.slice(0, one.indexOf(': ')))).toEqual([
      't/escalation-issue.md:1',
      't/pull-request-body.hbs:1',
      't/pull-request-body.hbs:2',
      't/x.hbs',
    ]);
  });

  it('tells a file in brackets from one in Handlebars by what its braces name', () => {
    expect(problemsOf('dashboard.md', '{{progress}}')).toEqual([]);
    expect(problemsOf('dashboard.md', '{{> x}}')[0]).toContain('A partial is included.');
    expect(
      problemsOf('orchestration-document.md', `${METADATA}\n{{> x}} \${{ secrets.X }}`),
    ).toEqual([]);
    expect(problemsOf('orchestration-document.md', `${METADATA}\n{{name}}`)[0]).toContain(
      '[module-id] is not filled in Handlebars.',
    );
  });

  it('reads a wrapped template in Handlebars too, and tells its own lines', () => {
    const wrapped = `# Page\n\n\`\`\`markdown\n{{name}}\n| **Module ID** | {{x}} |\n\`\`\`\n\nend {{y}}\n`;
    expect(problemsOf('orchestration-document.md', wrapped)).toEqual([
      '.github/templates/orchestration-document.md:5: The field "x" is not known. Fix: docs/templates.md lists the fields of each template.',
    ]);
  });
});

describe('a template that fails when it is used', () => {
  function failureOf(render: () => unknown): unknown {
    try {
      return render();
    } catch (error) {
      return error;
    }
  }

  it('names its file, line and field, in either form', () => {
    const handlebars = templateOf('dashboard', 'dashboard.hbs', '{{progress}}\n{{graph}}');
    const brackets = templateOf('pull-request-body', 'pull-request-body.md', 'a\n\n[module-id]');
    const [first, second] = [
      failureOf(() => handlebars({ progress: 1 })),
      failureOf(() => brackets({})),
    ];
    expect(first).toBeInstanceOf(SessionwrightError);
    expect(first).toMatchObject({
      code: 'template-failed',
      message: 't/dashboard.hbs:2: the field `graph` is not there.',
      fix: 'Take the field out of the template, or take the template away: ours is used then.',
    });
    expect(second).toMatchObject({
      message: 't/pull-request-body.md:3: the field `moduleId` is not there.',
    });
  });

  it('is refused where a list is none', () => {
    const template = templateOf(
      'escalation-issue',
      'escalation-issue.hbs',
      '{{#each options}}{{/each}}',
    );
    expect(() => template({ options: 'abc' })).toThrow(
      't/escalation-issue.hbs:1: the field `options` is not a list.',
    );
  });

  it('is refused where a document does not give its metadata back', () => {
    const extra = '| **Attempt** | {{../name}} |\n';
    const text = `{{#each blockers}}{{#if @index}}${extra}{{/if}}{{/each}}${HANDLEBARS_METADATA}`;
    const template = templateOf('orchestration-document', 'orchestration-document.hbs', text);
    const fields = orchestrationDocumentFields(DOCUMENT);
    expect(renderOrchestrationDocument(DOCUMENT, template)).toContain('| **Attempt** | 2 of 3 |');
    expect(failureOf(() => template({ ...fields, blockers: ['a', 'b'] }))).toMatchObject({
      code: 'template-metadata',
      message:
        't/orchestration-document.hbs: The metadata row "Attempt" does not say what it should: the first of that name counts.',
    });
  });

  it('is refused where it grows beyond all bounds', () => {
    const template = templateOf(
      'escalation-issue',
      'escalation-issue.hbs',
      `{{#each options}}${'x'.repeat(60_000)}{{/each}}`,
    );
    expect(() => template({ options: Array.from({ length: 20 }, String) })).toThrow(
      't/escalation-issue.hbs: what it renders is longer than 1048576 characters.',
    );
  });
});

describe('a file of 64 KiB', () => {
  const pieces = [
    '{{',
    '{{#if name}}',
    '{{#if name}}{{/if}}',
    '{{else if name}}',
    '{{name}}',
    '{{~name~}} ',
    '{{x}}',
    '{{!--',
    '{{{{a}}}}',
    '{{a (',
    '(((',
    '{{a.',
    '{{../',
    '{{[',
    '\\{{',
    '\\\\{{',
    '{{"',
    '[',
    ']',
    '[N]',
    '[what]',
    '[a][',
    '\\',
    '\\[',
    '`',
    '` ',
    '``` ',
    '`a``',
    '|',
    '| [dep-1] ',
    '\n',
    '\n- ',
    '\n- [ ] ',
    '\n| - |',
    '\n```\n',
    '\n> ',
    '#',
    '\n# ',
    ' ',
    '\n[a]: ',
    '\n[N-1]',
    '✅/❌',
    '<module-id>',
    '**Module ID**',
    '| **Module ID** |\n',
    'prompt-',
    ' (lines ',
    '\n```markdown\n',
    '\t',
    '{{#each failures}}',
    '\r',
  ];

  it.each(pieces)('made of %j is read or refused in under a second', (piece) => {
    const bytes = new TextEncoder().encode(piece).length;
    const text = piece.repeat(Math.floor(LARGE / bytes));
    const files = [
      ['orchestration-document.md', `${METADATA}${text}`.slice(0, text.length)],
      ['orchestration-document.hbs', text],
      ['dashboard.md', text],
    ] as const;
    const slow = files.filter(
      (file) => !isDoneWithin(1, () => compileUserTemplates(new Map([file]), 't')),
    );
    expect(slow.map(([file]) => file)).toEqual([]);
  });
});
