import { describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../../support/engine-run.ts';
import { worldOf } from '../../../support/engine-world.ts';
import { all, blocked, completed, running, say } from './steps.ts';

const SCENARIOS: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = {
  'a cancel': all(running, say('/session cancel')),
  'a retry of a running session': all(running, say('/session retry')),
  'a retry of a blocked module': all(blocked, say('Use IEvent.\n/session retry')),
  'a reopening': all(completed, say('/session reopen It loses events.')),
  'two commands': all(running, say('/session cancel\n/session start core')),
};

/** Where its event does not come again, nobody knows any more that somebody asked there. */
const ANSWERS = /key=(?:comment|resumed|stale)/u;

describe.each(Object.entries(SCENARIOS))(
  'scenario: a run that dies while it obeys %s',
  (_, given) => {
    it('scenario: is finished by its event, which comes again, after whichever write it died', async () => {
      const whole = await played(given, null, (happening) => [happening]);
      for (let write = 1; write <= whole.writes; write += 1) {
        const cut = await played(given, write, (happening) => [happening, SCHEDULE]);
        expect({ write, world: cut.world, again: cut.again }).toEqual({
          write,
          world: whole.world,
          again: [],
        });
      }
    }, 120_000);
  },
);

/** Of what a second command wanted, the commit of the first one does not tell. */
const ALONE = Object.entries(SCENARIOS).filter(([name]) => name !== 'two commands');

describe.each(ALONE)(
  'scenario: a run that dies while it obeys %s, whose event is lost',
  (_, given) => {
    it('scenario: is finished by the sweep, but for its answer, as far as its commits tell', async () => {
      const whole = await played(given, null, () => []);
      for (let write = 1; write <= whole.writes; write += 1) {
        const cut = await played(given, write, () => [SCHEDULE]);
        expect({ write, world: withoutAnswers(cut.world), again: cut.again }).toEqual({
          write,
          world: withoutAnswers(whole.world),
          again: [],
        });
      }
    }, 120_000);
  },
);

/** The world after a run that is cut after its nth write, and those that follow it. */
async function played(
  given: (engine: Engine) => Promise<unknown>,
  cutAfter: number | null,
  following: (happening: Happening) => readonly Happening[],
) {
  const engine = await startEngine();
  try {
    await given(engine);
    const [happening] = engine.news().filter(({ name }) => name === 'issue_comment');
    if (happening === undefined) throw new Error('Nobody commented.');
    let writes = 0;
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
    await engine.run(happening).catch(() => undefined);
    undo();
    const done = writes;
    for (const next of following(happening)) await engine.run(next);
    const world = await worldOf(engine, /(?!)/gu);
    const { writes: again } = await engine.run(SCHEDULE);
    return { world, writes: done, again };
  } finally {
    await engine.close();
  }
}

function withoutAnswers(world: unknown): unknown {
  if (Array.isArray(world)) {
    const kept: readonly unknown[] = world.filter(
      (one) => typeof one !== 'string' || !ANSWERS.test(one),
    );
    return kept.map(withoutAnswers);
  }
  if (typeof world !== 'object' || world === null) return world;
  return Object.fromEntries(
    Object.entries(world).map(([key, value]) => [key, withoutAnswers(value)]),
  );
}
