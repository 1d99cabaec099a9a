import * as v from 'valibot';
import { MAX_DIAGNOSTICS } from './findings.ts';
import type { Findings } from './findings.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';
import { errorLines, failedTest } from './test-failure.ts';

const TEST = v.object({
  fullTitle: v.string(),
  file: v.nullish(v.string(), null),
  err: v.object({ message: v.nullish(v.string(), ''), stack: v.nullish(v.string(), '') }),
});

const REPORT = v.object({
  stats: v.object({ passes: v.number(), pending: v.number() }),
  passes: v.array(v.unknown()),
  failures: v.array(TEST),
});

/** Reads Mocha's `json` reporter; null where the value is no report of it. A hook that failed counts as a test. */
export function parseMochaJson(value: unknown, place: Place): Findings | null {
  const parsed = v.safeParse(REPORT, value, { abortEarly: true });
  if (!parsed.success) return null;
  const { passes, failures } = parsed.output;
  const diagnostics = failures.slice(0, MAX_DIAGNOSTICS).map(({ fullTitle, file, err }) => {
    const lines = errorLines(err.stack === '' ? err.message : err.stack);
    return failedTest(fullTitle, lines, file === null ? null : sourcePath(file, place), place);
  });
  return { diagnostics, testsRun: passes.length + failures.length };
}
