import { readNumber } from './findings.ts';
import type { Findings } from './findings.ts';

/** The counts that end a run: of `node --test` behind `#` (TAP) or `ℹ` (spec), of tape and of Mocha's TAP behind `#`. */
const COUNT = /^(?:#|ℹ) (tests|suites|pass|fail|cancelled|skipped|todo) {1,3}(\d{1,9})$/;

/** What TAP itself says of a test at the top: https://testanything.org/tap-version-14-specification.html */
const POINT = /^(?:not )?ok\b/;
const NOT_RUN = /#\s{0,9}(?:skip|todo)/i;
const PLAN = /^1\.\.(\d{1,9})(?:\s{1,9}#.{0,500})?$/;

/** A file that holds no test is a test of its own to `node --test`, which passes and goes by the file's name. */
const EMPTY_FILE =
  /^(?:ok \d{1,9} - |✔ )(?:\/.{0,999}|[A-Za-z]:\\.{0,999}|\S{0,999})\.[cm]?[jt]sx?$/;

/**
 * Counts the tests of `node --test` (TAP and spec) and of TAP by whomever. It finds no places: the generic parser reads
 * what stands under a failure.
 */
export function parseTap(lines: readonly string[]): Findings {
  const trimmed = lines.map((line) => line.trimEnd());
  return { diagnostics: [], testsRun: countsOf(trimmed) ?? pointsOf(trimmed) };
}

/** Null where no run ends with its counts. */
function countsOf(lines: readonly string[]): number | null {
  let total: number | null = null;
  for (const [index, line] of lines.entries()) {
    if (COUNT.exec(line)?.[1] !== 'tests') continue;
    const counts = countsFrom(lines, index);
    if (counts.has('pass')) total = (total ?? 0) + ran(counts);
  }
  if (total === null) return null;
  const emptyFiles = lines.filter((line) => EMPTY_FILE.test(withoutDuration(line))).length;
  return Math.max(0, total - emptyFiles);
}

function countsFrom(lines: readonly string[], start: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = start; at < lines.length; at += 1) {
    const [, name, count] = COUNT.exec(lines[at] ?? '') ?? [];
    if (name === undefined || counts.has(name)) break;
    counts.set(name, readNumber(count ?? '') ?? 0);
  }
  return counts;
}

function ran(counts: ReadonlyMap<string, number>): number {
  return ['pass', 'fail', 'cancelled'].reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
}

function withoutDuration(line: string): string {
  return line.endsWith('ms)') ? line.slice(0, Math.max(0, line.lastIndexOf(' ('))) : line;
}

/** Null without a plan, or where a plan has tests of which none is told: then this is no TAP. */
function pointsOf(lines: readonly string[]): number | null {
  const plans = lines.flatMap((line) => PLAN.exec(line)?.[1] ?? []).map(Number);
  const points = lines.filter((line) => POINT.test(line));
  if (plans.length === 0) return null;
  if (points.length === 0) return plans.every((planned) => planned === 0) ? 0 : null;
  return points.filter((line) => !NOT_RUN.test(line)).length;
}
