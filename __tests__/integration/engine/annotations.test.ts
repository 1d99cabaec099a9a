import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../../../src/domain/failure.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { begin, checksOn, implement, type Session } from '../../support/engine-story.ts';
import { resultOf, type Verifier } from '../../support/verification-results.ts';

/** Three requests' worth of annotations. */
const PLACES = 120;

const manyErrors: Verifier = (run) =>
  resultOf(run, { typecheck: { outcome: { kind: 'exited', exitCode: 2 }, diagnostics: errors() } });

function errors(): readonly Diagnostic[] {
  return Array.from({ length: PLACES }, (_, index) => ({
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

  it('are there once too after a run that died between the two', async () => {
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

  function annotationsOn(sha: string): readonly string[] {
    return checksOn(engine, sha).flatMap((check) => check.annotations.map((one) => one.message));
  }
});
