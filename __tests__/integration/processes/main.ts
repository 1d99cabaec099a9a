import { playRound } from './round.ts';
import { buildAction } from './world.ts';

/** `npm run explore:processes [rounds]`: 2 to 32 real processes on one simulator, again and again. */
const rounds = Number(process.argv[2] ?? '50');
const SIZES = [2, 3, 4, 6, 8, 12, 16, 24, 32];

const action = await buildAction();
const started = Date.now();
let processes = 0;
let gaveUp = 0;
let held = 0;
try {
  for (let round = 0; round < rounds; round += 1) {
    const size = SIZES[round % SIZES.length] ?? 2;
    const played = await playRound(action, size);
    processes += size;
    gaveUp += played.gaveUp;
    if (played.harm.length === 0) held += 1;
    for (const line of played.harm)
      console.error(`round ${String(round + 1)}, ${String(size)} processes: ${line}`);
  }
} finally {
  await action.remove();
}
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  `${String(rounds)} rounds, ${String(held)} held: ${String(processes)} processes in ${String(seconds)} s, of which ${String(gaveUp)} gave up cleanly for the next run to go on.`,
);
if (held < rounds) process.exitCode = 1;
