import { describe, expect, it } from '@jest/globals';
import {
  renderMergeGroupCheck,
  type MergeGroupView,
} from '../../../src/documents/merge-group-check.ts';
import { BUILT_IN_FAILURES } from '../../../src/domain/failure.ts';
import { renderNotASessionCheck } from '../../../src/documents/verification-report.ts';
import { result } from './views.ts';

const FAILURE = { type: 'infrastructure', source: '', message: 'It was not found.' };
const VIEW: MergeGroupView = {
  verdict: 'green',
  sessions: [{ module: 'plex-auth', attempt: 1, pullRequest: 57, verified: true }],
  commands: [result({ name: 'Tests | all' })],
  failures: [],
  table: BUILT_IN_FAILURES,
  runUrl: null,
};
const FAILED = result({ outcome: { kind: 'exited', exitCode: 1 }, tail: 'it broke' });

describe('the check on a merge group', () => {
  it.each<[MergeGroupView['verdict'], Partial<MergeGroupView>, string, RegExp]>([
    ['green', {}, '1 session verified together', /in #57: ✅ verified at its head/],
    ['red', { commands: [FAILED] }, '1 command failed on what is merged', /Next: bring the branch/],
    ['not-run', { commands: [] }, 'Could not verify (infrastructure)', /Next: queue it again/],
    [
      'infrastructure',
      { commands: [FAILED] },
      'Could not verify (infrastructure)',
      /Next: mend what/,
    ],
    [
      'unverified',
      { sessions: [{ module: 'plex-auth', attempt: 2, pullRequest: null, verified: false }] },
      '1 session not verified',
      /attempt 2: ❌ not verified at its head[^]*Next: have the head/,
    ],
  ])('says what comes next where it is %s', (verdict, change, title, words) => {
    const output = renderMergeGroupCheck({ ...VIEW, ...change, verdict });
    expect(output.title).toBe(title);
    expect(output.summary).toMatch(words);
  });

  it('shows the log of what failed, and a table of all', () => {
    const { summary, text } = renderMergeGroupCheck({
      ...VIEW,
      verdict: 'red',
      commands: [FAILED],
    });
    expect(text).toContain('it broke');
    expect(summary).toContain('failed with exit code 1');
    expect(renderMergeGroupCheck(VIEW).summary).toContain('Tests \\| all');
  });

  it('tells of each what it came to, and in what way', () => {
    const failures = [{ ...FAILURE, source: FAILED.id }];
    const view = { ...VIEW, verdict: 'infrastructure', commands: [FAILED], failures } as const;
    const { text } = renderMergeGroupCheck(view);
    expect(text).toMatch(
      /failed with exit code 1[^]*Infrastructure: It was not found\.[^]*it broke/,
    );
  });

  it('is that of no session where it holds none', () => {
    const view: MergeGroupView = { ...VIEW, verdict: 'no-session', sessions: [] };
    expect(renderMergeGroupCheck(view)).toEqual(renderNotASessionCheck());
  });
});
