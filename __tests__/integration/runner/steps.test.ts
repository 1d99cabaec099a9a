import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WorkflowRunRecord } from '../../../simulator/runner/runner.ts';
import { oneJob, runWorkflow, startRunner, writeAction } from './fake-host.ts';

const actions: Record<string, string> = {};
let started: ReturnType<typeof startRunner>;

beforeEach(() => {
  started = startRunner({ actions });
});

afterEach(async () => {
  await started.end();
});

function logOf(record: WorkflowRunRecord, job = 0): string {
  return record.jobs[job]?.log.join('\n') ?? '';
}

describe('the environment of a step', () => {
  it('holds the base, what the workflow says and what the runner sets, and no token', async () => {
    const record = await runWorkflow(
      started,
      oneJob(
        `- run: env | cut -d= -f1 | sort | tr '\\n' ' '\n  env: { MINE: x, GITHUB_REF: fake }`,
      ),
    );
    const names =
      'CI GITHUB_ACTION GITHUB_ACTIONS GITHUB_ACTION_REF GITHUB_ACTION_REPOSITORY GITHUB_ACTOR GITHUB_API_URL GITHUB_BASE_REF GITHUB_ENV GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_OUTPUT GITHUB_PATH GITHUB_REF GITHUB_REF_NAME GITHUB_REF_TYPE GITHUB_REPOSITORY GITHUB_REPOSITORY_OWNER GITHUB_RUN_ATTEMPT GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA GITHUB_STATE GITHUB_STEP_SUMMARY GITHUB_TRIGGERING_ACTOR GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA GITHUB_WORKSPACE HOME LANG MINE PATH PWD RUNNER_ARCH RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE RUNNER_WORKSPACE SHLVL _';
    expect(record.jobs[0]?.log.at(-1)?.trim()).toBe(names);
  });

  it('cannot be told to change what the runner sets', async () => {
    const record = await runWorkflow(
      started,
      oneJob('- run: echo "ref $GITHUB_REF ci $CI"\n  env: { GITHUB_REF: fake, CI: "no" }'),
    );
    expect(record.jobs[0]?.log.at(-1)).toBe('ref refs/heads/main ci no');
  });

  it('grows by GITHUB_ENV and GITHUB_PATH for the steps that follow', async () => {
    const record = await runWorkflow(
      started,
      oneJob(`- run: |
    mkdir tools && printf '#!/bin/sh\\necho tool ran' > tools/mytool && chmod +x tools/mytool
    echo "$PWD/tools" >> "$GITHUB_PATH"
    printf 'A<<X\\none\\ntwo\\nX\\n' >> "$GITHUB_ENV"
    echo "NODE_OPTIONS=--inspect" >> "$GITHUB_ENV"
- run: mytool; echo "\${{ env.A }}-$A-$NODE_OPTIONS"`),
    );
    expect(logOf(record)).toContain('tool ran\none\ntwo-one\ntwo-\n'.trimEnd());
    expect(record.run.conclusion).toBe('success');
    expect(record.jobs[0]?.annotations.map(({ message }) => message)).toEqual([
      "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
    ]);
  });

  it('has the token only where the workflow maps it, and hides it in the log', async () => {
    const record = await runWorkflow(
      started,
      oneJob(`- run: echo "A $TOKEN \${#TOKEN} \${#OTHER}"
  env: { TOKEN: "\${{ secrets.GITHUB_TOKEN }}", OTHER: "\${{ github.token }}" }`),
    );
    const length = started.host.minted[0]?.token.length;
    expect(record.jobs[0]?.log.at(-1)).toBe(`A *** ${length} ${length}`);
  });
});

describe('a run step', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['without a shell does not mind a broken pipe', '- run: false | true', 'success'],
    ['in bash does', '- { run: false | true, shell: bash }', 'failure'],
    ['stops at the first failure', '- run: "false\\ntrue"', 'failure'],
    ['takes any program as its shell', '- { run: process.exit(0), shell: "node {0}" }', 'success'],
    ['fails with a shell there is not', '- { run: a, shell: fish }', 'failure'],
    ['fails in a directory there is not', '- { run: true, working-directory: nowhere }', 'failure'],
    ['fails when an expression does', '- run: echo ${{ fromJSON(github.ref) }}', 'failure'],
    ['fails when its if does', '- { run: true, if: nonsense.x }', 'failure'],
    [
      'fails with an env file that cannot be read',
      '- run: echo nonsense >> "$GITHUB_OUTPUT"',
      'failure',
    ],
    ['fails by a command that is disabled', '- run: echo ::set-env name=A::b', 'failure'],
    [
      'is not tolerated with an expression that is false',
      '- { run: false, continue-on-error: "${{ 1 == 2 }}" }',
      'failure',
    ],
    [
      'is tolerated with one that is true',
      '- { run: false, continue-on-error: "${{ 1 == 1 }}" }',
      'success',
    ],
    ['fails when it is out of time', '- { run: sleep 60, timeout-minutes: 0.002 }', 'failure'],
  ];
  it.each(cases)('%s', async (_name, steps, conclusion) => {
    const record = await runWorkflow(started, oneJob(steps));
    expect(record.run.conclusion).toBe(conclusion);
  });

  it('keeps its outputs when it fails', async () => {
    const record = await runWorkflow(
      started,
      oneJob(
        '- { id: a, run: "echo x=1 >> $GITHUB_OUTPUT; exit 1" }\n- { if: always(), run: "echo [${{ steps.a.outputs.x }}]" }',
      ),
    );
    expect(record.jobs[0]?.log.at(-1)).toBe('[1]');
  });

  it('drops a summary over 1 MiB with an error and stays as it is', async () => {
    const record = await runWorkflow(
      started,
      oneJob('- run: head -c 1048577 /dev/zero | tr "\\\\0" x >> "$GITHUB_STEP_SUMMARY"'),
    );
    expect(record.run.conclusion).toBe('success');
    expect(record.jobs[0]?.steps[0]?.summary).toBe('');
    expect(record.jobs[0]?.annotations[0]?.message).toContain('upload aborted');
  });

  it('reads defaults of the job before those of the workflow', async () => {
    const record = await runWorkflow(
      started,
      `defaults: { run: { shell: sh, working-directory: nowhere } }
jobs:
  a:
    runs-on: x
    defaults: { run: { working-directory: . } }
    steps: [{ run: "echo shell $0" }]`,
    );
    expect(logOf(record)).toContain('shell: sh -e {0}');
    expect(record.run.conclusion).toBe('success');
  });
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

describe('an action', () => {
  it('gets inputs by their names, its own place, and warnings for what it does not know', async () => {
    actions['octo/show'] = writeAction(started.host, 'show', {
      'action.yml': `inputs: { 'two words': { default: "\${{ runner.os }}" }, empty: {} }
runs: { using: node20, main: main.cjs }`,
      'main.cjs': `const e = process.env;
console.log([e.INPUT_TWO_WORDS, e.INPUT_EMPTY, e.INPUT_OTHER, e.GITHUB_ACTION, e.GITHUB_ACTION_REF, e.GITHUB_ACTION_PATH === __dirname].join('|'));`,
    });
    const record = await runWorkflow(
      started,
      oneJob('- { uses: octo/show@v3, with: { Other: 1 } }'),
    );
    expect(record.jobs[0]?.log.at(-1)).toBe('Linux||1|__octo_show|v3|true');
    expect(record.jobs[0]?.annotations[0]?.message).toBe(
      "Unexpected input(s) 'Other', valid inputs are ['two words', 'empty']",
    );
  });

  it('may come from the workspace', async () => {
    const record = await runWorkflow(
      started,
      oneJob('- uses: actions/checkout@v5\n- uses: ./tools/hello'),
      {
        'tools/hello/action.yml': 'runs: { using: node20, main: a.js }',
        'tools/hello/a.js': 'console.log("hello from here")',
      },
    );
    expect(record.jobs[0]?.log.at(-1)).toBe('hello from here');
  });

  it('hands files from job to job as artifacts', async () => {
    const record = await runWorkflow(
      started,
      `jobs:
  up:
    runs-on: x
    steps:
      - run: mkdir -p out/deep && echo 1 > out/a.txt && echo 2 > out/deep/b.log && echo 3 > out/.hidden
      - { uses: actions/upload-artifact@v4, with: { name: all, path: out } }
      - { uses: actions/upload-artifact@v4, with: { name: logs, path: "out/**/*.log" } }
      - { uses: actions/upload-artifact@v4, continue-on-error: true, with: { name: all, path: out } }
  down:
    needs: up
    runs-on: x
    steps:
      - { uses: actions/download-artifact@v4, with: { path: got } }
      - { uses: actions/download-artifact@v4, with: { name: logs, path: one } }
      - run: find got one -type f | sort | tr '\\n' ' '`,
    );
    expect(record.jobs[1]?.log.at(-1)).toBe(
      'got/all/a.txt got/all/deep/b.log got/logs/deep/b.log one/deep/b.log ',
    );
    expect(record.jobs[0]?.steps.at(-1)?.outcome).toBe('failure');
  });
});
