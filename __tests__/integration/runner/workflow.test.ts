import { describe, expect, it } from '@jest/globals';
import { dispatchInputs } from '../../../simulator/runner/dispatch-inputs.ts';
import type { Json } from '../../../simulator/runner/json.ts';
import type { InputSpec } from '../../../simulator/runner/workflow.ts';
import { parseWorkflow, WorkflowError } from '../../../simulator/runner/workflow.ts';

const PATH = '.github/workflows/a.yml';
const JOB = 'jobs: { a: { runs-on: x, steps: [{ run: true }] } }';

describe('parseWorkflow', () => {
  it('takes the forms of on, needs and concurrency that are texts', () => {
    const workflow = parseWorkflow(`on: push\nconcurrency: one\n${JOB}`, PATH);
    expect(workflow).toMatchObject({
      name: PATH,
      on: { push: { types: null } },
      concurrency: { group: 'one', cancelInProgress: false, queue: 'single' },
      jobs: [{ id: 'a', needs: [], steps: [{ run: 'true' }] }],
    });
    expect(Object.keys(parseWorkflow(`on: [push, issues]\n${JOB}`, PATH).on)).toEqual([
      'push',
      'issues',
    ]);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['text that is not YAML', 'on: [', /error in your yaml/u],
    ['no trigger', JOB, /No event triggers/u],
    ['a key there is not', `on: push\nenvs: {}\n${JOB}`, /Unexpected value 'envs'/u],
    [
      'a step that does nothing',
      'on: push\njobs: { a: { runs-on: x, steps: [{ id: b }] } }',
      /either/u,
    ],
    [
      'a step that does both',
      'on: push\njobs: { a: { runs-on: x, steps: [{ run: a, uses: b }] } }',
      /either/u,
    ],
    [
      'a job without a machine',
      'on: push\njobs: { a: { steps: [{ run: a }] } }',
      /missing: runs-on/u,
    ],
    [
      'a need there is not',
      'on: push\njobs: { a: { runs-on: x, needs: b, steps: [{ run: a }] } }',
      /unknown job 'b'/u,
    ],
    [
      'jobs in a circle',
      'on: push\njobs: { a: { runs-on: x, needs: b, steps: [{ run: a }] }, b: { runs-on: x, needs: a, steps: [{ run: a }] } }',
      /circle: a, b/u,
    ],
    [
      'one step id twice',
      'on: push\njobs: { a: { runs-on: x, steps: [{ id: b, run: a }, { id: B, run: a }] } }',
      /more than once/u,
    ],
    [
      'a call with steps',
      'on: push\njobs: { a: { uses: ./b.yml, steps: [{ run: a }] } }',
      /Unexpected value 'steps'/u,
    ],
    [
      'a filter and its opposite',
      `on: { push: { branches: [a], branches-ignore: [b] } }\n${JOB}`,
      /cannot both/u,
    ],
    [
      'queue: max with cancel-in-progress',
      `on: push\nconcurrency: { group: g, queue: max, cancel-in-progress: true }\n${JOB}`,
      /queue: max cannot go/u,
    ],
    [
      'a permission there is not',
      `on: push\npermissions: { x: read }\n${JOB}`,
      /permissions: Unexpected/u,
    ],
  ];
  it.each(refused)('refuses %s', (_name, source, message) => {
    expect(() => parseWorkflow(source, PATH)).toThrow(WorkflowError);
    expect(() => parseWorkflow(source, PATH)).toThrow(message);
  });
});

describe('dispatchInputs', () => {
  const input = (fields: Partial<InputSpec>): InputSpec => ({
    type: 'string',
    required: false,
    default: null,
    options: [],
    ...fields,
  });
  const specs = {
    module: input({ required: true }),
    dry: input({ type: 'boolean', default: false }),
    count: input({ type: 'number', default: 3 }),
    kind: input({ type: 'choice', default: 'a', options: ['a', 'b'] }),
  };

  it('fills defaults in, keeps types for expressions and texts for the event', () => {
    expect(dispatchInputs(specs, { module: 'plex', dry: 'true' })).toEqual({
      kind: 'accepted',
      inputs: { module: 'plex', dry: true, count: 3, kind: 'a' },
      texts: { module: 'plex', dry: 'true', count: '3', kind: 'a' },
    });
  });

  const refused: readonly (readonly [string, Json, RegExp])[] = [
    ['a missing one that is required', {}, /Required input 'module' not provided/u],
    ['one it does not know', { module: 'x', other: 'y' }, /Unexpected inputs.*other/u],
    ['a choice that is none', { module: 'x', kind: 'c' }, /not in the list/u],
  ];
  it.each(refused)('refuses %s', (_name, sent, reason) => {
    expect(dispatchInputs(specs, sent)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(reason),
    });
  });
});
