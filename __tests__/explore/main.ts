import { execFile } from 'node:child_process';
import os from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { end } from '../support/at-end.ts';
import { Explorer, type Divergence } from './explore.ts';
import { scenarioNamed, SCENARIOS } from './scenarios.ts';
import { parseSeed } from './seed.ts';

const run = promisify(execFile);

/** GraphQL makes an error of every name it does not find; where each was made, nobody asks. */
Error.stackTraceLimit = 0;

/** `--seed` plays one schedule; `--scenario` explores one, `--singles` without pairs; otherwise all, beside each other. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    scenario: { type: 'string' },
    singles: { type: 'boolean', default: false },
  },
});
if (values.seed !== undefined) await replay(values.seed);
else if (values.scenario !== undefined) await exploreOne(values.scenario);
else await exploreAll();
await end();

async function replay(seed: string): Promise<void> {
  const { scenario, schedule } = parseSeed(seed);
  const explorer = await Explorer.prepare(scenarioNamed(scenario));
  const { trace, failures, quiet, end } = await explorer.player.play(schedule);
  for (const [index, { job, what }] of trace.entries()) {
    console.log(`  ${index + 1}. ${job}: ${what}`);
  }
  const rest = quiet ? [] : ['It never came to a sweep that writes nothing.'];
  const why = [...rest, ...(await explorer.differences(end, failures))];
  tell({ seed, why: [...failures, ...(why.length > 0 ? why : ['It converged.'])] });
  await explorer.close();
}

/** Single faults, then every pair where the scenario is short. */
async function exploreOne(name: string): Promise<void> {
  const scenario = scenarioNamed(name);
  const started = performance.now();
  const explorer = await Explorer.prepare(scenario);
  const heed = ({ seed }: Divergence): void => {
    console.error(`diverged: ${seed}`);
  };
  const singles = await explorer.explore(1, heed);
  const isAll = values.singles || !scenario.short;
  const { schedules, diverged, jobs, divergences } = isAll
    ? singles
    : await explorer.explore(2, heed);
  await explorer.close();
  const kinds = new Map<string, Divergence[]>();
  for (const one of divergences) kinds.set(kindOf(one), [...(kinds.get(kindOf(one)) ?? []), one]);
  for (const alike of kinds.values()) tellAlike(alike);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const { user, system } = process.cpuUsage();
  const effort = `${jobs} jobs in ${seconds} s, ${((user + system) / 1e6).toFixed(0)} s of a core`;
  const pairs = schedules - singles.schedules;
  console.log(
    `${name}: ${schedules} schedules, ${schedules - diverged} converged ` +
      `(${singles.schedules} single faults, ${pairs} pairs; ${effort})`,
  );
  if (diverged > 0) process.exitCode = 1;
}

/** One process per scenario, as many at once as there are cores. */
async function exploreAll(): Promise<void> {
  const waiting = SCENARIOS.map(({ name }) => name);
  let [played, converged] = [0, 0];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const args = [...process.execArgv, process.argv[1] ?? '', '--scenario', name];
      if (values.singles) args.push('--singles');
      const told = await run(process.execPath, args, { maxBuffer: 2 ** 26 }).catch(outputOf);
      process.stdout.write(told.stdout);
      const [, all = '0', well = '0'] =
        /: (\d+) schedules, (\d+) converged/u.exec(told.stdout) ?? [];
      if (all === '0') throw new Error(`${name} was not explored.\n${told.stderr}`);
      played += Number(all);
      converged += Number(well);
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  console.log(`${played} schedules, ${converged} converged`);
  if (converged < played) process.exitCode = 1;
}

function outputOf(error: unknown): { readonly stdout: string; readonly stderr: string } {
  const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
  return { stdout, stderr };
}

/** In what its world is another one, whatever failed on the way. */
function kindOf({ why }: Divergence): string {
  return why.filter((line) => /^[-+] /u.test(line)).join('\n');
}

/** The shortest whole, then how the others are replayed. */
function tellAlike(alike: readonly Divergence[]): void {
  for (const one of alike.slice(0, 1)) tell(one);
  for (const { seed } of alike.slice(1, 9)) console.log(`  also --seed ${seed}`);
  if (alike.length > 9) console.log(`  and ${alike.length - 9} more like it`);
}

function tell({ seed, why }: Divergence): void {
  console.log(`\nnpm run explore -- --seed ${seed}`);
  for (const line of why) console.log(`  ${line.slice(0, 400)}`);
}
