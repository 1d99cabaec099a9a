import type { Diagnostic } from '../domain/failure.ts';
import { MAX_DIAGNOSTICS, readNumber } from './findings.ts';
import type { Findings } from './findings.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';
import { failedTest } from './test-failure.ts';

const BULLET = '  ● ';

/** Reads Jest's default reporter: the summary's counts and each `● suite › test` block, once. */
export function parseJest(lines: readonly string[], place: Place): Findings {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  let testsRun: number | null = null;
  let suite: string | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('FAIL ')) suite = line.slice(5).trim().split(' ', 1)[0] ?? null;
    if (line.startsWith('Tests:')) testsRun = (testsRun ?? 0) + countTests(line.slice(6), ',');
    if (line.startsWith('No tests found')) testsRun ??= 0;
    if (!startsBlock(line) || seen.has(`${suite} ${line}`)) continue;
    seen.add(`${suite} ${line}`);
    if (diagnostics.length >= MAX_DIAGNOSTICS) continue;
    const file = suite === null ? null : sourcePath(suite, place);
    diagnostics.push(failedTest(line.slice(BULLET.length), blockAfter(lines, index), file, place));
  }
  return { diagnostics, testsRun };
}

/** The captured output of `console` has a bullet as well. */
function startsBlock(line: string): boolean {
  return line.startsWith(BULLET) && line.trimEnd() !== `${BULLET}Console`;
}

/** `2 failed | 1 skipped | 1 passed (4)`: what failed or passed has run. */
export function countTests(summary: string, separator: string): number {
  let tests = 0;
  for (const part of summary.split(separator)) {
    const [number, what] = part.trim().split(' ', 2);
    if (what === 'failed' || what === 'passed') tests += readNumber(number ?? '') ?? 0;
  }
  return tests;
}

/** A block ends at the next bullet, at the next suite or at the summary; no more than 80 lines matter. */
function blockAfter(lines: readonly string[], index: number): string[] {
  const block = lines.slice(index + 1, index + 81);
  const end = block.findIndex(
    (line) => line.startsWith(BULLET) || /^(?:FAIL|PASS|Test Suites:) ?/.test(line),
  );
  return end < 0 ? block : block.slice(0, end);
}
