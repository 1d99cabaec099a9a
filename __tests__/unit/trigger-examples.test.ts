import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import * as v from 'valibot';
import { runOrchestrateMode } from '../../src/modes/orchestrate.ts';
import { runPlanMode } from '../../src/modes/plan.ts';
import { SYSTEM_CHANCE } from '../../src/system-chance.ts';
import { describeTrigger } from '../../src/domain/trigger.ts';
import { parseTrigger } from '../../src/trigger.ts';

const require = createRequire(import.meta.url);
const payload = v.looseObject({ action: v.optional(v.string(), ''), ref: v.optional(v.string()) });
const definitions = v.array(v.object({ name: v.string(), examples: v.array(payload) }));

interface Example {
  readonly event: string;
  readonly at: number;
  readonly payload: v.InferOutput<typeof payload>;
}

/** GitHub's own payloads; workflows get those of a pull request as `pull_request_target` too. */
const EXAMPLES: readonly Example[] = v
  .parse(definitions, require('@octokit/webhooks-examples'))
  .flatMap(({ name, examples }) => {
    const names = name === 'pull_request' ? [name, 'pull_request_target'] : [name];
    return names.flatMap((event) =>
      examples.map((one, at): Example => ({ event, at, payload: one })),
    );
  });

/** What is handled, and by which actions; everything else is ignored. */
const HANDLED: Readonly<Record<string, readonly string[]>> = {
  issues: ['closed', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened', 'closed'],
  push: [''],
  workflow_dispatch: [''],
  merge_group: ['checks_requested'],
};

/** Handled for some contents only: the examples hold neither our labels nor our commands, tags are no branches. */
function isHandled({ event, payload: { action, ref } }: Example): boolean {
  return HANDLED[event]?.includes(action) === true && ref?.startsWith('refs/tags/') !== true;
}

describe('every event GitHub shows an example of', () => {
  it('is there to be looked at', () => {
    expect(new Set(EXAMPLES.map(({ event }) => event)).size).toBeGreaterThan(50);
  });

  it.each(
    EXAMPLES.map(
      (example) => [`${example.event} ${example.payload.action} #${example.at}`, example] as const,
    ),
  )('is handled, or ignored for a stated reason: %s', (_, example) => {
    const trigger = parseTrigger(example.event, example.payload);
    expect({ kind: trigger.kind === 'ignored' }).toEqual({ kind: !isHandled(example) });
    expect(describeTrigger(trigger)).toMatch(/\w{3}/u);
  });

  it('costs no request and no error where it is ignored', async () => {
    const before = globalThis.fetch;
    const asked: unknown[] = [];
    globalThis.fetch = (input) => {
      asked.push(input);
      return Promise.reject(new Error('Nobody may ask.'));
    };
    try {
      for (const example of EXAMPLES.filter((one) => !isHandled(one))) {
        for (const mode of [runPlanMode, runOrchestrateMode]) await run(mode, example);
      }
    } finally {
      globalThis.fetch = before;
    }
    expect(asked).toEqual([]);
  });
});

async function run(mode: typeof runPlanMode, example: Example): Promise<void> {
  const silent = (): void => undefined;
  const { summary } = await mode({
    inputs: {
      mode: 'plan',
      githubToken: 'token',
      handoffToken: '',
      config: '.github/sessionwright.yml',
      plan: '',
      setup: '',
      verification: '',
      dryRun: false,
      apiUrl: '',
    },
    environment: {
      owner: 'acme',
      repo: 'app',
      repositoryId: null,
      event: example.event,
      payload: example.payload,
      apiUrl: 'http://127.0.0.1:1',
      runUrl: null,
      workflow: null,
    },
    chance: SYSTEM_CHANCE,
    time: { now: () => 0, sleep: () => Promise.resolve() },
    log: { info: silent, debug: silent, warning: silent },
  });
  expect(summary).toBe('');
}
