import { describe, expect, it } from '@jest/globals';
import type { Scope } from '../../../simulator/runner/expressions.ts';
import {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  TemplateError,
} from '../../../simulator/runner/expressions.ts';
import type { Json } from '../../../simulator/runner/json.ts';

const scope: Scope = {
  contexts: {
    github: { ref: 'refs/heads/main', event: { issue: { title: "it's }} odd" } } },
    steps: { one: { outputs: { list: '["a","b"]' } } },
    matrix: { os: 'linux', size: 3 },
  },
};

function statusOf(state: 'success' | 'failure' | 'cancelled'): Scope {
  const status = {
    success: state === 'success',
    failure: state === 'failure',
    cancelled: state === 'cancelled',
  };
  return { ...scope, status };
}

describe('evaluateTemplate', () => {
  const cases: readonly (readonly [string, Json, Json])[] = [
    ['leaves a text without expressions alone', 'plain $x {{ y }}', 'plain $x {{ y }}'],
    ['keeps the type of a lone expression', '${{ matrix.size }}', 3],
    ['makes text of a mixed one', 'n=${{ matrix.size }}!', 'n=3!'],
    ['reads lists made of JSON', '${{ fromJSON(steps.one.outputs.list) }}', ['a', 'b']],
    ['goes into mappings and lists', { a: ['${{ matrix.os }}', 1] }, { a: ['linux', 1] }],
    ['does not end at braces in a quoted string', "${{ format('{0}}}', 'x') }}", 'x}'],
    ['reads data with quotes and braces', '${{ github.event.issue.title }}', "it's }} odd"],
    ['makes null of what is not there', '${{ github.nothing.at.all }}', null],
    ['evaluates several in a row', '${{ 1 }}${{ true }}${{ null }}', '1true'],
  ];
  it.each(cases)('%s', (_name, template, expected) => {
    expect(evaluateTemplate(template, scope)).toEqual(expected);
  });

  const refused: readonly (readonly [string, string])[] = [
    ['a context that is not available here', '${{ secrets.KEY }}'],
    ['a function there is not', '${{ hashFile() }}'],
    ['an expression that is not closed', 'a ${{ github.ref'],
    ['a status function outside an if', '${{ failure() }}'],
    ['JSON that is none', "${{ fromJSON('{') }}"],
  ];
  it.each(refused)('refuses %s', (_name, template) => {
    expect(() => evaluateText(template, scope)).toThrow(TemplateError);
  });
});

describe('evaluateCondition', () => {
  type State = 'success' | 'failure' | 'cancelled';
  const cases: readonly (readonly [string, Json, State, boolean])[] = [
    ['an absent condition asks for success', null, 'success', true],
    ['an absent condition is false after a failure', null, 'failure', false],
    ['success() is implied', "github.ref == 'refs/heads/main'", 'failure', false],
    ['success() is implied inside braces too', '${{ true }}', 'cancelled', false],
    ['always() runs after anything', 'always()', 'cancelled', true],
    ['!cancelled() runs after a failure', '${{ !cancelled() }}', 'failure', true],
    ['!cancelled() does not run once cancelled', '!cancelled()', 'cancelled', false],
    ['failure() with a condition', "failure() && matrix.os == 'linux'", 'failure', true],
    ['a quoted status function asks nothing', "'failure()' == 'x'", 'success', false],
    ['false is a condition', false, 'success', false],
    ['a text around an expression is always true', '${{ false }} == true', 'success', true],
    ['names of functions ignore case', 'ALWAYS()', 'failure', true],
  ];
  it.each(cases)('%s', (_name, condition, state, expected) => {
    expect(evaluateCondition(condition, statusOf(state))).toBe(expected);
  });
});
