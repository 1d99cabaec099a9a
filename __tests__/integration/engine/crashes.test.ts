import { describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { begin, closeIssue, escalations, implement } from '../../support/engine-story.ts';
import { worldOf } from '../../support/engine-world.ts';
import { missingType } from '../../support/verification-results.ts';

/** How a scenario gets to the event that is handled with a crash. */
type Scenario = (engine: Engine) => Promise<Happening>;

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a label that starts a session': async (engine) => {
    await engine.openIssue('Build auth', ['session:auth']);
    await engine.deliver();
    await engine.openIssue('Build core', ['session:core']);
    return engine.latest('issues', 'labeled');
  },
  'a label whose request waits': async (engine) => {
    await begin(engine, 'core');
    await engine.openIssue('Build auth', ['session:auth']);
    return engine.latest('issues', 'labeled');
  },
  'a HALT': async (engine) => {
    const core = await begin(engine, 'core');
    const claim = {
      core: { status: 'blocked', blockedReason: 'Unclear.', failureType: 'spec-ambiguity' },
    };
    await engine.push(core.branch, {
      'orchestration-docs/claims/core-1.json': JSON.stringify(claim),
    });
    return engine.latest('pull_request', 'synchronize');
  },
  'a resolved escalation': async (engine) => {
    await implement(engine, await begin(engine, 'core'), { verify: missingType });
    await closeIssue(engine, escalations(engine)[0]?.number ?? 0);
    return engine.latest('issues', 'closed');
  },
};

/**
 * What only the run that died knew: who stopped the session, which the state does not record, and that it had
 * announced the next attempt, whose start tells the same.
 */
const forget =
  /(?:Stopped by|An earlier run stopped it) [^"\\]*|"github-actions\[bot\]: Resolved by [^"]*",?/gu;

describe.each(Object.entries(SCENARIOS))('a run that dies while it handles %s', (_, scenario) => {
  it('is finished by the next one, after whichever write it died', async () => {
    const whole = await playedTo(scenario, null);
    expect(whole.writes).toBeGreaterThan(1);
    for (let write = 1; write <= whole.writes; write += 1) {
      const cut = await playedTo(scenario, write);
      expect({ write, ...cut }).toEqual({ write, ...whole, crashed: true, writes: 0 });
    }
  }, 60_000);
});

/** The world after a run cut after its nth write, one more run, and how many writes another one makes. */
async function playedTo(scenario: Scenario, cutAfter: number | null) {
  const engine = await startEngine();
  try {
    const happening = await scenario(engine);
    let writes = 0;
    // A process that died calls nobody any more.
    const isDead = (): boolean => cutAfter !== null && writes >= cutAfter;
    const undo = engine.sim.intercept({
      before: () => {
        if (isDead()) throw new Error('The process is dead.');
        return undefined;
      },
      after: (call) => {
        if (call.access === 'write') writes += 1;
        if (isDead()) throw new Error('The process died.');
        return undefined;
      },
    });
    const crashed = await engine.run(happening).then(
      () => false,
      () => true,
    );
    undo();
    if (cutAfter !== null) await engine.run(SCHEDULE);
    const world = await worldOf(engine, forget);
    const again = (await engine.run(SCHEDULE)).writes;
    return { crashed, world, again, writes: cutAfter === null ? writes : 0 };
  } finally {
    await engine.close();
  }
}
