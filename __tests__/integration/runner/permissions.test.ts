import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../simulator/runner/json.ts';
import { jobPermissions, permissionsProblem } from '../../../simulator/runner/permissions.ts';

describe('jobPermissions', () => {
  const cases: readonly (readonly [string, Json, Json, boolean, Json])[] = [
    ['defaults to the restricted set', null, null, true, { contents: 'read', packages: 'read' }],
    ['makes none of what is not named', { issues: 'write' }, null, true, { issues: 'write' }],
    [
      'lets the job replace the workflow',
      { issues: 'write' },
      { checks: 'read' },
      true,
      { checks: 'read' },
    ],
    ['takes an empty block at its word', {}, null, true, {}],
    [
      'only reads for what is not trusted',
      { issues: 'write', checks: 'none' },
      null,
      false,
      { issues: 'read', checks: 'none' },
    ],
  ];
  it.each(cases)('%s', (_name, workflow, job, trusted, expected) => {
    expect(jobPermissions(workflow, job, trusted)).toEqual({
      ...Object(expected),
      metadata: 'read',
    });
  });

  it('knows every scope by read-all and write-all', () => {
    expect(jobPermissions('write-all', null, true)).toMatchObject({
      contents: 'write',
      checks: 'write',
    });
    expect(jobPermissions('write-all', 'read-all', true)).toMatchObject({ contents: 'read' });
  });

  it.each([
    ['a scope there is not', { conten: 'read' }],
    ['an access there is not', { contents: 'admin' }],
    ['a word there is not', 'all'],
  ] as const)('refuses %s', (_name, block) => {
    expect(permissionsProblem(block)).toMatch(/Unexpected value/u);
  });
});
