import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderOrchestrationDocument } from '../../../../src/documents/orchestration-document.ts';
import { renderPullRequestBody } from '../../../../src/documents/pull-request-body.ts';
import { DOCUMENT, SESSION } from '../views.ts';
import { METADATA, problemsOf, templateOf } from './compiled.ts';
import { PULL_REQUEST } from './page-views.ts';

const FILE = 'orchestration-document.md';
const FIRST_LINE = METADATA.split('\n').length + 1;

/** What a template in brackets makes of the lines below its metadata. */
function render(body: string, view = DOCUMENT): string {
  const template = templateOf('orchestration-document', FILE, `${METADATA}\n${body}\n`);
  const lines = renderOrchestrationDocument(view, template).trimEnd().split('\n');
  return lines.slice(FIRST_LINE - 1).join('\n');
}

describe('a bracket', () => {
  it.each([
    ['# [MODULE_NAME]', '# Plex Authentication'],
    ['[module-id], [module-name] and <module-id>', 'plex-auth, plex-auth and plex-auth'],
    ['`src/[module-name]/[ModuleName].ts`', '`src/plex-auth/PlexAuth.ts`'],
    ['[UUID-v4] is [session-id]', `${SESSION.sessionId} is ${SESSION.sessionId}`],
    ['since [ISO timestamp]', `since ${SESSION.startedAt}`],
    ['session-[module-id]-[attempt].md', 'session-plex-auth-2.md'],
    ['attempt [N], that is [N] of 5', 'attempt 2, that is 2 of 3'],
    ['`#prompt-[N]` for attempt [N]', '`#prompt-3` for attempt 2'],
    ['by [version]', 'by 0.1.0'],
    ['types (lines [X]-[Y])', 'types (lines 262-334, 340-351, 360-362)'],
    ['lines [X]-[Y]', 'lines 262-334, 340-351, 360-362'],
    ['[module-id](../x.md) and ![version](v.png)', '[plex-auth](../x.md) and ![0.1.0](v.png)'],
    ['[MODULE_NAME][docs]\n\n[docs]: x', '[Plex Authentication][docs]\n\n[docs]: x'],
    ['[N] of 3(see below)', '2 of 3(see below)'],
    ['[see [module-id]](../x/[module-id].md)', '[see plex-auth](../x/plex-auth.md)'],
    ['```sh\nnpm run docs [module-id]\n```', '```sh\nnpm run docs plex-auth\n```'],
    ['```ts\nconst a = b[module-id] + [N]\n```', '```ts\nconst a = bplex-auth + 2\n```'],
  ])('is filled in %j', (text, filled) => {
    expect(render(text)).toBe(filled);
  });

  it.each([
    '- [ ] open\n- [x] done\n- [X] done',
    '> [!IMPORTANT]\n> Read it.',
    'A [link](https://example.org), an ![image](x.png), a note[^1].\n\n[^1]: The note.',
    'A [reference][docs], a [docs], a [collapsed][].\n\n[docs]: https://example.org\n[collapsed]: x "y"',
    '[release]: https://example.org\n\nSee [release] and [the page][release].',
    '\\[MODULE_NAME\\] and \\[anything at all]',
    '```json\n{ "a": ["list of files"], "b": [1, 2], "c": [] }\n```',
    '```ts\nconst [a, b] = items[0]; type T = string[]; map[key]; { [key]: value }; /[a-z]/\n```',
    '`items[i]` and items[i]',
    'The [status](s.md) and the [description](d.md) of it.',
    '- [X] done\n1. [X] done\n> - [X] done',
    '`grid[X][Y]` and `["X"]`',
    '{{module.name}} {{ {{{{raw}}}} {{> x}} \\{{ ${{ secrets.X }}',
    '✅/❌',
    '| A | B |\n| - | - |\n| 1 | `a \\| b` |',
  ])('is not seen in %j', (text) => {
    expect(render(text)).toBe(text);
  });

  it.each([
    ['an unknown one', 'a [what to do]', 0, '[what to do] is no bracket that is known'],
    [
      'a mistyped one',
      '\n[module-nmae]',
      1,
      'Did you mean "[MODULE_NAME]" or "[module-name]" or "[ModuleName]"?',
    ],
    [
      'a mistyped one in code',
      '```\n[ModuleNmae]\n```',
      1,
      'Did you mean "[MODULE_NAME]" or "[module-name]" or "[ModuleName]"?',
    ],
    [
      'half of a range',
      'lines [X] to the end',
      0,
      '[X] does not stand alone. Fix: It is filled as `[X]-[Y]`',
    ],
    ['half of a range in code', '`to [Y]`', 0, '[Y] does not stand alone.'],
    ['a dependency as a link elsewhere', 'after [dep-1](x.md)', 0, '[dep-1] does not stand alone.'],
    ['one word in quotes in code', '```json\n{ "id": "[uuid]" }\n```', 1, '[uuid] is no bracket'],
    ['a phrase in code', '`[describe your work]`', 0, '[describe your work] is no bracket'],
    ['one with code in it', '[the `tsc` version]', 0, 'is no bracket that is known'],
    [
      'a dependency in a sentence',
      'after [dep-1]',
      0,
      '[dep-1] does not stand alone. Fix: It is filled in a table row or list item that names `[dep-1]`.',
    ],
    ['a status elsewhere', 'a [status]', 0, '[status] does not stand alone.'],
    [
      'an attempt’s issue elsewhere',
      '- [description]',
      0,
      '[description] does not stand alone. Fix: It is filled in a table row or list item that names `[N-1]`.',
    ],
    [
      'a list inside a sentence',
      '- So: [List any blockers that were resolved]',
      0,
      'Fix: It is filled as a list item of its own.',
    ],
    [
      'two rows that differ',
      '- [dep-1] first\n- [dep-2] second',
      1,
      'This row is repeated, but differs from the one above',
    ],
  ])('is a problem where it is %s', (_, text, offset, problem) => {
    const [first = '', ...more] = problemsOf(FILE, `${METADATA}\n${text}\n`);
    expect(first).toContain(`${FILE}:${String(FIRST_LINE + offset)}: `);
    expect(first).toContain(problem);
    expect(more).toEqual([]);
  });

  it('for lines says none, or nothing in parentheses, where no types are declared', () => {
    const view = { ...DOCUMENT, types: [] };
    expect(render('lines [X]-[Y]', view)).toBe('lines none');
    expect(render('types (lines [X]-[Y]) are given', view)).toBe('types are given');
  });

  it('is told by its line in the file that wraps the template', () => {
    const text = `# Page\n\n\`\`\`markdown\n${METADATA}\n[what]\n\`\`\`\n\n[outside]\n`;
    expect(problemsOf(FILE, text)).toEqual([
      expect.stringContaining(`${FILE}:${String(FIRST_LINE + 3)}: [what] is no bracket`),
    ]);
  });

  it('is looked for outside of a sample that the template itself holds', () => {
    expect(render('```markdown\n# [MODULE_NAME]\n```\n\nend')).toBe(
      '```markdown\n# Plex Authentication\n```\n\nend',
    );
  });
});

describe('a row or list item that names dependencies', () => {
  const view = (count: number) => ({
    ...DOCUMENT,
    dependencies: DOCUMENT.dependencies.slice(0, count),
  });

  it('is repeated for each', () => {
    expect(
      render(
        '* needs [dep-1] ([status] ✅/❌) for [module-id]\n* needs [dep-2] ([status] ✅/❌) for [module-id]',
      ),
    ).toBe(
      '* needs event-emitter (complete ✅) for plex-auth\n* needs storage (complete ✅) for plex-auth',
    );
    expect(render('| Gate | Module |\n| - | - |\n| ✅/❌ | [dep-1] |\n| end | x |', view(1))).toBe(
      '| Gate | Module |\n| - | - |\n| ✅ | event-emitter |\n| end | x |',
    );
  });

  it('may be links', () => {
    expect(render('- [[dep-1]](a.md), [dep-1](../[dep-1].md), [status](s.md)', view(1))).toBe(
      '- [event-emitter](a.md), [event-emitter](../event-emitter.md), [complete](s.md)',
    );
  });

  it('says None where there is none', () => {
    expect(render('1. [dep-1]', view(0))).toBe('1. None');
    expect(render('| A | B | C |\n| - | - | - |\n| [dep-1] | [status] | x |', view(0))).toBe(
      '| A | B | C |\n| - | - | - |\n| None | — | — |',
    );
  });
});

describe('what the user added to the reference', () => {
  it('stays among the gates', () => {
    const gates = render(
      '### Gate Verification\n\n- [ ] Read the handbook\n- [ ] All dependencies marked `complete` in implementation-state.json\n- [x] Ticked for good',
    );
    expect(gates.split('\n').slice(2)).toEqual([
      '- [x] All dependencies marked `complete` in implementation-state.json',
      '- [x] Shared types compile: `npx tsc --noEmit src/types/index.ts`',
      '- [x] Context handoff document accessible',
      '- [x] No unresolved blockers in implementation-state.json',
      '- [x] Implementation prompt exists',
      '- [x] Shared types are declared',
      '- [ ] Read the handbook',
      '- [x] Ticked for good',
    ]);
  });

  it('stays in the failure table, whose columns may stand in any order', () => {
    const table = render(
      '| Action | Failure Type | Owner |\n| - | - | - |\n| Ask | Flaky test | me |\n| HALT | Missing type | me |\n| Fix | Lint error | me |',
    );
    expect(table.split('\n').slice(2)).toEqual([
      '| Ask | Flaky test | me |',
      '| Fix type mismatch | Type error | — |',
      '| Analyze assertion, fix code | Test failure | — |',
      '| Apply lint fix | Lint error | — |',
      '| HALT | Missing type | — |',
      '| HALT | Spec ambiguity | — |',
      '| HALT | Impossible assertion | — |',
      '| Run again; no attempt is spent | Infrastructure | — |',
      '| Take the change back | Protocol violation | — |',
    ]);
  });

  it('stays among the sources', () => {
    const table = render(
      '| Document | Location | Purpose |\n| - | - | - |\n| Handbook | `docs/[module-id].md` | Read it |\n| Context Handoff | x | For [module-id] |',
    );
    const [handbook, handoff] = table.split('\n').slice(2);
    expect(handbook).toBe('| Handbook | `docs/plex-auth.md` | Read it |');
    expect(handoff).toMatch(
      /^\| Context Handoff \| \[`spec-pack\/context-handoff\/plex-auth.md`\]\(.*\) \| For plex-auth \|$/,
    );
  });

  it('stays in the code style, and is all of it where nothing of the reference is left', () => {
    const style = (items: string) =>
      render(`### Code Style Reminders\n\n${items}`).split('\n').slice(2);
    expect(style('- Be brief\n- Maximum file length: 300 lines')).toEqual([
      '- Be brief',
      ...DOCUMENT.codeStyle.map((item) => `- ${item}`),
    ]);
    expect(style('- Be brief')).toEqual(['- Be brief']);
  });

  it('stays in code: only the first script that names the class is the protocol', () => {
    const script = '```bash\nnpm test -- [ModuleName]\n```';
    expect(render(`  ${script.replaceAll('\n', '\n  ')}\n\n${script}`)).toBe(
      '  ```bash\n  # Type check\n  npx tsc --noEmit\n\n  # Lint\n  npm run lint\n\n  # Module-specific tests\n  npm test -- --grep "PlexAuth"\n  ```\n\n```bash\nnpm test -- PlexAuth\n```',
    );
  });

  it('keeps every line without a bracket to the letter', () => {
    const line = fc.stringMatching(/^[a-zA-Z0-9 `|#>{}"'()!.:*_$\\-]{0,30}$/);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const body = lines.join('\n');
        fc.pre(!/gate verification|code style|failure type/i.test(body));
        expect(render(`${body}\n.`)).toBe(`${body}\n.`);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the other templates', () => {
  it('know the brackets of one attempt', () => {
    const text = '[MODULE_NAME] (`[module-id]`, [session-id]): [N] of 3\n\n- [dep-less](x)\n';
    const template = templateOf('pull-request-body', 'pull-request-body.md', text);
    expect(renderPullRequestBody(PULL_REQUEST, template)).toBe(
      `Plex Authentication (\`plex-auth\`, ${SESSION.sessionId}): 2 of 3\n\n- [dep-less](x)\n\n<!-- sessionwright:pull-request module=plex-auth attempt=2 -->\n`,
    );
  });

  it('take nothing else for one', () => {
    expect(problemsOf('pull-request-body.md', 'prompt-[N] (lines [X]-[Y]) ✅/❌')).toEqual([
      expect.stringContaining(':1: prompt-[N] is not known in the template "pull-request-body".'),
      expect.stringContaining(':1: (lines [X]-[Y]) is not known in the template'),
    ]);
    expect(problemsOf('dashboard.md', '`/session start <module-id>`')).toEqual([]);
    expect(problemsOf('dashboard.md', 'a\n[MODULE_NAME]')).toEqual([
      expect.stringContaining(
        'dashboard.md:2: [MODULE_NAME] is not known in the template "dashboard".',
      ),
    ]);
    expect(problemsOf('escalation-issue.md', '| [dep-1] |\n[what]')).toEqual([
      expect.stringContaining('escalation-issue.md:1: [dep-1] is not known in the template'),
      expect.stringContaining('escalation-issue.md:2: [what] is no bracket that is known'),
    ]);
  });
});
