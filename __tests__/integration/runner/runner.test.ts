import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RunnerProgress } from '../../../simulator/runner/runner.ts';
import { oneJob, runWorkflow, startRunner } from './fake-host.ts';

/** Real processes on a busy machine. */
jest.setTimeout(60_000);

let started: ReturnType<typeof startRunner>;
let onProgress: (progress: RunnerProgress) => void;

beforeEach(() => {
  onProgress = () => undefined;
  started = startRunner({ onProgress: (progress) => onProgress(progress) });
});

afterEach(async () => {
  await started.end();
});

const ECHO = oneJob(
  '- run: echo "${{ github.event_name }} ${{ github.ref }} ${{ github.head_ref }}"',
);
const PULL = {
  action: 'opened',
  number: 3,
  pull_request: { title: 'Session: Plex', head: { ref: 'topic' }, base: { ref: 'develop' } },
};

describe('pull requests', () => {
  beforeEach(() => {
    started.host.commit({
      '.github/workflows/target.yml': `on: pull_request_target\n${ECHO}`,
      '.github/workflows/merge.yml': `on: pull_request\n${ECHO}`,
    });
  });

  it('run the default branch and the merge, each with its own ref and file', async () => {
    const { host, runner } = started;
    const sha = host.commit({ 'a.txt': 'topic' }, 'topic');
    host.git('update-ref', 'refs/pull/3/merge', sha);
    host.emit({ name: 'pull_request', payload: PULL });
    await runner.idle();
    expect(runner.runs().map(({ jobs, run }) => [jobs[0]?.log.at(-1), run.displayTitle])).toEqual([
      ['pull_request_target refs/heads/main topic', 'Session: Plex'],
      ['pull_request refs/pull/3/merge topic', 'Session: Plex'],
    ]);
  });

  it('run the default branch alone when they cannot be merged', async () => {
    const { host, runner } = started;
    host.emit({ name: 'pull_request', payload: PULL });
    await runner.idle();
    expect(runner.runs().map(({ run }) => run.event)).toEqual(['pull_request_target']);
    expect(runner.skipped().map(({ event, reason }) => [event, reason])).toContainEqual([
      'pull_request',
      'The pull request cannot be merged: there is no merge commit to run on',
    ]);
  });

  it('that a workflow opened wait for approval', async () => {
    const { host, runner } = started;
    host.emit({ name: 'pull_request', payload: PULL, cause: 'workflow-token' });
    await runner.idle();
    const [record] = runner.runs();
    expect(record?.run).toMatchObject({ status: 'completed', conclusion: 'action_required' });
    expect(record?.jobs).toEqual([]);
    const id = record?.run.id ?? 0;
    await runner.approve(id);
    await runner.idle();
    expect(record?.run).toMatchObject({ status: 'completed', conclusion: 'success' });
    await expect(runner.approve(id)).rejects.toThrow('does not wait for approval');
  });

  it('from a fork get no secrets and a token that only reads', async () => {
    const { host, runner } = started;
    host.secretValues['KEY'] = 'swordfish';
    const sha = host.commit({
      '.github/workflows/merge.yml': `on: pull_request\npermissions: { issues: write }\n${oneJob('- run: echo "[${{ secrets.KEY }}]"')}`,
    });
    host.git('update-ref', 'refs/pull/3/merge', sha);
    const head = { ref: 'topic', repo: { full_name: 'fork/plex' } };
    const pull = { ...PULL.pull_request, head };
    host.emit({ name: 'pull_request', payload: { ...PULL, pull_request: pull } });
    await runner.idle();
    expect(runner.runs()[1]?.jobs[0]?.log.at(-1)).toBe('[]');
    expect(runner.runs()[1]?.jobs[0]?.permissions).toEqual({ issues: 'read', metadata: 'read' });
  });
});

describe('dispatches', () => {
  it('run the file on their ref with their inputs and defaults', async () => {
    const { host, runner } = started;
    const source = (place: string): string => `on:
  workflow_dispatch:
    inputs: { module: { required: true }, dry: { type: boolean, default: true } }
${oneJob(`- run: echo "${place} \${{ inputs.module }} \${{ inputs.dry && 'dry' }} \${{ github.event.inputs.dry }} $GITHUB_REF_NAME"`)}`;
    host.commit({ '.github/workflows/go.yml': source('main') });
    host.commit({ '.github/workflows/go.yml': source('topic') }, 'topic');
    const payload = { ref: 'refs/heads/topic', workflow: '.github/workflows/go.yml' };
    host.emit({
      name: 'workflow_dispatch',
      payload: { ...payload, inputs: { module: 'plex' } },
      cause: 'workflow-token',
    });
    host.emit({ name: 'workflow_dispatch', payload: { ...payload, inputs: {} } });
    await runner.idle();
    expect(runner.runs().map(({ jobs }) => jobs[0]?.log.at(-1))).toEqual([
      'topic plex dry true topic',
    ]);
    expect(runner.skipped().at(-1)?.reason).toBe("Required input 'module' not provided");
  });
});

describe('a runner', () => {
  it('keeps one run of a group, replaces the one that waits and tells why', async () => {
    const { host, runner } = started;
    host.commit({
      '.github/workflows/a.yml': `on: issues\nconcurrency: one\n${oneJob('- run: echo "${{ github.run_number }}"')}`,
    });
    for (const action of ['opened', 'labeled', 'closed']) {
      host.emit({ name: 'issues', payload: { action } });
    }
    await runner.idle();
    expect(runner.runs().map(({ run, reason }) => [run.conclusion, reason])).toEqual([
      ['success', null],
      ['cancelled', 'Canceling since a higher priority waiting request exists for one'],
      ['success', null],
    ]);
  });

  it('runs all of a group in order with queue: max', async () => {
    const { host, runner } = started;
    const order: string[] = [];
    onProgress = (progress) => {
      if (progress.kind === 'job') order.push(`${progress.run.runNumber} ${progress.job.status}`);
    };
    host.commit({
      '.github/workflows/a.yml': `on: issues\nconcurrency: { group: one, queue: max }\n${ECHO}`,
    });
    for (let count = 0; count < 3; count += 1) host.emit({ name: 'issues' });
    await runner.idle();
    expect(order).toEqual(
      ['1', '2', '3'].flatMap((run) => [`${run} in_progress`, `${run} completed`]),
    );
  });

  it('cancels a run for a newer one, and runs what asked to follow a cancellation', async () => {
    const { host, runner } = started;
    host.commit({
      '.github/workflows/a.yml': `on: issues
concurrency: { group: one, cancel-in-progress: true }
jobs:
  slow:
    runs-on: x
    steps:
      - run: test "\${{ github.run_number }}" = 2 || sleep 60
      - run: echo not this
      - { if: cancelled(), run: echo cleaned up }
  after: { needs: slow, runs-on: x, steps: [{ run: a }], if: "!cancelled()" }`,
    });
    onProgress = (progress) => {
      if (progress.kind !== 'step' || runner.runs().length > 1) return;
      onProgress = () => undefined;
      host.emit({ name: 'issues' });
    };
    host.emit({ name: 'issues' });
    await runner.idle();
    const [first, second] = runner.runs();
    expect(first?.run.conclusion).toBe('cancelled');
    expect(first?.jobs.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'skipped']);
    expect(first?.jobs[0]?.steps.map(({ conclusion }) => conclusion)).toEqual([
      'cancelled',
      'skipped',
      'success',
    ]);
    expect(second?.jobs[0]?.conclusion).toBe('success');
  });

  it('cancels a job that is out of time', async () => {
    const record = await runWorkflow(
      started,
      'jobs: { a: { runs-on: x, timeout-minutes: 0.002, steps: [{ run: sleep 60 }] } }',
    );
    expect(record.run.conclusion).toBe('cancelled');
    expect(record.jobs[0]?.annotations[0]?.message).toContain('maximum execution time');
  });

  it('cancels a job that would wait for its own run', async () => {
    const record = await runWorkflow(
      started,
      'concurrency: One\njobs: { a: { runs-on: x, concurrency: one, steps: [{ run: a }] } }',
    );
    expect(record.run.conclusion).toBe('cancelled');
    expect(record.jobs[0]?.annotations[0]?.message).toContain('deadlock');
  });

  it('ends the whole process tree when it stops', async () => {
    const { host, runner } = started;
    const pid = new Promise<number>((resolve) => {
      const server = createServer((socket) => {
        socket.on('data', (chunk) => {
          resolve(Number(chunk.toString()));
          server.close();
          socket.destroy();
        });
      }).listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' ? address?.port : 0;
        const script = `(trap '' TERM; exec sleep 600) & echo $! > /dev/tcp/127.0.0.1/${port}; wait`;
        const source = `on: push\n${oneJob(`- run: "${script}"\n- { if: always(), run: echo never }`)}`;
        const after = host.commit({ '.github/workflows/a.yml': source });
        host.emit({ name: 'push', payload: { ref: 'refs/heads/main', after } });
      });
    });
    const child = await pid;
    await runner.stop();
    expect(stateOf(child)).toMatch(/^(?:gone|Z|X)$/u);
    expect(runner.runs()[0]?.run.conclusion).toBe('cancelled');
    expect(runner.runs()[0]?.jobs[0]?.steps.map(({ conclusion }) => conclusion)).toEqual([
      'cancelled',
      'skipped',
    ]);
    expect(host.revoked).toHaveLength(1);
  });

  it('says why an invalid file that was pushed does not run', async () => {
    const record = await runWorkflow(started, 'jobs: {}\nnonsense: 1');
    expect(record.run).toMatchObject({ conclusion: 'failure', name: '.github/workflows/ci.yml' });
    expect(record.reason).toContain("Unexpected value 'nonsense'");
  });
});

function stateOf(pid: number): string {
  try {
    return /\) (\w)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 'gone';
  } catch {
    return 'gone';
  }
}
