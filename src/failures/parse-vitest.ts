import type { Diagnostic } from '../domain/failure.ts';
import { MAX_DIAGNOSTICS } from './findings.ts';
import type { Findings } from './findings.ts';
import { countTests } from './parse-jest.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';
import { failedTest } from './test-failure.ts';

const FAIL = ' FAIL ';

/** Reads Vitest's default reporter: the summary's counts and each ` FAIL  file > suite > test` block. */
export function parseVitest(lines: readonly string[], place: Place): Findings {
  const diagnostics: Diagnostic[] = [];
  let testsRun: number | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('      Tests  ')) {
      testsRun = (testsRun ?? 0) + countTests(line.slice(13), '|');
    }
    if (line.startsWith('No test files found')) testsRun ??= 0;
    if (!line.startsWith(FAIL) || diagnostics.length >= MAX_DIAGNOSTICS) continue;
    diagnostics.push(describe(line.slice(FAIL.length).trim(), blockAfter(lines, index), place));
  }
  return { diagnostics, testsRun };
}

/** A block ends at the next failure or at the ruled line below it; no more than 80 lines matter. */
function blockAfter(lines: readonly string[], index: number): string[] {
  const block = lines.slice(index + 1, index + 81);
  const end = block.findIndex((line) => line.startsWith(FAIL) || line.startsWith('⎯⎯⎯'));
  return end < 0 ? block : block.slice(0, end);
}

/** A file that could not be loaded stands there twice: ` FAIL  a.test.js [ a.test.js ]`. */
function describe(title: string, block: readonly string[], place: Place): Diagnostic {
  const [where = '', ...names] = title.split(' > ');
  const [file = ''] = where.split(' [ ', 1);
  const name = names.length === 0 ? 'Test suite failed to run' : names.join(' › ');
  return failedTest(name, block, sourcePath(file, place), place);
}
