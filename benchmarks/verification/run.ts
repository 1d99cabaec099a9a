import { parseArgs } from 'node:util';
import { makeSite, plainCommand, type Site } from './site.ts';
import type { Timed } from './timed-process.ts';

const SHORT_COMMANDS = 40;

/** Writes what Jest reports of thousands of failed tests, 4 MB in all. */
const REPORT = `node -e '
const test = (title) => ({ ancestorTitles: ["a"], title, status: "failed", failureMessages: ["Error: expected 1 to be 2"] });
const suite = { name: "a.test.ts", status: "failed", message: "", assertionResults: Array.from({ length: 33000 }, (_, n) => test(String(n))) };
console.log(JSON.stringify({ numFailedTestSuites: 1, numTotalTests: 33000, testResults: [suite] }));'`;
const GIGABYTE = 'head -c 1000000000 < <(yes 0123456789abcdef)';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    node: { type: 'string', default: process.execPath },
  },
});
const rounds = Number(values.rounds);
const site = await makeSite(values.node);
try {
  for (const table of [example, overhead, gigabyte, reports]) {
    console.log(`${await table(site)}\n`);
  }
} finally {
  await site.close();
}

/** The example's commands: one after the other in bash and in the engine, then side by side. */
async function example({ commands, bash, engine }: Site): Promise<string> {
  const inTurn = commands.map((command) => ({ ...command, parallel: false }));
  const beside = commands.map((command) => ({ ...command, parallel: true }));
  const samples = await alternate({
    'bash -c "a && b && c"': () => bash(commands.map(({ run }) => run)),
    'engine, one after the other': () => engine(inTurn),
    'engine, side by side': () => engine(beside),
  });
  return render("The example's type check, lint and tests", samples);
}

/** Many commands that do nothing, so that what each costs beside its own work shows. */
async function overhead({ bash, engine }: Site): Promise<string> {
  const ids = Array.from({ length: SHORT_COMMANDS }, (_, index) => `c-${index}`);
  const samples = await alternate({
    'bash, a bash for each': () => bash(ids.map(() => 'bash --noprofile --norc -c true')),
    'engine, none but one': () => engine([plainCommand('c-0', 'true', false)]),
    'engine, one after the other': () => engine(ids.map((id) => plainCommand(id, 'true', false))),
  });
  const [chain = [], one = [], all = []] = [...samples.values()].map(durations);
  const each = all.map(
    (milliseconds, round) =>
      (milliseconds - (one[round] ?? 0)) / (SHORT_COMMANDS - 1) -
      (chain[round] ?? 0) / SHORT_COMMANDS,
  );
  const title = `${SHORT_COMMANDS} commands that do nothing`;
  return `${render(title, samples)}\nOverhead of each command over bash's: ${median(each).toFixed(1)} ms`;
}

async function gigabyte({ bash, engine }: Site): Promise<string> {
  const half = GIGABYTE.replace('1000000000', '500000000');
  const samples = await alternate({
    'bash, thrown away': () => bash([GIGABYTE]),
    'engine, one command': () => engine([plainCommand('one', GIGABYTE, false)]),
    'engine, two of half a gigabyte side by side': () =>
      engine([plainCommand('one', half, true), plainCommand('two', half, true)]),
  });
  return render('A gigabyte of output', samples);
}

/** What is parsed is in memory as a whole, unlike what is printed. */
async function reports({ bash, engine }: Site): Promise<string> {
  const written = (id: string) => ({
    ...plainCommand(id, `${REPORT} > ${id}.json`, true),
    report: `${id}.json`,
  });
  const samples = await alternate({
    'bash, thrown away': () => bash([REPORT]),
    'engine, printed': () => engine([plainCommand('one', REPORT, false)]),
    'engine, as a `report`': () => engine([written('one')]),
    'engine, two `report`s side by side': () => engine([written('one'), written('two')]),
  });
  return render('A report of 4 MB', samples);
}

type Samples = ReadonlyMap<string, readonly Timed[]>;

/** Each round runs each once, so that what else the machine does meets all alike. */
async function alternate(
  subjects: Readonly<Record<string, () => Promise<Timed>>>,
): Promise<Samples> {
  const samples = new Map<string, Timed[]>(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      samples.get(name)?.push(await subject());
    }
  }
  return samples;
}

/** The ratio is the median of the rounds' own ratios to the first row. */
function render(title: string, samples: Samples): string {
  const [reference = []] = [...samples.values()].map(durations);
  const rows = [...samples].map(([name, timed]) => {
    const ratios = durations(timed).map((one, round) => one / (reference[round] ?? one));
    const peak = Math.max(...timed.map(({ peakBytes }) => peakBytes));
    const memory = peak === 0 ? '' : `${(peak / 1e6).toFixed(0)} MB`;
    const milliseconds = median(durations(timed)).toFixed(0);
    return `| ${name} | ${milliseconds} ms | ${median(ratios).toFixed(2)} | ${memory} |`;
  });
  return [`| ${title} | Median | Ratio | Peak |`, '| --- | ---: | ---: | ---: |', ...rows].join(
    '\n',
  );
}

function durations(timed: readonly Timed[]): readonly number[] {
  return timed.map(({ milliseconds }) => milliseconds);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return (low + high) / 2;
}
