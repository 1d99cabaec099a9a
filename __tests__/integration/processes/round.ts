import { startEngine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { harmOf, repeatedComments } from './harm.ts';
import type { Scene } from './scenes.ts';
import { runProcess, type BuiltAction, type Ended } from './world.ts';

export interface Round {
  readonly processes: number;
  /** Runs that gave up cleanly after losing the state too often; the next one goes on. */
  readonly gaveUp: number;
  /** Comments said again by runs that overlapped. */
  readonly repeated: number;
  /** Whatever must not be; nothing where all held. */
  readonly harm: readonly string[];
}

/**
 * In an hour, of a repository that belongs to an enterprise: 32 jobs at once are beyond what any other has
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#primary-rate-limit-for-github_token-in-github-actions).
 */
const REQUESTS = 15_000;

/** That many processes, told of a scene's happenings at the same time. */
export async function playRound(
  action: BuiltAction,
  scene: Scene,
  processes: number,
): Promise<Round> {
  const engine = await startEngine({
    config: scene.config,
    rateLimits: { installation: REQUESTS },
  });
  try {
    const told = await scene.prepare(engine);
    const ended = await Promise.all(
      Array.from({ length: processes }, (_, index) =>
        runProcess(engine, action, told[index % told.length] ?? { happening: SCHEDULE }),
      ),
    );
    const failed = ended.filter(({ code }) => code !== 0);
    const harm = [...strange(failed), ...(await harmOf(engine, scene))];
    return { processes, gaveUp: failed.length, repeated: repeatedComments(engine), harm };
  } finally {
    await engine.close();
  }
}

/** A run may lose the race for the state eight times and say so; anything else is a defect. */
function strange(failed: readonly Ended[]): readonly string[] {
  return failed
    .filter(({ output }) => !output.includes('moved between reading and writing'))
    .map(
      ({ code, output }) =>
        `exit ${String(code)}: ${/::error::.{0,600}/u.exec(output)?.[0] ?? output.slice(-400)}`,
    );
}
