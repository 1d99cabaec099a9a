import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { COMPILE_OPTIONS } from '../../../../build/handlebars-compile.js';
import { dashboardFields, renderDashboard } from '../../../../src/documents/dashboard.ts';
import { renderEscalationIssue } from '../../../../src/documents/escalation-issue.ts';
import {
  orchestrationDocumentFields,
  renderOrchestrationDocument,
} from '../../../../src/documents/orchestration-document.ts';
import { renderPullRequestBody } from '../../../../src/documents/pull-request-body.ts';
import type { TemplateName } from '../../../../src/documents/template.ts';
import { DOCUMENT, ESCALATION } from '../views.ts';
import { HANDLEBARS_METADATA, problemsOf, templateOf } from './compiled.ts';
import { DASHBOARD, PULL_REQUEST } from './page-views.ts';

function builtIn(name: string): string {
  return readFileSync(new URL(`../../../../templates/${name}.hbs`, import.meta.url), 'utf8');
}

describe('our own templates, dropped in as overrides', () => {
  it('render what they render built in', () => {
    const own = (name: TemplateName) => templateOf(name, `${name}.hbs`, builtIn(name));
    expect(renderOrchestrationDocument(DOCUMENT, own('orchestration-document'))).toBe(
      renderOrchestrationDocument(DOCUMENT),
    );
    expect(renderPullRequestBody(PULL_REQUEST, own('pull-request-body'))).toBe(
      renderPullRequestBody(PULL_REQUEST),
    );
    expect(renderDashboard(DASHBOARD, own('dashboard'))).toBe(renderDashboard(DASHBOARD));
    expect(renderEscalationIssue(ESCALATION, own('escalation-issue'))).toBe(
      renderEscalationIssue(ESCALATION),
    );
  });
});

/** Pieces of templates that are accepted, for a place outside of `each` and for one inside. */
const TEXT = fc.constantFrom(
  'a',
  ' ',
  '\n',
  '\n  ',
  '  \n',
  '| x |',
  '- ',
  '\\{{name}} ',
  '{ ',
  ' }',
  '"',
);
const TILDE = fc.constantFrom('', '~');

function tag(inside: string): fc.Arbitrary<string> {
  return fc.tuple(TILDE, TILDE).map(([open, close]) => `{{${open}${inside}${close}}}`);
}

function values(names: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...names).chain((name) => tag(name)),
    fc.constantFrom(...names).map((name) => `{{{${name}}}}`),
    tag('! a comment'),
    tag('!-- {{a}} --'),
  );
}

function choices(inside: fc.Arbitrary<string>, names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names);
  return fc.oneof(
    fc
      .tuple(name, tag('/if'), inside)
      .chain(([of, end, body]) => tag(`#if ${of}`).map((start) => `${start}${body}${end}`)),
    fc
      .tuple(name, name, inside, inside, inside)
      .chain(([of, or, a, b, c]) =>
        fc
          .tuple(tag(`else if ${or}`), tag('else'))
          .map(([elseIf, otherwise]) => `{{#if ${of}}}${a}${elseIf}${b}${otherwise}${c}{{/if}}`),
      ),
    fc.tuple(name, inside, inside).map(([of, a, b]) => `{{#unless ${of}}}${a}{{^}}${b}{{/unless}}`),
    fc.tuple(name, inside).map(([of, a]) => `{{^if ${of}}}${a}{{/if}}`),
  );
}

function joined(piece: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
}

function eaches(list: string, names: readonly string[]): fc.Arbitrary<string> {
  const all = [...names, '../name', '../attempt'];
  const loop = values(['@index', '@first', '@last']).map((value) => `.${value}`);
  const plain = joined(fc.oneof(TEXT, values(all), loop));
  const body = joined(
    fc.oneof(TEXT, values(all), loop, choices(plain, [...all, '@first', '../attempts'])),
  );
  const otherwise = joined(fc.oneof(TEXT, values(['name', 'this.attempt'])));
  return fc
    .tuple(tag(`#each ${list}`), body, tag('else'), otherwise, tag('/each'))
    .map((pieces) => pieces.join(''));
}

const ROOT = ['name', 'moduleId', 'attempt', './sessionId', 'this.typesLines'];

const templates = joined(
  fc.oneof(
    TEXT,
    values(ROOT),
    choices(joined(fc.oneof(TEXT, values(ROOT))), [...ROOT, 'dependencies', 'blockers']),
    eaches('dependencies', ['module', 'this.status', './mark']),
    eaches('this.blockers', ['this', '.']),
  ),
);

describe('a template in Handlebars', () => {
  it('renders what Handlebars itself makes of it', () => {
    const views = fc.record({
      dependencies: fc.constantFrom([], DOCUMENT.dependencies),
      types: fc.constantFrom([], DOCUMENT.types),
      previousAttempts: fc.constantFrom([], DOCUMENT.previousAttempts),
    });
    fc.assert(
      fc.property(templates, views, (template, change) => {
        const text = `${HANDLEBARS_METADATA}\n.${template}`;
        const handed = orchestrationDocumentFields({ ...DOCUMENT, ...change });
        // Handlebars adds up numbers that stand side by side where it escapes nothing.
        const fields = { ...handed, attempt: String(handed.attempt) };
        const ours = templateOf('orchestration-document', 'orchestration-document.hbs', text);
        expect(ours(fields)).toBe(Handlebars.compile(text, COMPILE_OPTIONS)(fields));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['an unknown field', '{{nmae}}', '1: The field "nmae" is not known. Fix: Did you mean "name"?'],
    ['an unknown field in a later line', 'a\n\n{{#if x}}{{/if}}', '3: The field "x" is not known.'],
    ['a field inside a value', '{{name.length}}', '1: "name.length" reaches into a value.'],
    ['an index', '{{options.[0]}}', '1: "options.0" reaches into a value.'],
    [
      'a list without each',
      '{{options}}',
      '1: "options" is a list. Fix: Go through it with {{#each options}}.',
    ],
    ['each over a value', '{{#each name}}{{/each}}', '1: "name" is no list.'],
    [
      'each inside each',
      '{{#each options}}{{#each ../evidence}}{{/each}}{{/each}}',
      '1: {{#each}} stands inside another.',
    ],
    [
      'a field of the document inside each',
      '{{#each options}}\n{{name}}{{/each}}',
      '2: "name" is not known inside this `each`. Fix: Write "../name".',
    ],
    [
      'an unknown field inside each',
      '{{#each options}}{{title}}{{/each}}',
      '1: "title" is not known inside this `each`. Fix: Its items are plain: write "this".',
    ],
    ['the document as a whole', '{{this}}', '1: The field "this" is not known.'],
    ['what is above the document', '{{../name}}', '1: The field "../name" is not known.'],
    ['the root by its name', '{{@root.name}}', '1: "@root.name" reaches into a value.'],
    ['the root', '{{@root}}', '1: "@root" is not known here.'],
    ['a loop’s value outside', '{{@index}}', '1: "@index" is not known here.'],
    [
      'an outer loop’s value',
      '{{#each options}}{{@../index}}{{/each}}',
      '1: "@../index" is not known here.',
    ],
    ['a literal', '{{"name"}}', '1: A literal or a call stands in place of a field.'],
    [
      'a block over a literal',
      '{{#if 1}}{{/if}}',
      '1: A literal or a call stands in place of a field.',
    ],
    [
      'a subexpression',
      '{{#if (lookup this "name")}}{{/if}}',
      '1: A literal or a call stands in place of a field.',
    ],
    ['a helper', '{{lookup this "name"}}', '1: "lookup" is called as a helper.'],
    ['an unknown helper', '{{shout name}}', '1: "shout" is called as a helper.'],
    ['a value with a hash', '{{name x=1}}', '1: "name" is called as a helper.'],
    [
      'an unknown block',
      '{{#with name}}{{/with}}',
      '1: The block "with" is not known. Fix: There are `each`, `if`, `unless` and `else`.',
    ],
    ['a section', '{{#name}}{{/name}}', '1: The block "name" is not known.'],
    ['a raw block', '{{{{raw}}}} x {{{{/raw}}}}', '1: The block "raw" is not known.'],
    ['a block over two fields', '{{#if name target}}{{/if}}', '1: {{#if}} takes one field.'],
    ['a block over none', '{{#if}}{{/if}}', '1: {{#if}} takes one field.'],
    ['a block with a hash', '{{#if name includeZero=true}}{{/if}}', '1: {{#if}} takes one field.'],
    [
      'block parameters',
      '{{#each options as |one|}}{{one}}{{/each}}',
      '1: "as | |" gives a name to an item.',
    ],
    [
      'block parameters of an else',
      '{{#each options}}{{else if name as |x|}}{{/each}}',
      '1: "as | |" gives a name to an item.',
    ],
    ['a partial', 'a\n{{> header}}', '2: A partial is included.'],
    ['a dynamic partial', '{{> (lookup . "name")}}', '1: A partial is included.'],
    ['a partial block', '{{#> layout}}{{/layout}}', '1: A partial is included.'],
    ['an inline partial', '{{#*inline "x"}}{{/inline}}', '1: A decorator is used.'],
    ['a decorator', '{{* x}}', '1: A decorator is used.'],
    [
      'a block that is not closed',
      'a\n{{#if name}}\nb\n',
      '2: The block "if" is not closed. Fix: Write {{/if}} after it.',
    ],
    [
      'a block that another ends',
      'a\n{{#if name}}\n{{/each}}',
      "2: Not Handlebars: if doesn't match each.",
    ],
    ['an end without its block', 'a\n{{/if}}', '2: Not Handlebars: an end without its block.'],
    [
      'an else outside',
      '{{else}}',
      '1: Not Handlebars: an {{else}} outside a block, or a second one in it.',
    ],
    [
      'a tag that is not closed',
      'a\n{{name}',
      '2: Not Handlebars: a {{ without its }}, or a sign that may not stand between them.',
    ],
    ['a comment that is not closed', '{{!-- a', '1: Not Handlebars: Unrecognized text.'],
    [
      'a bracket of the reference',
      '{{name}}\n[MODULE_NAME]',
      '2: [MODULE_NAME] is not filled in Handlebars.',
    ],
    [
      'a bracket in code',
      '{{name}}\n```\n[module-id]\n```',
      '3: [module-id] is not filled in Handlebars.',
    ],
    [
      'a marker of ours',
      'a\n<!-- sessionwright:escalation module=x -->',
      '2: It holds a marker of ours.',
    ],
    [
      'a marker made of pieces',
      '<!-- session{{! }}wright:escalation -->',
      ': It holds a marker of ours.',
    ],
  ])('may not have %s', (_, text, problem) => {
    const [first = '', ...more] = problemsOf('escalation-issue.hbs', text);
    expect(first).toContain(
      `.github/templates/escalation-issue.hbs:${problem.replace(/^: /, ' ')}`,
    );
    expect(more).toEqual([]);
  });

  it.each([
    'a `[link](x)`, a [MODULE_NAME](x), [status][s] and [s]\n\n[s]: https://example.org\n',
    '- [ ] open\n- [x] done\n> [!IMPORTANT]\n[^1] \\[N] [{{! }}N]\n',
    '{{!-- [MODULE_NAME] {{nothing}} --}}{{! [N] }}\\{{nothing}}\n',
    '[{{name}}](https://example.org/{{attempt}})\n',
  ])('may hold %j', (text) => {
    expect(problemsOf('escalation-issue.hbs', text)).toEqual([]);
  });

  it('tells everything that is wrong at once, in the order of the lines', () => {
    const text = '{{a}}\n{{b}}{{#if c}}\n{{d}}\n{{else}}\n{{> e}}\n{{/if}}\n[N]\n';
    const lines = problemsOf('dashboard.hbs', text).map((one) => /:(\d+):/.exec(one)?.[1]);
    expect(lines).toEqual(['1', '2', '2', '3', '5', '7']);
  });

  it('asks a flag instead of showing it', () => {
    expect(problemsOf('dashboard.hbs', '{{paused}}')).toEqual([
      '.github/templates/dashboard.hbs:1: "paused" is true or false. Fix: Ask for it with {{#if paused}}.',
    ]);
    const template = templateOf(
      'dashboard',
      'dashboard.hbs',
      '{{#unless paused}}go{{else}}stop{{/unless}}',
    );
    expect(template(dashboardFields(DASHBOARD))).toBe('stop');
  });
});

/** Published ways to reach code or prototypes through a template, each in the form it was shown. */
const EXPLOITS: readonly (readonly [string, string])[] = [
  [
    'the function constructor (npm advisory 755)',
    '{{#with "s" as |string|}}{{#with "e"}}{{#with split as |conslist|}}{{this.pop}}{{this.push (lookup string.sub "constructor")}}{{/with}}{{/with}}{{/with}}',
  ],
  ['a constructor of a constructor', '{{constructor.constructor "return process" }}'],
  ['a constructor as a field', '{{constructor}}'],
  [
    'getters that are defined (CVE-2019-19919)',
    '{{#with (__defineGetter__ "x" toString)}}{{/with}}',
  ],
  ['a getter by name (CVE-2019-20920)', '{{#with (__lookupGetter__ "__proto__")}}{{/with}}'],
  ['the prototype', '{{__proto__.toString}}'],
  ['the prototype as a field', '{{__proto__}}'],
  ['lookup in a prototype (CVE-2021-23369)', '{{lookup this "constructor"}}'],
  ['a quoted segment (CVE-2021-23383)', '{{[constructor]}}'],
  [
    'a segment that ends the generated code',
    "{{#each options}}{{[x'); process.exit(); (']}}{{/each}}",
  ],
  ['the hook of missing helpers', '{{helperMissing}}'],
  ['the hook of missing blocks', '{{#blockHelperMissing name}}{{/blockHelperMissing}}'],
  ['the block of a partial', '{{> @partial-block}}'],
  ['a partial by a value', '{{> (lookup this "name")}}'],
  ['the log', '{{log name}}'],
];

describe('a hostile template', () => {
  it.each(EXPLOITS)('cannot use %s', (_, text) => {
    const problems = problemsOf('escalation-issue.hbs', text);
    expect(problems).not.toEqual([]);
    expect(problems.every((problem) => problem.includes('escalation-issue.hbs:1: '))).toBe(true);
  });

  it('is no template where it is a syntax tree', () => {
    const literal = { type: 'NumberLiteral', value: 'process.exit()' };
    const call = { type: 'MustacheStatement', path: 0, params: [literal] };
    // All that may be handed over beside text is a file that cannot be read.
    const unreadable = {
      kind: 'unreadable',
      line: null,
      message: 'is not UTF-8 text.',
      fix: 'Save it as UTF-8.',
    } as const;
    const tree = { ...unreadable, type: 'Program', body: [call] };
    expect(problemsOf('dashboard.hbs', tree)).toEqual([
      '.github/templates/dashboard.hbs: The file is not UTF-8 text. Fix: Save it as UTF-8.',
    ]);
  });

  it('does not run what a value holds', () => {
    const template = templateOf(
      'escalation-issue',
      'escalation-issue.hbs',
      '{{name}} {{#each options}}{{this}}{{/each}}',
    );
    expect(template({ name: '{{target}} [N]', options: ['{{#if'] })).toBe('{{target}} [N] {{#if');
  });

  it.each([
    ['an object', { type: 'Program', body: [] }],
    ['a function', () => 'x'],
    ['nothing', undefined],
  ])('gets no %s for a text', (_, name) => {
    const template = templateOf('escalation-issue', 'escalation-issue.hbs', 'a\n{{name}}');
    expect(() => template({ name })).toThrow(
      't/escalation-issue.hbs:2: the field `name` is not a text.',
    );
  });

  it('sees no field that is merely inherited', () => {
    class Inherited {
      get name(): string {
        return this.constructor.name;
      }
    }
    const template = templateOf('escalation-issue', 'escalation-issue.hbs', '{{name}}');
    expect(() => template(new Inherited())).toThrow(
      't/escalation-issue.hbs:1: the field `name` is not there.',
    );
  });
});
