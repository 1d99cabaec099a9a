import { readNumber } from './findings.ts';
import type { Findings } from './findings.ts';

/** The line that ends a run, in a ruled line or (`-q`) without one. */
const SUMMARY = /^(.{1,300}) in \d{1,9}(?:\.\d{1,9})?s(?: \(\d{1,4}(?::\d\d){2}\))?$/;

/** The rule to both sides is as wide as the terminal. */
const MAX_RULE = 1000;

/** What a run without tests says in their place; pytest exits with 5 then, or with 0 where it was only to collect. */
const NONE = /^(?:no tests ran|no tests collected|\d{1,9} tests? collected)$/;

const PART = /^(\d{1,9}) ([a-z]{1,20})(?: passed| failed| skipped)?$/;

/** An error outside of a test, as while a file is collected, is told with the tests: nothing "ran no tests" then. */
const RAN = new Set(['passed', 'failed', 'xfailed', 'xpassed', 'error', 'errors']);
const NOT_RUN = new Set(['skipped', 'deselected']);
const BESIDE = new Set(['warning', 'warnings', 'rerun', 'subtests']);

/** Counts the tests of pytest. It finds no places: the generic parser reads what stands under a failure. */
export function parsePytest(lines: readonly string[]): Findings {
  let testsRun: number | null = null;
  for (const line of lines) {
    if (line.length > MAX_RULE || !line.includes(' in ')) continue;
    const [, told] = SUMMARY.exec(withoutRule(line)) ?? [];
    const count = told === undefined ? null : countOf(told);
    if (count !== null) testsRun = (testsRun ?? 0) + count;
  }
  return { diagnostics: [], testsRun };
}

/** Null where a tool with other words, such as `3 files`, ends in the same way. */
function countOf(told: string): number | null {
  if (NONE.test(told)) return 0;
  let count: number | null = null;
  for (const text of told.split(', ')) {
    const [, number = '', what = ''] = PART.exec(text) ?? [];
    if (RAN.has(what)) count = (count ?? 0) + (readNumber(number) ?? 0);
    else if (NOT_RUN.has(what)) count ??= 0;
    else if (!BESIDE.has(what)) return null;
  }
  return count;
}

function withoutRule(line: string): string {
  const parts = line.trim().split(' ');
  const isRule = (part: string | undefined): boolean => /^=+$/.test(part ?? '');
  return parts.slice(isRule(parts[0]) ? 1 : 0, isRule(parts.at(-1)) ? -1 : undefined).join(' ');
}
