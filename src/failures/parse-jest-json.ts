import * as v from 'valibot';
import type { Diagnostic } from '../domain/failure.ts';
import { MAX_DIAGNOSTICS } from './findings.ts';
import type { Findings } from './findings.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';
import { errorLines, failedTest } from './test-failure.ts';

const TEST = v.object({
  title: v.string(),
  ancestorTitles: v.nullish(v.array(v.string()), []),
  status: v.string(),
  failureMessages: v.nullish(v.array(v.string()), []),
});

const SUITE = v.object({
  name: v.string(),
  status: v.string(),
  message: v.nullish(v.string(), ''),
  assertionResults: v.array(TEST),
});

const REPORT = v.object({ numTotalTests: v.number(), testResults: v.array(SUITE) });

/** Reads `jest --json` and Vitest's `json` reporter, which writes the same; null where the value is neither. */
export function parseJestJson(value: unknown, place: Place): Findings | null {
  const parsed = v.safeParse(REPORT, value, { abortEarly: true });
  if (!parsed.success) return null;
  const diagnostics: Diagnostic[] = [];
  let testsRun = 0;
  for (const suite of parsed.output.testResults) {
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    const passed = suite.assertionResults.filter(({ status }) => status === 'passed');
    testsRun += failed.length + passed.length;
    if (diagnostics.length >= MAX_DIAGNOSTICS) continue;
    const file = sourcePath(suite.name, place);
    for (const test of failed) diagnostics.push(describe(test, file, place));
    if (failed.length === 0 && suite.status === 'failed') {
      diagnostics.push(failedTest('Test suite failed to run', suiteError(suite), file, place));
    }
  }
  return { diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS), testsRun };
}

function describe(test: v.InferOutput<typeof TEST>, file: string, place: Place): Diagnostic {
  const title = [...test.ancestorTitles, test.title].join(' › ');
  return failedTest(title, errorLines(test.failureMessages[0] ?? ''), file, place);
}

/** Jest begins with the heading that its default reporter prints. */
function suiteError(suite: v.InferOutput<typeof SUITE>): readonly string[] {
  return errorLines(suite.message).filter((line) => !line.startsWith('  ● '));
}
