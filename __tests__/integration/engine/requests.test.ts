import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sequentialDepth } from '../../../simulator/call-log.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE, type Ran } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import { closeIssue, merge, reportFile, sessionOf } from '../../support/engine-story.ts';
import { typeError } from '../../support/verification-results.ts';

const DOCUMENT = path.resolve(import.meta.dirname, '../../../docs/performance.md');

/** The promise of the README: plan and orchestrate together. */
const MOST_FOR_A_START = 12;

/** What one event costs: requests of the plan job and of the orchestrate job, the longest chain, and the writes. */
type Figures = readonly [
  plan: number,
  orchestrate: number,
  all: number,
  chain: number,
  writes: number,
];

describe('requests per event', () => {
  let engine: Engine;
  let measured: ReadonlyMap<string, Figures>;
  let told: ReadonlyMap<string, Figures>;
  beforeAll(async () => {
    engine = await startEngine();
    // Answers wait until all that was asked at once has arrived, so that only real waiting counts as a chain.
    engine.sim.intercept({ before: () => turns(5) });
    measured = await measure(engine);
    told = readTable(await readFile(DOCUMENT, 'utf8'));
  }, 60_000);
  afterAll(async () => {
    expect(engine.sim.unknown).toEqual([]);
    await engine.close();
  });

  it('are what docs/performance.md says', () => {
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(measured));
  });

  it(`are ${MOST_FOR_A_START} at most where a session starts`, () => {
    expect(measured.get('A label starts a session')?.[2]).toBeLessThanOrEqual(MOST_FOR_A_START);
  });

  it('are none for an event that is not ours, and no writes where nothing is to do', () => {
    expect(measured.get('An event that is none of ours')).toEqual([0, 0, 0, 0, 0]);
    expect(measured.get('The schedule, with nothing to do')?.[4]).toBe(0);
  });
});

async function turns(count: number): Promise<undefined> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
  return undefined;
}

/** One story in a repository that knows us already: its state branch and its dashboard are there. */
async function measure(engine: Engine): Promise<ReadonlyMap<string, Figures>> {
  const rows = new Map<string, Figures>();
  const note = (name: string, ran: Ran | undefined): void => {
    if (ran === undefined) throw new Error(`Nothing ran for: ${name}`);
    rows.set(name, figures(ran));
  };
  const label = async (module: string): Promise<Ran | undefined> => {
    await engine.openIssue(`Build ${module}`, [`session:${module}`]);
    return (await engine.deliver())[0];
  };
  await label('auth');
  note('A label starts a session', await label('core'));
  note('A label whose request waits', await label('library'));
  note('An event that is none of ours', await ignored(engine));
  note('A pull request that is no session’s', await foreign(engine));
  note('A push, verified red', await push(engine, 'core', 'Core', typeError()));
  note('A push, verified green', await push(engine, 'core', 'Core'));
  note('The schedule, with nothing to do', await engine.run(SCHEDULE));
  await merge(engine, await sessionOf(engine, 'core'));
  const [first, second] = await engine.deliver();
  note('A merge that completes and starts two', first);
  note('The other event of that merge', second);
  note('A push with a HALT', await halt(engine));
  const escalation = (await engine.state())['auth']?.$session.escalation ?? 0;
  await closeIssue(engine, escalation);
  note('An escalation is closed, the next attempt starts', (await engine.deliver())[0]);
  await push(engine, 'library', 'Library');
  await merge(engine, await sessionOf(engine, 'library'));
  note('A merge that completes', (await engine.deliver())[0]);
  return rows;
}

async function ignored(engine: Engine): Promise<Ran> {
  const issue = await engine.openIssue('Something else');
  await engine.comment(issue, 'Hello');
  engine.news();
  return engine.run(engine.latest('issue_comment'));
}

async function foreign(engine: Engine): Promise<Ran | undefined> {
  await engine.push('feature', { 'a.txt': 'a' });
  const pull = { head: 'feature', base: 'main', title: 'A feature' };
  await engine.user('alice').rest.pulls.create({ ...REPO, ...pull });
  return (await engine.deliver())[0];
}

async function push(
  engine: Engine,
  module: string,
  className: string,
  verify?: ReturnType<typeof typeError>,
): Promise<Ran | undefined> {
  const { branch } = await sessionOf(engine, module);
  const text = verify === undefined ? 'right\n' : 'wrong\n';
  const report = await reportFile(engine, module);
  await engine.push(branch, { [`src/${module}/${className}.ts`]: text, ...report });
  return (await engine.deliver(verify === undefined ? {} : { verify }))[0];
}

async function halt(engine: Engine): Promise<Ran | undefined> {
  const { branch } = await sessionOf(engine, 'auth');
  const claim = {
    auth: { status: 'blocked', blockedReason: 'Unclear.', failureType: 'spec-ambiguity' },
  };
  await engine.push(branch, { 'orchestration-docs/claims/auth-1.json': JSON.stringify(claim) });
  return (await engine.deliver())[0];
}

function figures({ calls, planCalls, writes }: Ran): Figures {
  const all = calls.length;
  return [planCalls, all - planCalls, all, sequentialDepth(calls), writes.length];
}

/** The table's rows by their first cell. */
function readTable(markdown: string): ReadonlyMap<string, Figures> {
  const rows = [...markdown.matchAll(/^\| (.+?) +((?:\| +\d+ +){5})\|$/gmu)];
  return new Map(
    rows.map(([, name = '', cells = '']) => {
      const [plan = 0, orchestrate = 0, all = 0, chain = 0, writes = 0] = cells
        .split('|')
        .slice(1)
        .map(Number);
      return [name, [plan, orchestrate, all, chain, writes]];
    }),
  );
}
