import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../../../src/domain/failure.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { REPO } from '../../support/engine-repository.ts';
import { begin, checksOn, implement, type Session } from '../../support/engine-story.ts';
import { green, resultOf, type Verifier } from '../../support/verification-results.ts';

/** Three requests' worth of annotations. */
const PLACES = 120;

const manyErrors = failing(PLACES);
const fewErrors = failing(2);

function failing(places: number): Verifier {
  const typecheck = {
    outcome: { kind: 'exited', exitCode: 2 },
    diagnostics: errors(places),
  } as const;
  return (run) => resultOf(run, { typecheck });
}

function errors(places = PLACES): readonly Diagnostic[] {
  return Array.from({ length: places }, (_, index) => ({
    file: 'src/core/Core.ts',
    line: index + 1,
    column: 1,
    severity: 'error',
    code: 'TS2322',
    message: `Error ${index + 1}`,
  }));
}

describe('more annotations than one request takes', () => {
  let engine: Engine;
  let core: Session;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
  });
  afterEach(() => engine.close());

  it('all reach the check, each once, in a second request', async () => {
    const { sha, ran } = await implement(engine, core, { verify: manyErrors });
    expect(annotationsOn(sha)).toEqual(errors().map(({ message }) => message));
    const checks = ran.flatMap((run) => run.writes).filter((write) => write.includes('CheckRun'));
    expect(checks).toEqual(['createCheckRun + addComment', 'updateCheckRun + updateCheckRun']);
  });

  it('are all on the latest check after a run that died between the two', async () => {
    let dead = false;
    const undo = engine.sim.intercept({
      before: (call) => {
        dead ||= JSON.stringify(call.body).includes('updateCheckRun(');
        if (dead) throw new Error('The process is dead.');
        return undefined;
      },
    });
    await expect(implement(engine, core, { verify: manyErrors })).rejects.toThrow();
    undo();
    const happening = engine.latest('pull_request', 'synchronize');
    await engine.run(happening, { verify: manyErrors });
    const { headSha } = (await engine.state())['core']?.$session ?? {};
    expect(annotationsOn(headSha ?? '')).toEqual(errors().map(({ message }) => message));
  });

  it('are those of the newest result, where a head is verified again', async () => {
    const { sha } = await implement(engine, core, { verify: manyErrors });
    for (const verify of [fewErrors, green]) {
      await engine.user('paula').rest.actions.createWorkflowDispatch({
        ...REPO,
        workflow_id: 'sessions.yml',
        ref: core.branch,
        inputs: { 'pull-request': String(core.pull) },
      });
      await engine.deliver({ verify });
      expect(annotationsOn(sha)).toEqual(verify === green ? [] : ['Error 1', 'Error 2']);
    }
    expect(checksOn(engine, sha).at(-1)).toMatchObject({ conclusion: 'success' });
  });

  /** What GitHub shows: of several check runs of a name the latest counts. */
  function annotationsOn(sha: string): readonly string[] {
    const latest = checksOn(engine, sha).at(-1);
    return latest?.annotations.map((one) => one.message) ?? [];
  }
});
