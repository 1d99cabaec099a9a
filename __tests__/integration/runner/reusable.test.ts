import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parseCallReference } from '../../../simulator/runner/called-workflows.ts';
import type { WorkflowRunRecord } from '../../../simulator/runner/runner.ts';
import { runWorkflow, startRunner, writeAction } from './fake-host.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

const CALLED = '.github/workflows/called.yml';

let started: ReturnType<typeof startRunner>;
let actions: Record<string, string>;

beforeEach(() => {
  actions = {};
  started = startRunner({ actions });
});

afterEach(async () => {
  await started.end();
});

/** Runs a caller whose one job calls a workflow of the same repository. */
async function call(
  job: string,
  called: string,
  files: Readonly<Record<string, string>> = {},
): Promise<WorkflowRunRecord> {
  const source = `permissions: {}\njobs:\n  caller:\n    uses: ./${CALLED}\n${job.replace(/^/gmu, '    ')}`;
  return runWorkflow(started, source, { ...files, [CALLED]: called });
}

/** A workflow to be called whose only job does what it is told. */
function echoing(what: string, contract = ''): string {
  return `on:\n  workflow_call:\n${contract.replace(/^/gmu, '    ')}\njobs:\n  echo:\n    runs-on: x\n    steps: [{ run: ${JSON.stringify(`echo "${what}"`)} }]`;
}

function lastLine(record: WorkflowRunRecord): string | undefined {
  return record.jobs[0]?.log.at(-1);
}

describe('a called workflow', () => {
  it('has the jobs of the run, named after both', async () => {
    const record = await call('name: Outer', echoing('hello'));
    expect(record.run.conclusion).toBe('success');
    expect(record.jobs.map(({ name, key }) => [name, key])).toEqual([['Outer / echo', 'echo']]);
  });

  it('sees the event, the file and the variables of its caller, not its environment', async () => {
    started.host.variableValues['PLACE'] = 'here';
    const what = '$OUTER|${{ github.workflow_ref }}|${{ github.event_name }}|${{ vars.PLACE }}';
    const record = await runWorkflow(
      started,
      `env: { OUTER: set }\njobs: { caller: { uses: ./${CALLED} } }`,
      { [CALLED]: echoing(what) },
    );
    expect(lastLine(record)).toBe('|octo/plex/.github/workflows/ci.yml@refs/heads/main|push|here');
  });

  it('gets inputs of the types it declares, with its defaults', async () => {
    const inputs = `inputs:
  flag: { type: boolean }
  count: { type: number, default: 3 }
  who: { type: string, required: true }
  where: { type: string, default: "\${{ github.ref_name }}" }`;
    const what =
      '${{ toJSON(inputs.flag) }} ${{ inputs.count == 3 }} ${{ inputs.who }} ${{ inputs.where }}';
    const record = await call('with: { who: "${{ github.event_name }}er" }', echoing(what, inputs));
    expect(lastLine(record)).toBe('false true pusher main');
  });

  it('gets the secrets that are named, and all of them only where they are inherited', async () => {
    Object.assign(started.host.secretValues, { ONE: 'first-secret', TWO: 'second-secret' });
    const what = "${{ secrets.TWO != '' }} ${{ secrets.mine == 'first-secret' }}";
    const contract = 'secrets: { mine: { required: false } }';
    const named = await call('secrets: { mine: "${{ secrets.ONE }}" }', echoing(what, contract));
    expect(lastLine(named)).toBe('false true');
    const inherited = await call('secrets: inherit', echoing(what, contract));
    expect(lastLine(inherited)).toBe('true false');
    const none = await call('', echoing(what, contract));
    expect(lastLine(none)).toBe('false false');
  });

  it('hands outputs of its jobs to those that need its caller', async () => {
    const called = `on:
  workflow_call:
    outputs:
      found: { value: "\${{ jobs.look.outputs.found }} \${{ jobs.look.result }}" }
jobs:
  look:
    runs-on: x
    outputs: { found: "\${{ steps.s.outputs.found }}" }
    steps: [{ id: s, run: 'echo found=gold >> "$GITHUB_OUTPUT"' }]`;
    const record = await runWorkflow(
      started,
      `jobs:
  caller: { uses: $/${CALLED} }
  after:
    needs: caller
    runs-on: x
    steps: [{ run: 'echo "\${{ needs.caller.result }}: \${{ needs.caller.outputs.found }}"' }]`,
      { [CALLED]: called },
    );
    expect(record.jobs.at(-1)?.log.at(-1)).toBe('success: gold success');
  });

  it('is made once for each combination of its caller', async () => {
    const record = await call(
      'strategy: { matrix: { who: [a, b] } }\nwith: { who: "${{ matrix.who }}" }',
      echoing('${{ inputs.who }}', 'inputs: { who: { type: string } }'),
    );
    expect(record.jobs.map(({ name, log }) => [name, log.at(-1)])).toEqual([
      ['caller (a) / echo', 'a'],
      ['caller (b) / echo', 'b'],
    ]);
  });

  it('fails its caller, whose dependents are skipped', async () => {
    const record = await runWorkflow(
      started,
      `jobs:
  caller: { uses: ./${CALLED} }
  after: { needs: caller, runs-on: x, steps: [{ run: 'true' }] }`,
      { [CALLED]: echoing('"; exit 1; echo "') },
    );
    expect(record.run.conclusion).toBe('failure');
    expect(record.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['caller / echo', 'failure'],
      ['after', 'skipped'],
    ]);
  });

  it('is listed as its caller alone where that is skipped', async () => {
    const record = await call('if: false', echoing('never'));
    expect(record.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['caller', 'skipped'],
    ]);
  });

  it('is skipped with all of its jobs', async () => {
    const called = `on: workflow_call\njobs: { a: { if: false, runs-on: x, steps: [{ run: 'true' }] } }`;
    const record = await call('', called);
    expect(record.run.conclusion).toBe('skipped');
    expect(record.jobs.map(({ name }) => name)).toEqual(['caller / a']);
  });

  it('may call another, which keeps both names', async () => {
    const middle = `on: workflow_call\njobs: { middle: { uses: ./.github/workflows/deep.yml } }`;
    const record = await call('', middle, { '.github/workflows/deep.yml': echoing('deep') });
    expect(record.jobs.map(({ name }) => name)).toEqual(['caller / middle / echo']);
    expect(lastLine(record)).toBe('deep');
  });

  it('takes its turns in groups of its own, and never waits for its caller', async () => {
    const grouped = `concurrency: inner\n${echoing('turn')}`;
    expect((await call('concurrency: outer', grouped)).run.conclusion).toBe('success');
    const stuck = await call('concurrency: INNER', grouped);
    expect(stuck.run.conclusion).toBe('cancelled');
    expect(stuck.jobs[0]?.annotations[0]?.message).toContain('deadlock');
  });
});

describe('a workflow of another repository', () => {
  it('takes its own action by $/, and the caller its own checkout', async () => {
    const directory = writeAction(started.host, 'tool', {
      'action.yml': 'runs: { using: node24, main: main.js }',
      'main.js': "console.log('ours, in ' + process.env.GITHUB_REPOSITORY);",
    });
    actions['octo/tool'] = directory;
    writeAction(started.host, 'tool/.github/workflows', {
      'run.yml': 'on: workflow_call\njobs: { own: { runs-on: x, steps: [{ uses: $/ }] } }',
    });
    const record = await runWorkflow(
      started,
      'jobs: { caller: { uses: octo/tool/.github/workflows/run.yml@v1 } }',
    );
    expect(lastLine(record)).toBe('ours, in octo/plex');
  });

  it.each([
    ['.github/workflows/a.yml'],
    ['./workflows/a.yml'],
    ['$/.github/workflows/a.yml@v1'],
    ['octo/tool/.github/workflows/a.yml'],
    ['octo/tool/.github/workflows/deep/a.yml@v1'],
  ])('is not named by %s', (uses) => {
    expect(parseCallReference(uses, { repository: 'octo/plex', ref: 'main' })).toBeNull();
  });
});

describe('the permissions of a called workflow', () => {
  const asking = (permissions: string): string =>
    echoing('x').replace('    runs-on', `    permissions: ${permissions}\n    runs-on`);

  it('are those of its caller where it names none', async () => {
    const record = await call('permissions: { issues: write }', echoing('x'));
    expect(record.jobs[0]?.permissions).toEqual({ issues: 'write', metadata: 'read' });
  });

  it('are those it names, below those of its caller', async () => {
    const record = await call(
      'permissions: { issues: write, contents: read }',
      asking('{ issues: read }'),
    );
    expect(record.jobs[0]?.permissions).toEqual({ issues: 'read', metadata: 'read' });
  });

  it('above those of its caller end the run before its first job', async () => {
    const record = await call(
      'permissions: { contents: read }',
      asking('{ contents: write, issues: read }'),
    );
    expect(record.run.conclusion).toBe('failure');
    expect(record.jobs).toEqual([]);
    expect(record.reason).toContain(
      "The nested job 'echo' is requesting 'contents: write, issues: read', but is only allowed 'contents: read, issues: none'.",
    );
  });

  it('of the whole file above those of its caller end the run as well', async () => {
    const record = await call('', `permissions: { issues: read }\n${echoing('x')}`);
    expect(record.reason).toContain(
      "The workflow is requesting 'issues: read', but is only allowed 'issues: none'.",
    );
  });
});

describe('a call GitHub refuses', () => {
  const contract = 'inputs: { n: { type: number } }\nsecrets: { key: { required: true } }';
  const refused: readonly (readonly [string, string, string, string])[] = [
    ['an input there is not', 'with: { m: 1 }', 'inputs: {}', 'm is not defined'],
    ['an input of another type', 'with: { n: one }', 'inputs: { n: { type: number } }', 'a number'],
    ['no required input', '', 'inputs: { n: { type: number, required: true } }', 'n is required'],
    ['a secret there is not', 'secrets: { other: x }', contract, 'other is not defined'],
    ['no required secret', '', contract, 'key is required'],
    ['an input without a type', '', 'inputs: { n: {} }', 'missing: type'],
  ];
  it.each(refused)('for %s', async (_name, job, declared, reason) => {
    const record = await call(job, echoing('x', declared));
    expect([record.run.conclusion, record.jobs.length]).toEqual(['failure', 0]);
    expect(record.reason).toContain(reason);
  });

  it('for a file that is missing, cannot be called or calls itself', async () => {
    const missing = await runWorkflow(started, 'jobs: { a: { uses: ./.github/workflows/no.yml } }');
    expect(missing.reason).toContain('was not found');
    const uncallable = await call('', 'on: push\njobs: { a: { runs-on: x, steps: [{ run: a }] } }');
    expect(uncallable.reason ?? '').toContain('no `on: workflow_call`');
    const endless = await call('', `on: workflow_call\njobs: { again: { uses: ./${CALLED} } }`);
    expect(endless.reason).toContain('More than 10 levels');
  });

  it('for a key that a job with a machine has', async () => {
    const record = await call('runs-on: x', echoing('x'));
    expect(record.reason).toContain("Unexpected value 'runs-on'");
  });
});
