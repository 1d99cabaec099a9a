import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { contractProblem } from '../../../simulator/runner/call-contract.ts';
import { loadCalls } from '../../../simulator/runner/called-workflows.ts';
import { BASE_CHECK, GATES_CHECK, VERIFICATION_CHECK } from '../../../src/domain/checks.ts';
import type { Json } from '../../../simulator/runner/json.ts';
import { plainText } from '../../../simulator/runner/json.ts';
import { grantedBy } from '../../../simulator/runner/permissions.ts';
import type { CallJobSpec, StepSpec, Workflow } from '../../../simulator/runner/workflow.ts';
import {
  allShipped,
  CALLER,
  EXAMPLE,
  GHES,
  INLINED,
  OUR_ACTION,
  OUR_WORKFLOW,
  readShipped,
  REUSABLE,
} from '../../support/shipped-workflows.ts';

const SHIPPED = allShipped();
const NAMES = SHIPPED.map((shipped) => [shipped.path, shipped] as const);
const CHECK_NAMES = [VERIFICATION_CHECK, GATES_CHECK, BASE_CHECK] as const;
const reusable = readShipped(REUSABLE).workflow;

function callsOf(workflow: Workflow): readonly CallJobSpec[] {
  return workflow.jobs.filter((job) => job.kind === 'call');
}

function stepsOf(workflow: Workflow): readonly StepSpec[] {
  return workflow.jobs.flatMap((job) => (job.kind === 'machine' ? job.steps : []));
}

const CALLERS = NAMES.filter(([, { workflow }]) => callsOf(workflow).length > 0);

describe.each(CALLERS)('the caller %s', (_name, { workflow }) => {
  const [call, ...others] = callsOf(workflow);

  it('calls our reusable workflow once, with what it takes', () => {
    expect([call?.uses, others]).toEqual([OUR_WORKFLOW, []]);
    const contract = reusable.call ?? { inputs: {}, secrets: {}, outputs: {} };
    expect(call && contractProblem(contract, call)).toBeNull();
  });

  it('may all that each called job asks for, and nothing that none does', () => {
    expect(call?.permissions).not.toBeNull();
    const given = grantedBy(call?.permissions ?? {}, null);
    const asked = reusable.jobs.map(({ permissions }) => grantedBy(permissions, null));
    const most = asked.reduce((all, one) => {
      const writes = Object.entries(one).filter(([, access]) => access === 'write');
      return { ...one, ...all, ...Object.fromEntries(writes) };
    }, {});
    expect(given).toEqual(most);
  });

  it('is not refused by GitHub, and would be with one permission less', async () => {
    const read = (): Promise<string> => Promise.resolve(readShipped(REUSABLE).text);
    const home = { repository: 'acme/app', ref: 'main' };
    expect((await loadCalls(read, workflow, home)).size).toBe(1);
    for (const scope of Object.keys(grantedBy(call?.permissions ?? {}, null))) {
      const jobs = workflow.jobs.map((job) =>
        job.kind === 'call' ? { ...job, permissions: without(job.permissions, scope) } : job,
      );
      const less = { ...workflow, jobs };
      await expect(loadCalls(read, less, home)).rejects.toThrow(`is requesting '${scope}: `);
    }
  });
});

function without(permissions: Json, scope: string): Json {
  return { ...grantedBy(permissions, null), [scope]: 'none' };
}

describe.each(NAMES)('the workflow %s', (name, { text, workflow }) => {
  it('grants nothing but by job', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of workflow.jobs) expect([job.id, job.permissions]).not.toContain(null);
  });

  it('pins every action of others to a commit, with its version', () => {
    const uses = [...text.matchAll(/^ *(?:- )?uses: (.+)$/gmu)].map(([, what = '']) => what);
    expect(uses).toHaveLength(
      stepsOf(workflow).filter((step) => step.uses).length + callsOf(workflow).length,
    );
    for (const one of uses) {
      if (one.startsWith('$/') || one.startsWith('sessionwright/')) continue;
      expect(one).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
    }
  });

  it('names itself by $/ where it is called, and by name elsewhere', () => {
    const ours = stepsOf(workflow).filter(({ uses }) => /^[$.]|^sessionwright\//u.test(uses ?? ''));
    const expected = name === REUSABLE ? '$/' : OUR_ACTION;
    for (const { uses } of ours) expect(uses).toBe(expected);
  });

  it('writes queue only as a group that is never cancelled, and never for GHES', () => {
    for (const { concurrency } of workflow.jobs) {
      if (concurrency?.queue !== 'max') continue;
      expect(concurrency).toEqual({
        group: 'sessionwright',
        cancelInProgress: false,
        queue: 'max',
      });
      expect(name).not.toBe(GHES);
    }
  });

  it('hands no shell a text from outside', () => {
    for (const { run } of stepsOf(workflow)) expect(run ?? '').not.toContain('${{');
  });

  it('keeps no token in a checkout', () => {
    for (const { uses, with: given } of stepsOf(workflow)) {
      if (uses?.startsWith('actions/checkout@') !== true) continue;
      expect(given['persist-credentials']).toBe(false);
    }
  });

  it('says why, on the same line or the one above, where a linter is told to look away', () => {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      const reason = /# zizmor: ignore\[[\w-]+\](.*)$/u.exec(line)?.[1];
      if (reason === undefined) continue;
      expect(reason !== '' || /^ *# \S/u.test(lines[index - 1] ?? '')).toBe(true);
    }
  });

  it('shows no job under the name of a check of ours', () => {
    const called = callsOf(workflow).flatMap((job) =>
      reusable.jobs.map((nested) => `${job.name ?? job.id} / ${nested.name ?? nested.id}`),
    );
    const shown = [...called, ...workflow.jobs.map((job) => job.name ?? job.id)];
    for (const check of CHECK_NAMES) {
      const prefix = check.replace(/\/.*$/u, '/');
      for (const one of shown) expect(one.toLowerCase().startsWith(prefix)).toBe(false);
    }
  });
});

describe('the reusable workflow', () => {
  it('shows no check of ours however a caller names its job', () => {
    const names: readonly string[] = CHECK_NAMES.map((name) => name.replace(/^.* \/ /u, ''));
    for (const { id, name } of reusable.jobs) {
      expect(names).not.toContain((name ?? id).toLowerCase());
    }
  });

  it('hands on every output of the action that orchestrate has', async () => {
    const action = load(
      await readFile(path.resolve(import.meta.dirname, '../../../action.yml'), 'utf8'),
    ) as { outputs: Record<string, { description: string }> };
    const own = ['plan', 'sha', 'verification', 'logs', 'differences', 'repaired'];
    const expected = Object.keys(action.outputs).filter((name) => !own.includes(name));
    expect(Object.keys(reusable.call?.outputs ?? {})).toEqual(expected);
    for (const name of expected) {
      expect(reusable.call?.outputs[name]).toBe(`\${{ jobs.orchestrate.outputs.${name} }}`);
    }
    const orchestrate = reusable.jobs.find(({ id }) => id === 'orchestrate');
    expect(orchestrate?.kind === 'machine' ? Object.keys(orchestrate.outputs) : []).toEqual(
      expected,
    );
  });

  it('gives the job that runs code no secret and no permission to write', () => {
    const verify = reusable.jobs.find(({ id }) => id === 'verify');
    expect(Object.values(grantedBy(verify?.permissions ?? null, null))).not.toContain('write');
    expect(JSON.stringify(verify)).not.toContain('secrets');
    const steps = verify?.kind === 'machine' ? verify.steps : [];
    const running = steps.find(({ id }) => id === 'verify');
    expect(JSON.stringify(running)).not.toMatch(/token/u);
  });
});

/** The jobs of a file with what only a called workflow has put as its defaults say. */
function plain(file: string): unknown {
  const { text, workflow } = readShipped(file);
  const defaults = Object.entries(reusable.call?.inputs ?? {}).filter(
    ([name]) => name !== 'runner',
  );
  const resolved = defaults.reduce(
    (all, [name, input]) => all.replaceAll(`\${{ inputs.${name} }}`, plainText(input.default)),
    text,
  );
  const runners = resolved.replaceAll('${{ fromJSON(inputs.runner) }}', 'ubuntu-latest');
  const { jobs } = load(runners) as { jobs: Record<string, Record<string, unknown>> };
  expect(Object.keys(jobs)).toEqual(workflow.jobs.map(({ id }) => id));
  return jobs;
}

describe('the workflow without the reusable one', () => {
  it('has its two jobs, with the inputs at their defaults', () => {
    const whole = plain(REUSABLE) as Record<string, { outputs?: unknown; steps: Step[] }>;
    const inlined = plain(INLINED) as Record<string, { steps: Step[] }>;
    const { outputs: _, ...orchestrate } = whole['orchestrate'] ?? { steps: [] };
    const expected = { ...whole, orchestrate };
    expect(simplified(inlined)).toEqual(simplified(expected));
  });

  interface Step {
    readonly id?: string;
    readonly if?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }

  /** Without what is the same as left out, or is asked for only where an input may be empty. */
  function simplified(jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>) {
    const dropped = ['config', 'dry-run', 'handoff-token'];
    return Object.values(jobs).map((job) => ({
      ...job,
      steps: job.steps.map(({ id, ...step }) => ({
        ...step,
        ...(id !== 'orchestrate' && id !== undefined && { id }),
        uses: step.uses?.replace('$/', OUR_ACTION),
        if: step.if?.replace(" && inputs.node-version != ''", ''),
        with: Object.fromEntries(
          Object.entries(step.with ?? {})
            .filter(([name]) => !dropped.includes(name))
            .map(([name, value]) => [name, String(value)]),
        ),
      })),
    }));
  }

  it('is what the example and the demo run, but for the command that sets the checkout up', () => {
    const [, ...lines] = readShipped(INLINED).text.split('\n');
    const inlined = lines.join('\n');
    const setup = "${{ vars.SESSIONWRIGHT_SETUP || 'npm ci' }}";
    expect(readShipped(EXAMPLE).text).toBe(inlined.replace('setup: npm ci', `setup: ${setup}`));
  });

  it('for GHES differs in its runner, its schedule and its queue alone', () => {
    const of = (file: string): readonly string[] =>
      readShipped(file)
        .text.split('\n')
        .map((line) => line.replace(/ *#.*$/u, ''))
        .filter((line) => line !== '');
    const [inlined, ghes] = [of(INLINED), of(GHES)];
    expect(ghes.filter((line) => !inlined.includes(line))).toEqual([
      "    - cron: '7,22,37,52 * * * *'",
      '    runs-on: [self-hosted, linux]',
      '    runs-on: [self-hosted, linux]',
      '      cancel-in-progress: false',
    ]);
    expect(inlined.filter((line) => !ghes.includes(line))).toEqual([
      "    - cron: '17 * * * *'",
      '    runs-on: ubuntu-latest',
      '    runs-on: ubuntu-latest',
      '      queue: max',
    ]);
  });

  it('has the triggers of the caller', () => {
    const { schedule: _, ...triggers } = readShipped(CALLER).workflow.on;
    for (const file of [INLINED, GHES, EXAMPLE]) {
      expect(readShipped(file).workflow.on).toMatchObject(triggers);
    }
  });
});

describe('docs/workflows.md', () => {
  it('names every file, and every input with its default', async () => {
    const page = await readFile(
      path.resolve(import.meta.dirname, '../../../docs/workflows.md'),
      'utf8',
    );
    for (const { path: file } of SHIPPED) {
      if (file.startsWith('examples/workflows/')) expect(page).toContain(`](../${file})`);
    }
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\| `([^`]+)` +\|/gmu)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    const inputs = Object.entries(reusable.call?.inputs ?? {});
    expect(rows).toEqual(inputs.map(([name, input]) => [name, plainText(input.default)]));
  });
});

describe('CI', () => {
  it('keeps the screenshots that the tests in a browser take', () => {
    const { text } = readShipped('.github/workflows/ci.yml');
    expect(text).toMatch(/uses: actions\/upload-artifact@[\s\S]*path: coverage\/screenshots\//u);
  });
});
