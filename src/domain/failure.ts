/** What a failure asks of the coder, or of the orchestrator. */
export type FailureAction = 'self-fix' | 'halt' | 'retry';

/** A row of the failure-handling table: how a failure shows, what to do, and whom it goes to. */
export interface FailureRow {
  /** Kebab-case, such as `type-error`. */
  readonly id: string;
  readonly title: string;
  readonly indicator: string;
  readonly instruction: string;
  readonly action: FailureAction;
  /** The escalation target of a HALT; null where the coder or the orchestrator deals with it. */
  readonly target: string | null;
}

/** The template's six rows, in its order and words, and the two of ours. */
export const BUILT_IN_FAILURES: readonly FailureRow[] = [
  {
    id: 'type-error',
    title: 'Type error',
    indicator: '`tsc` fails',
    instruction: 'Fix type mismatch',
    action: 'self-fix',
    target: null,
  },
  {
    id: 'test-failure',
    title: 'Test failure',
    indicator: '`npm test` fails',
    instruction: 'Analyze assertion, fix code',
    action: 'self-fix',
    target: null,
  },
  {
    id: 'lint-error',
    title: 'Lint error',
    indicator: '`npm run lint` fails',
    instruction: 'Apply lint fix',
    action: 'self-fix',
    target: null,
  },
  {
    id: 'missing-type',
    title: 'Missing type',
    indicator: 'Type referenced but not defined',
    instruction: 'HALT',
    action: 'halt',
    target: 'planning-agent',
  },
  {
    id: 'spec-ambiguity',
    title: 'Spec ambiguity',
    indicator: 'Multiple valid interpretations',
    instruction: 'HALT',
    action: 'halt',
    target: 'phase-1-review',
  },
  {
    id: 'impossible-assertion',
    title: 'Impossible assertion',
    indicator: 'Test requires unspecified behavior',
    instruction: 'HALT',
    action: 'halt',
    target: 'phase-1-review',
  },
  {
    id: 'infrastructure',
    title: 'Infrastructure',
    indicator: 'The runner, the network or the set-up fails',
    instruction: 'Run again; no attempt is spent',
    action: 'retry',
    target: null,
  },
  {
    id: 'protocol-violation',
    title: 'Protocol violation',
    indicator: 'A read-only or foreign path is changed',
    instruction: 'Take the change back',
    action: 'self-fix',
    target: null,
  },
];

/** The whole table: ours, then those the config adds. */
export function failureTable(added: readonly FailureRow[]): readonly FailureRow[] {
  return [...BUILT_IN_FAILURES, ...added];
}

/** A failure found on one head: what it is, where, and a fingerprint that survives reruns. */
export interface Failure {
  /** A row's id. */
  readonly type: string;
  /** The command or check that showed it, such as `typecheck` or `deliverables`. */
  readonly source: string;
  readonly message: string;
  readonly diagnostics: readonly Diagnostic[];
  /** How many more were found than are kept; absent where all are. */
  readonly omitted?: number;
  /** Equal for the same failure on another head, whatever the lines, times and paths. */
  readonly fingerprint: string;
}

/** One message of a tool about one place. */
export interface Diagnostic {
  /** Relative to the repository's root, with forward slashes; null where the tool names none. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly severity: 'error' | 'warning';
  /** The tool's own code, such as `TS2304` or an ESLint rule. */
  readonly code: string | null;
  readonly message: string;
}

/** What a failure's row tells its reader to do, and who that reader is. */
export interface FailureAdvice {
  readonly title: string;
  readonly instruction: string;
  /** An escalation target's id where the failure halts the session. */
  readonly goesTo: string;
}

/** Whether a failure is nobody's to fix, but to be tried again: infrastructure, or a type of the config's own that says so. */
export function isTriedAgain(
  { type }: Pick<Failure, 'type'>,
  table: readonly FailureRow[],
): boolean {
  return table.find(({ id }) => id === type)?.action === 'retry';
}

/** The source of the failure that names deliverables which are not there. */
export const DELIVERABLES_SOURCE = 'deliverables';

/** The source of the failure that names what a session's implementation report lacks. */
export const REPORT_SOURCE = 'implementation-report';

/** A HALT without a target goes to the planning agent; a type without a row is the coder's to look at. */
export function describeFailure(
  failure: Pick<Failure, 'type' | 'source'>,
  table: readonly FailureRow[],
): FailureAdvice {
  const row = table.find((candidate) => candidate.id === failure.type);
  if (row === undefined) {
    return {
      title: failure.type,
      instruction: 'Read the output and fix the cause',
      goesTo: 'coder',
    };
  }
  if (failure.source === DELIVERABLES_SOURCE) {
    return { title: row.title, instruction: 'Create the missing files', goesTo: 'coder' };
  }
  if (failure.source === REPORT_SOURCE) {
    return { title: row.title, instruction: 'Complete the report', goesTo: 'coder' };
  }
  return { title: row.title, instruction: row.instruction, goesTo: addressee(row) };
}

function addressee(row: FailureRow): string {
  switch (row.action) {
    case 'self-fix':
      return 'coder';
    case 'retry':
      return 'orchestrator';
    case 'halt':
      return row.target ?? 'planning-agent';
  }
}
