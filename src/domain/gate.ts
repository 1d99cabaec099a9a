/** What one gate says of one module, why, and what would clear it. */
export interface GateVerdict {
  /** `dependency:<id>`, `command:<id>`, `handoff`, `prompt`, `types` or `blockers`. */
  readonly gate: string;
  readonly title: string;
  readonly verdict: 'passed' | 'failed' | 'unknown';
  readonly reason: string;
  /** What would clear it; empty where it passed. */
  readonly clears: string;
}

export function unmetGates(verdicts: readonly GateVerdict[]): readonly GateVerdict[] {
  return verdicts.filter((verdict) => verdict.verdict !== 'passed');
}

/** The gate commands' results on one base commit; they run once per commit. */
export interface GateRun {
  readonly sha: string;
  /** By gate id. */
  readonly results: Readonly<Record<string, 'passed' | 'failed' | 'infrastructure'>>;
}
