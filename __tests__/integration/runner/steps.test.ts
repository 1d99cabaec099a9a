import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { WorkflowRunRecord } from '../../../simulator/runner/runner.ts';
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
      'CI GITHUB_ACTION GITHUB_ACTIONS GITHUB_ACTION_REF GITHUB_ACTION_REPOSITORY GITHUB_ACTOR GITHUB_API_URL GITHUB_BASE_REF GITHUB_ENV GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_OUTPUT GITHUB_PATH GITHUB_REF GITHUB_REF_NAME GITHUB_REF_TYPE GITHUB_REPOSITORY GITHUB_REPOSITORY_ID GITHUB_REPOSITORY_OWNER GITHUB_REPOSITORY_OWNER_ID GITHUB_RUN_ATTEMPT GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA GITHUB_STATE GITHUB_STEP_SUMMARY GITHUB_TRIGGERING_ACTOR GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA GITHUB_WORKSPACE HOME LANG MINE PATH PWD RUNNER_ARCH RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE RUNNER_WORKSPACE SHLVL _';
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

describe('a value that is masked', () => {
  it('is hidden from the line that says so on, and an output made of it stays behind', async () => {
    const record = await runWorkflow(
      started,
      `jobs:
  a:
    runs-on: x
    outputs: { open: "\${{ steps.s.outputs.open }}", closed: "\${{ steps.s.outputs.closed }}" }
    steps:
      - id: s
        run: |
          echo "::add-mask::sw0rdfish"
          echo "now sw0rdfish"
          echo "open=yes" >> "$GITHUB_OUTPUT"
          echo "closed=a-sw0rdfish" >> "$GITHUB_OUTPUT"
          echo "a sw0rdfish" >> "$GITHUB_STEP_SUMMARY"`,
    );
    expect(logOf(record)).toContain('now ***');
    expect(record.jobs[0]?.outputs).toEqual({ open: 'yes' });
    expect(record.jobs[0]?.steps[0]?.summary).toBe('a ***\n');
  });
});
