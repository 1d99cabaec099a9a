import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { injectFault, type Fault } from '../../../simulator/faults.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { REPO } from '../../support/engine-repository.ts';
import { FakeClock } from '../../explore/clock.ts';

let engine: Engine;
let clock: FakeClock;
beforeEach(async () => {
  clock = new FakeClock();
  engine = await startEngine({ time: clock });
});
afterEach(async () => engine.close());

const titles = (): readonly string[] => [...engine.repo.issues.values()].map(({ title }) => title);

function create(title: string) {
  return engine.user('alice').rest.issues.create({ ...REPO, title });
}

function strike(fault: Fault): void {
  injectFault(engine.sim, clock, fault, (call) => call.method === 'POST');
}

describe('a fault', () => {
  it.each<[string, Fault, boolean]>([
    ['reset does nothing', { kind: 'reset' }, false],
    ['lost is done all the same', { kind: 'lost' }, true],
    ['failed does nothing', { kind: 'failed', status: 502, applied: false }, false],
    ['failed may be done all the same', { kind: 'failed', status: 503, applied: true }, true],
    ['refused does nothing', { kind: 'refused', status: 422 }, false],
    ['limited does nothing', { kind: 'limited', limit: 'primary', seconds: 60 }, false],
  ])('%s, and befalls one call only', async (_, fault, isDone) => {
    strike(fault);
    await expect(create('struck')).rejects.toThrow();
    await create('spared');
    expect(titles()).toEqual(isDone ? ['struck', 'spared'] : ['spared']);
  });

  it('cut ends in the middle of the body', async () => {
    strike({ kind: 'cut' });
    const headers = { authorization: `token ${engine.sim.createUserToken('alice')}` };
    const url = `${engine.sim.urls.api}/repos/acme/app/issues`;
    const body = JSON.stringify({ title: 'cut' });
    const overHttp = await fetch(url, { method: 'POST', headers, body });
    expect(overHttp.status).toBe(201);
    await expect(overHttp.text()).rejects.toThrow('terminated');
    expect(titles()).toEqual(['cut']);
  });

  it('delayed sets the clock forward', async () => {
    const before = clock.now();
    strike({ kind: 'delayed', seconds: 25 });
    await create('late');
    expect(clock.now() - before).toBe(25_000);
  });

  it('lagging hides what was written from lists and look-ups until its time is over', async () => {
    strike({ kind: 'lagging', seconds: 3 });
    const { data } = await create('new');
    const { rest } = engine.user('alice');
    const issue = { ...REPO, issue_number: data.number };
    expect((await rest.issues.listForRepo(REPO)).data).toEqual([]);
    await expect(rest.issues.get(issue)).rejects.toMatchObject({ status: 404 });
    await rest.issues.createComment({ ...issue, body: 'Writes reach it.' });
    await clock.sleep(3000);
    expect((await rest.issues.get(issue)).data.comments).toBe(1);
  });
});

describe('a checkpoint', () => {
  it('is gone back to, as often as wanted, with everything as it was', async () => {
    await create('kept');
    const restore = engine.sim.checkpoint();
    const tip = engine.repo.git.branch('main');
    for (const round of [1, 2]) {
      await create(`of round ${round}`);
      await engine.push('main', { 'a.txt': `${round}\n` });
      await engine.push('other', { 'b.txt': `${round}\n` });
      restore();
      expect(titles()).toEqual(['kept']);
      expect(engine.repo.git.branches()).toEqual([{ name: 'main', oid: tip }]);
    }
    expect((await create('next')).data.number).toBe(2);
  });
});
