import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { oneJob, runWorkflow, startRunner } from './fake-host.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

let started: ReturnType<typeof startRunner>;

beforeEach(() => {
  started = startRunner();
});

afterEach(async () => {
  await started.end();
});

describe('a job', () => {
  it('fails with more than 1 MB of outputs', async () => {
    const record = await runWorkflow(
      started,
      `jobs:
  a:
    runs-on: x
    outputs: { big: "\${{ steps.s.outputs.big }}" }
    steps: [{ id: s, run: "echo big=$(head -c 600000 /dev/zero | tr '\\\\0' x) >> $GITHUB_OUTPUT" }]`,
    );
    expect(record.jobs[0]).toMatchObject({ conclusion: 'failure', outputs: {} });
    expect(record.jobs[0]?.annotations[0]?.message).toContain('1 MB');
  });

  it('fails before its first step when an action cannot be found', async () => {
    const record = await runWorkflow(started, oneJob('- run: echo early\n- uses: octo/none@v1'));
    expect(record.jobs[0]).toMatchObject({ conclusion: 'failure', steps: [] });
    expect(record.jobs[0]?.annotations[0]?.message).toBe(
      'Unable to resolve action `octo/none@v1`, repository not found',
    );
  });

  it('is made once for each combination, with outputs and fail-fast', async () => {
    const record = await runWorkflow(
      started,
      `jobs:
  plan:
    runs-on: x
    outputs: { list: "\${{ steps.s.outputs.list }}" }
    steps: [{ id: s, run: "echo 'list=[\\"a\\",\\"b\\"]' >> $GITHUB_OUTPUT" }]
  each:
    needs: plan
    runs-on: "\${{ matrix.id }}"
    strategy: { matrix: { id: "\${{ fromJSON(needs.plan.outputs.list) }}" } }
    steps: [{ run: "echo \${{ matrix.id }} \${{ strategy.job-index }}/\${{ strategy.job-total }}" }]
  none:
    needs: plan
    runs-on: x
    strategy: { matrix: { id: "\${{ fromJSON('[]') }}" } }
    steps: [{ run: a }]`,
    );
    expect(record.jobs.map(({ name, runsOn, conclusion }) => [name, runsOn, conclusion])).toEqual(
      expect.arrayContaining([
        ['plan', ['x'], 'success'],
        ['each (a)', ['a'], 'success'],
        ['each (b)', ['b'], 'success'],
        ['none', [], 'failure'],
      ]),
    );
    expect(record.jobs.map((job) => job.log.at(-1))).toEqual(
      expect.arrayContaining(['a 0/2', 'b 1/2']),
    );
  });

  it('that fails ends the others of its matrix, unless it is tolerated', async () => {
    const matrix = 'strategy: { max-parallel: 1, matrix: { id: [1, 2] } }';
    const steps = 'steps: [{ run: "exit ${{ matrix.id == 1 }}" }]';
    const record = await runWorkflow(
      started,
      `jobs:
  strict: { runs-on: x, ${matrix}, ${steps} }
  lenient: { runs-on: x, ${matrix}, continue-on-error: true, ${steps} }`,
    );
    expect(record.jobs.map(({ name, conclusion }) => `${name} ${conclusion ?? ''}`).sort()).toEqual(
      ['lenient (1) failure', 'lenient (2) failure', 'strict (1) failure', 'strict (2) cancelled'],
    );
  });

  it('waits for the others of its group', async () => {
    const job = 'runs-on: x, concurrency: { group: g, queue: max }';
    const record = await runWorkflow(
      started,
      `jobs:
  a: { ${job}, steps: [{ run: echo }] }
  b: { ${job}, steps: [{ run: echo }] }
  c: { runs-on: x, concurrency: "\${{ github.run_id }}", steps: [{ run: echo }] }`,
    );
    const [a, b] = record.jobs;
    expect(record.run.conclusion).toBe('success');
    expect((a?.completedAt ?? '') <= (b?.startedAt ?? '')).toBe(true);
  });

  it('is skipped when anything in its chain of needs was, unless it says otherwise', async () => {
    const job = (fields: string): string => `{ runs-on: x, ${fields} }`;
    const record = await runWorkflow(
      started,
      `jobs:
  a: ${job('steps: [{ run: exit 1 }]')}
  b: ${job('needs: a, if: always(), steps: [{ run: echo }]')}
  c: ${job('needs: b, steps: [{ run: echo }]')}
  d: ${job('needs: b, if: failure(), steps: [{ run: echo }]')}
  e: ${job('continue-on-error: true, steps: [{ run: exit 1 }]')}
  f: ${job('needs: e, steps: [{ run: "echo e was ${{ needs.e.result }}" }]')}`,
    );
    const results = Object.fromEntries(record.jobs.map(({ key, conclusion }) => [key, conclusion]));
    expect(results).toEqual({
      a: 'failure',
      b: 'success',
      c: 'skipped',
      d: 'success',
      e: 'failure',
      f: 'success',
    });
  });
});
