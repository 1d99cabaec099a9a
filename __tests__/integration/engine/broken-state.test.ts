import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STATE_BRANCH } from '../../support/engine-git.ts';
import { REPO } from '../../support/engine-repository.ts';
import { deleteStateBranch } from '../../support/engine-repair.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { begin } from '../../support/engine-story.ts';
import { startEngine, type Engine } from '../../support/engine.ts';

const FILE = 'implementation-state.json';

interface Damage {
  readonly by: (whole: string) => string | null;
  readonly told: RegExp;
}

const DAMAGES: Readonly<Record<string, Damage>> = {
  'cut in the middle': {
    by: (whole) => whole.slice(0, 120),
    told: /cannot be read.*mode: repair/su,
  },
  empty: { by: () => '', told: /cannot be read.*mode: repair/su },
  garbled: {
    by: (whole) => whole.replaceAll('"', '\u0000'),
    told: /cannot be read.*mode: repair/su,
  },
  'of a newer version': {
    by: (whole) => whole.replace('"version": 1', '"version": 2'),
    told: /version 2; this release reads up to 1.*newer one/su,
  },
  'edited by hand in an entry': {
    by: (whole) => whole.replace('"attempt": 1', '"attempt": 0'),
    told: /The entry "core".*yet attempt 0 is counted.*mode: repair/su,
  },
  'without its file': { by: () => null, told: /is gone.*mode: repair/su },
};

describe('a state that is damaged', () => {
  let engine: Engine;
  let whole: string;
  beforeAll(async () => {
    engine = await startEngine();
    await begin(engine, 'core');
    whole = (await engine.file(STATE_BRANCH, FILE)) ?? '';
  });
  afterAll(() => engine.close());

  async function put(text: string | null): Promise<void> {
    await engine.push(STATE_BRANCH, { [FILE]: text, 'keep.txt': 'kept\n' }, { by: 'adam' });
  }

  /** What the run says that fails on it; it must write nothing. */
  async function refusal(): Promise<string> {
    const before = engine.sim.calls.length;
    const error: unknown = await engine.orchestrate(SCHEDULE).catch((thrown: unknown) => thrown);
    const writes = engine.sim.calls.slice(before).filter((call) => call.access === 'write');
    expect(writes).toEqual([]);
    if (!(error instanceof Error)) return 'It did not fail.';
    return `${error.message} ${'fix' in error ? String(error.fix) : ''}`;
  }

  it.each(Object.entries(DAMAGES))(
    '%s stops the run before any write, with word of how to mend it',
    async (_, { by, told }) => {
      await put(by(whole));
      expect(await refusal()).toMatch(told);
      await put(whole);
      expect((await engine.orchestrate(SCHEDULE)).writes).toEqual([]);
    },
  );

  it('its branch deleted: stops the run before any write, and goes on once it is restored', async () => {
    const tip = engine.repo.git.branch(STATE_BRANCH) ?? '';
    await deleteStateBranch(engine);
    expect(await refusal()).toMatch(
      /is gone.*Restore the branch sessionwright-state.*mode: repair/su,
    );
    await engine
      .user('adam')
      .rest.git.createRef({ ...REPO, ref: `refs/heads/${STATE_BRANCH}`, sha: tip });
    expect((await engine.orchestrate(SCHEDULE)).writes).toEqual([]);
  });
});
