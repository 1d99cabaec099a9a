import { describe, expect, it } from '@jest/globals';
import {
  BUILT_IN_FAILURES,
  DELIVERABLES_SOURCE,
  describeFailure,
  failureTable,
  REPORT_SOURCE,
} from '../../../src/domain/failure.ts';

const ADDED = {
  id: 'contract',
  title: 'Contract',
  indicator: 'x',
  instruction: 'HALT',
  action: 'halt',
  target: null,
} as const;

describe('describeFailure', () => {
  it.each([
    ['type-error', 'Type error', 'Fix type mismatch', 'coder'],
    ['missing-type', 'Missing type', 'HALT', 'planning-agent'],
    ['spec-ambiguity', 'Spec ambiguity', 'HALT', 'phase-1-review'],
    ['infrastructure', 'Infrastructure', 'Run again; no attempt is spent', 'orchestrator'],
    ['contract', 'Contract', 'HALT', 'planning-agent'],
    ['unheard-of', 'unheard-of', 'Read the output and fix the cause', 'coder'],
  ])('tells what to do about %s', (type, title, instruction, goesTo) => {
    expect(describeFailure({ type, source: 'test' }, failureTable([ADDED]))).toEqual({
      title,
      instruction,
      goesTo,
    });
  });

  it.each([
    [DELIVERABLES_SOURCE, 'Create the missing files'],
    [REPORT_SOURCE, 'Complete the report'],
    ['spec-pack', 'Take the change back'],
  ])('tells what to do about a violation that %s shows', (source, instruction) => {
    const advice = describeFailure({ type: 'protocol-violation', source }, BUILT_IN_FAILURES);
    expect(advice).toEqual({ title: 'Protocol violation', instruction, goesTo: 'coder' });
  });

  it('knows every row of the table', () => {
    for (const { id, title } of BUILT_IN_FAILURES) {
      expect(describeFailure({ type: id, source: 'x' }, BUILT_IN_FAILURES).title).toBe(title);
    }
  });
});
