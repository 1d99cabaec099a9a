import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { WorkflowRunRecord } from '../../../simulator/runner/runner.ts';
import { HOME, startMachine, type Machine } from '../../support/machine.ts';
import { CALLER, EXAMPLE, readShipped } from '../../support/shipped-workflows.ts';

/** Real processes, among them the example's type checker, on a busy machine. */
jest.setTimeout(180_000);

const REPO = { owner: 'acme', repo: 'plex-client' };

let machine: Machine;
beforeEach(async () => {
  machine = await startMachine();
});
afterEach(() => machine.stop());

/** The example's repository with a workflow of the given text. */
async function createExample(workflow: string): Promise<void> {
  const files = path.join(machine.root, 'example');
  await cp(path.join(HOME, 'examples/plex-client'), files, {
    recursive: true,
    filter: (source) => !source.endsWith('node_modules'),
  });
  // What `npm ci` would install is here already: the test needs no network.
  const setup = `ln -s '${path.join(HOME, 'node_modules')}' node_modules`;
  const prepared = workflow.replace('setup: npm ci', `setup: ${setup}`);
  await writeFile(path.join(files, '.github/workflows/sessions.yml'), prepared);
  await machine.simulator.createRepository({
    owner: REPO.owner,
    name: REPO.repo,
    files,
    collaborators: { maya: 'admin' },
    variables: { SESSIONWRIGHT_SETUP: setup },
  });
}

async function label(name: string): Promise<WorkflowRunRecord | undefined> {
  const { data } = await machine.maya.rest.issues.create({ ...REPO, title: name });
  await machine.maya.rest.issues.addLabels({ ...REPO, issue_number: data.number, labels: [name] });
  await machine.runner.idle();
  return machine.runner.runs().find(({ run }) => run.event === 'issues');
}

describe('the example under the short workflow', () => {
  it('starts a session for a label, with the permissions of each job', async () => {
    await createExample(readShipped(CALLER).text);
    const run = await label('session:event-emitter');
    expect(run?.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['Sessions / Verify', 'success'],
      ['Sessions / Orchestrate', 'success'],
    ]);
    const [verify, orchestrate] = run?.jobs ?? [];
    expect(Object.values(verify?.permissions ?? {})).not.toContain('write');
    expect(orchestrate?.permissions).toMatchObject({ contents: 'write', issues: 'write' });
    expect(orchestrate?.outputs['started']).toBe('["event-emitter"]');
    const { data: pulls } = await machine.maya.rest.pulls.list(REPO);
    expect(pulls.map(({ title, head }) => [title, head.ref])).toEqual([
      ['Session: Event Emitter (attempt 1 of 3)', 'session/event-emitter-1'],
    ]);
    expect(machine.simulator.unknown).toEqual([]);
  });

  it('starts no runner for a label of somebody', async () => {
    await createExample(readShipped(CALLER).text);
    const before = machine.simulator.calls.length;
    const run = await label('bug');
    expect(run?.run.conclusion).toBe('skipped');
    expect(run?.jobs.map(({ name, steps }) => [name, steps.length])).toEqual([
      ['Sessions / Verify', 0],
      ['Sessions / Orchestrate', 0],
    ]);
    // The two of the test itself.
    expect(machine.simulator.calls.length - before).toBe(2);
  });
});

describe('the example under the whole workflow', () => {
  it('starts the same session', async () => {
    await createExample(readShipped(EXAMPLE).text);
    const run = await label('session:event-emitter');
    expect(run?.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['Verify', 'success'],
      ['Orchestrate', 'success'],
    ]);
    const { data: pulls } = await machine.maya.rest.pulls.list(REPO);
    expect(pulls.map(({ head }) => head.ref)).toEqual(['session/event-emitter-1']);
  });
});

describe('the example with coders in a matrix', () => {
  it('has one for each session that was started', async () => {
    const { text } = readShipped('examples/workflows/matrix.yml');
    const steps = '    steps:\n      - run: echo "coding ${{ matrix.module }}"\n';
    await createExample(text.slice(0, text.indexOf('    steps:\n')) + steps);
    const run = await label('session:ready');
    const coders = run?.jobs.slice(2).map(({ name, log }) => [name, log.at(-1)]);
    expect(coders).toEqual([
      ['Coder for event-emitter', 'coding event-emitter'],
      ['Coder for http-client', 'coding http-client'],
    ]);
  });
});
