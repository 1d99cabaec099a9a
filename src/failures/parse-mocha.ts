import type { Diagnostic } from '../domain/failure.ts';
import { MAX_DIAGNOSTICS, readNumber } from './findings.ts';
import type { Findings } from './findings.ts';
import type { Place } from './source-path.ts';
import { failedTest } from './test-failure.ts';

/** More of a failure's lines are not looked at. */
const MAX_BLOCK = 80;

/** Reads Mocha's `spec` and `dot` reporters, which share the epilogue: counts, then each failure. */
export function parseMocha(lines: readonly string[], place: Place): Findings {
  let testsRun: number | null = null;
  let failuresFrom = -1;
  for (const [index, line] of lines.entries()) {
    const count = readCount(line);
    if (count === null) continue;
    testsRun = (testsRun ?? 0) + count.tests;
    if (count.what === 'failing') failuresFrom = index + 1;
  }
  const blocks = failuresFrom < 0 ? [] : splitFailures(lines.slice(failuresFrom));
  const diagnostics = blocks.slice(0, MAX_DIAGNOSTICS).map((block) => describe(block, place));
  return { diagnostics, testsRun };
}

/** `  12 passing (34ms)` and `  2 failing`; pending tests did not run. */
function readCount(line: string): { readonly tests: number; readonly what: string } | null {
  if (!line.startsWith('  ')) return null;
  const [number, what, time, more] = line.trim().split(' ', 4);
  const tests = readNumber(number ?? '');
  if (tests === null || more !== undefined) return null;
  if (what === 'failing' && time === undefined) return { tests, what };
  return what === 'passing' && time?.startsWith('(') === true ? { tests, what } : null;
}

/** The failures are numbered from one, in order: a message that begins with `7)` starts no block of its own. */
function splitFailures(lines: readonly string[]): string[][] {
  const blocks: string[][] = [];
  for (const line of lines) {
    if (line.startsWith(`  ${blocks.length + 1}) `))
      blocks.push([line.slice(line.indexOf(')') + 1)]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

function describe(block: readonly string[], place: Place): Diagnostic {
  const end = block.findIndex((line) => line.trim() === '' || line.endsWith(':'));
  const titleEnd = block[end]?.endsWith(':') === true ? end + 1 : Math.max(end, 1);
  const title = block
    .slice(0, titleEnd)
    .map((line) => line.trim())
    .join(' › ')
    .replace(/:$/, '');
  return failedTest(title, block.slice(titleEnd, titleEnd + MAX_BLOCK), null, place);
}
