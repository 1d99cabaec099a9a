import type { ProvocationName } from './provocations.ts';
import type { WitnessName } from './scenes.ts';

/** A failure that the coder mends in the same session, and how it is told. */
export interface SelfFixRow {
  readonly name: string;
  readonly provocation: ProvocationName;
  readonly type: string;
  /** Its type's title and what showed it. */
  readonly heading: string;
  readonly advice: string;
  /** The first place, and what is said of it. */
  readonly place: string;
  readonly message: string;
  /** The session's failed verifications so far. */
  readonly used: number;
  /** The cell of the check's table that is red. */
  readonly red: string;
}

export const SELF_FIX: readonly SelfFixRow[] = [
  {
    name: 'a value of another type is a type error',
    provocation: 'wrong-type',
    type: 'type-error',
    heading: 'Type error: Type check',
    advice: '**To do:** Fix type mismatch (Self-fix)',
    place: 'src/modules/playback-session/PlaybackSession.ts:76',
    message: "Type 'Date' is not assignable to type 'number'.",
    used: 1,
    red: '| Type check | ❌ failed with exit code 2 |',
  },
  {
    name: 'a public method without a comment is a lint error',
    provocation: 'no-comment',
    type: 'lint-error',
    heading: 'Lint error: Lint',
    advice: '**To do:** Apply lint fix (Self-fix)',
    place: 'src/modules/playback-session/PlaybackSession.ts:53',
    message: 'Missing JSDoc comment',
    used: 2,
    red: '| Lint | ❌ failed with exit code 1 |',
  },
  {
    name: 'a constant that the prompt wants otherwise is a test failure',
    provocation: 'wrong-interval',
    type: 'test-failure',
    heading: 'Test failure: Module-specific tests',
    advice: '**To do:** Analyze assertion, fix code (Self-fix)',
    place: 'src/modules/playback-session/__tests__/PlaybackSession.test.ts:110',
    message: 'tells listeners of all progress, and the server every ten seconds',
    used: 3,
    red: '| Module-specific tests | ❌ failed with exit code 1 |',
  },
  {
    name: 'a shared type that the coder defines by itself is a protocol violation',
    provocation: 'own-specification',
    type: 'protocol-violation',
    heading: 'Protocol violation: spec-pack',
    advice: '**To do:** Take the change back (Self-fix)',
    place: 'spec-pack/artifact-2-shared-types.ts:1',
    message: 'The spec pack is read-only for a session.',
    used: 1,
    red: '| Read-only files | ❌ failed: ',
  },
  {
    name: 'another module’s entry in the state file is a protocol violation that names the module',
    provocation: 'foreign-entry',
    type: 'protocol-violation',
    heading: 'Protocol violation: state',
    advice: '**To do:** Take the change back (Self-fix)',
    place: 'implementation-state.json:1',
    message: 'what it says of `watch-history` is no business of this session',
    used: 1,
    red: '| Read-only files | ❌ failed: ',
  },
];

/** A failure that stops the session, and whom it is put to. */
export interface HaltRow {
  readonly name: string;
  readonly witness: WitnessName;
  readonly module: string;
  readonly attempt: number;
  readonly type: string;
  readonly title: string;
  readonly reason: string;
  readonly target: string;
  readonly addressee: string;
  readonly label: string;
  readonly assignee: string;
  readonly stoppedBy: string;
  readonly question: string;
  /** What the issue shows of the coder's own report. */
  readonly report: string;
}

const PLANNING_AGENT = {
  target: 'planning-agent',
  addressee: 'Planning Agent',
  label: 'spec-pack',
  assignee: 'planner',
};
const PHASE_1_REVIEW = {
  target: 'phase-1-review',
  addressee: 'Phase 1 Review',
  label: 'phase-1',
  assignee: 'maya',
};
export const HALTS: readonly HaltRow[] = [
  {
    name: 'a type that the prompt names and nobody defines is a missing type, found by the classifier',
    witness: 'undefined-type',
    module: 'plex-library',
    attempt: 1,
    type: 'missing-type',
    title: 'Missing type',
    reason: 'The specification refers to `IMediaContainerPage`, which no shared type defines.',
    ...PLANNING_AGENT,
    stoppedBy: 'Stopped by the verification.',
    question: 'A type is used that the specification does not define. What is it to be?',
    report: noReport('plex-library-1'),
  },
  {
    name: 'a behaviour with two readings is a spec ambiguity, claimed by the coder',
    witness: 'two-readings',
    module: 'playback-session',
    attempt: 1,
    type: 'spec-ambiguity',
    title: 'Spec ambiguity',
    reason: 'Behaviour 4 does not say whether a pause counts as the last report.',
    ...PHASE_1_REVIEW,
    stoppedBy: 'Stopped by the coder, in its claim.',
    question: 'The specification can be read in more than one way. Which reading holds?',
    report: '> - Is "the last report" the last one of `progress`, or of any action?',
  },
  {
    name: 'a test of what nothing specifies is an impossible assertion, claimed by the coder',
    witness: 'unspecified-test',
    module: 'plex-library',
    attempt: 2,
    type: 'impossible-assertion',
    title: 'Impossible assertion',
    reason: 'A test wants 200 items before the failure of a server that sends pages of 100.',
    ...PHASE_1_REVIEW,
    stoppedBy: 'Stopped by the coder, in its claim.',
    question: 'A test asks for behaviour that nothing specifies. Is the test or the',
    report: '> - What does `allItems` do when a server sends less than it is asked for?',
  },
  {
    name: 'a HALT by command has the type that the command names',
    witness: 'halted-by-command',
    module: 'playback-session',
    attempt: 2,
    type: 'impossible-assertion',
    title: 'Impossible assertion',
    reason: 'A test counts a report that no behaviour asks for.',
    ...PHASE_1_REVIEW,
    stoppedBy: 'Stopped by `coder`.',
    question: 'A test asks for behaviour that nothing specifies. Is the test or the',
    report: noReport('playback-session-2'),
  },
];

function noReport(session: string): string {
  return `None: \`orchestration-docs/reports/${session}-escalation.md\` is not there.`;
}
