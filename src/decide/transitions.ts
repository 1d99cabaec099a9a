import type { ModuleEntry, SessionRecord, Status } from '../domain/implementation-state.ts';
import type { Trigger } from '../domain/trigger.ts';

/**
 * What wakes a run that moves a module; `any` stands for every run that gets there. What is lost is a label or a comment
 * whose own run never came, found by the sweep.
 */
export type Cause =
  Exclude<Trigger['kind'], 'ignored' | 'merge-group'> | 'any' | 'lost-label' | 'lost-comment';

/**
 * Who may: a role that is looked up; `github`, where GitHub itself lets only some push, merge, close a pull
 * request or dispatch; `engine`, where nobody asks and it follows from what is there.
 */
export type Who = 'triage' | 'write' | 'admin' | 'github' | 'engine';

interface Edge {
  readonly from: readonly Status[];
  readonly to: Status | 'same';
  readonly when: string;
  readonly by: Readonly<Partial<Record<Cause, Who>>>;
  /** What the commit must record beside the status: keys of the template's, and of ours. */
  readonly records: {
    readonly entry: readonly Exclude<keyof ModuleEntry, 'status' | 'session'>[];
    readonly session: readonly (keyof SessionRecord)[];
  };
}

const FOLLOWS = {
  label: 'engine',
  comment: 'engine',
  push: 'engine',
  'pull-request': 'engine',
  issue: 'engine',
  dispatch: 'engine',
  schedule: 'engine',
} as const;
const LABEL = { label: 'triage', 'lost-label': 'triage' } as const;
const COMMENT = { comment: 'write', 'lost-comment': 'write' } as const;
const VERIFIED = { 'pull-request': 'engine', dispatch: 'engine' } as const;
const BLOCKS = {
  entry: ['blockedReason', 'blockedAt', 'completedAt'],
  session: ['escalation', 'request', 'history', 'headSha'],
} as const;
const GIVES_BACK = { entry: ['completedAt'], session: ['request', 'history'] } as const;
const REARMS = {
  entry: ['blockedReason', 'blockedAt'],
  session: ['escalation', 'maxAttempts', 'request', 'history'],
} as const;
const COMPLETES = { entry: ['completedAt'], session: ['mergeSha', 'request', 'history'] } as const;

/** Every way a module may go, and the only ones: `move` takes nothing else. `docs/protocol.md` is made of it. */
export const EDGES = {
  request: {
    from: ['pending'],
    to: 'same',
    when: 'somebody asks for the module, or `auto-start` does once its dependencies are complete',
    by: {
      ...LABEL,
      ...COMMENT,
      push: 'github',
      'pull-request': 'engine',
      dispatch: 'github',
      schedule: 'engine',
    },
    records: { entry: [], session: ['request'] },
  },
  withdraw: {
    from: ['pending'],
    to: 'same',
    when: '`/session cancel` of a request that waits',
    by: COMMENT,
    records: { entry: [], session: ['request'] },
  },
  start: {
    from: ['pending'],
    to: 'in-progress',
    when: 'requested, every gate passed, capacity left',
    by: FOLLOWS,
    records: {
      entry: ['sessionId', 'blockedReason', 'blockedAt', 'completedAt', 'filesModified'],
      session: [
        'attempt',
        'maxAttempts',
        'branch',
        'pullRequest',
        'baseSha',
        'headSha',
        'startedAt',
        'mergeSha',
        'failedHeads',
        'spec',
      ],
    },
  },
  rebase: {
    from: ['in-progress'],
    to: 'same',
    when: 'the run that began it died before there was a branch, and the base has moved since: every gate passed there too',
    by: { any: 'engine' },
    records: { entry: [], session: ['baseSha', 'startedAt', 'spec'] },
  },
  'take-back': {
    from: ['in-progress'],
    to: 'pending',
    when: 'GitHub lets no action open pull requests here: the attempt never began',
    by: { any: 'engine' },
    records: {
      entry: ['sessionId'],
      session: ['attempt', 'branch', 'baseSha', 'startedAt', 'request', 'spec'],
    },
  },
  green: {
    from: ['in-progress', 'review'],
    to: 'review',
    when: 'verification green for the head of the pull request',
    by: VERIFIED,
    records: { entry: ['completedAt', 'filesModified', 'implementedBy'], session: ['headSha'] },
  },
  red: {
    from: ['in-progress', 'review'],
    to: 'in-progress',
    when: 'a new head that is not green',
    by: VERIFIED,
    records: { entry: ['completedAt'], session: ['headSha', 'headAt', 'failedHeads'] },
  },
  'give-up': {
    from: ['in-progress', 'review'],
    to: 'pending',
    when: 'the self-fix limit is reached with attempts left: requested again',
    by: VERIFIED,
    records: {
      entry: ['completedAt'],
      session: ['headSha', 'failedHeads', 'maxAttempts', 'history', 'request'],
    },
  },
  'time-out': {
    from: ['in-progress'],
    to: 'pending',
    when: '`session-timeout` has passed since the last push, with attempts left: requested again',
    by: { schedule: 'engine', any: 'engine' },
    records: { entry: ['completedAt'], session: ['maxAttempts', 'history', 'request'] },
  },
  retry: {
    from: ['in-progress', 'review'],
    to: 'pending',
    when: '`/session retry` with attempts left: requested again',
    by: COMMENT,
    records: { entry: ['completedAt'], session: ['maxAttempts', 'history', 'request'] },
  },
  cancel: {
    from: ['in-progress', 'review'],
    to: 'pending',
    when: '`/session cancel`: not requested',
    by: COMMENT,
    records: GIVES_BACK,
  },
  close: {
    from: ['in-progress', 'review'],
    to: 'pending',
    when: 'a person closed the pull request: not requested',
    by: { 'pull-request': 'github', schedule: 'github' },
    records: GIVES_BACK,
  },
  merge: {
    from: ['review'],
    to: 'complete',
    when: 'the pull request was merged at a verified head',
    by: { push: 'github', 'pull-request': 'github', schedule: 'github' },
    records: COMPLETES,
  },
  'merge-accepted': {
    from: ['in-progress', 'review'],
    to: 'complete',
    when: 'the pull request was merged unverified, which `on-unverified-merge: accept` allows',
    by: { push: 'github', 'pull-request': 'github', schedule: 'github' },
    records: COMPLETES,
  },
  'merge-unverified': {
    from: ['in-progress', 'review'],
    to: 'blocked',
    when: 'the pull request was merged without verification, or into another branch',
    by: { 'pull-request': 'github', dispatch: 'engine', schedule: 'github' },
    records: { entry: BLOCKS.entry, session: [...BLOCKS.session, 'mergeSha'] },
  },
  halt: {
    from: ['in-progress', 'review'],
    to: 'blocked',
    when: 'HALT: the coder claims it, the classifier finds it, or `/session halt` says it',
    by: { 'pull-request': 'engine', dispatch: 'engine', schedule: 'engine', ...COMMENT },
    records: BLOCKS,
  },
  limit: {
    from: ['in-progress', 'review'],
    to: 'blocked',
    when: 'the self-fix limit is reached on the last attempt',
    by: VERIFIED,
    records: BLOCKS,
  },
  'last-time-out': {
    from: ['in-progress'],
    to: 'blocked',
    when: '`session-timeout` has passed since the last push, on the last attempt',
    by: { schedule: 'engine', any: 'engine' },
    records: BLOCKS,
  },
  repeat: {
    from: ['in-progress'],
    to: 'blocked',
    when: 'the same set of failures on three verified heads in a row',
    by: VERIFIED,
    records: BLOCKS,
  },
  exhaust: {
    from: ['pending'],
    to: 'blocked',
    when: 'requested after the last attempt',
    by: { ...LABEL, ...COMMENT, push: 'github', dispatch: 'github' },
    records: BLOCKS,
  },
  resolve: {
    from: ['blocked'],
    to: 'pending',
    when: 'the escalation was closed as completed: requested again',
    by: { issue: 'write', schedule: 'write' },
    records: REARMS,
  },
  rearm: {
    from: ['blocked'],
    to: 'pending',
    when: '`/session retry`, which closes the escalation: requested again',
    by: COMMENT,
    records: REARMS,
  },
  'let-go': {
    from: ['blocked'],
    to: 'pending',
    when: '`/session cancel` of a module that is not in the config any more: not requested',
    by: COMMENT,
    records: {
      entry: ['blockedReason', 'blockedAt'],
      session: ['escalation', 'request', 'history'],
    },
  },
  'block-again': {
    from: ['pending', 'in-progress', 'review'],
    to: 'blocked',
    when: 'an escalation of the module was reopened',
    by: { issue: 'write', schedule: 'write' },
    records: BLOCKS,
  },
  'ack-spec': {
    from: ['in-progress', 'review'],
    to: 'same',
    when: '`/session ack-spec`: the specification as it is now is the one worked from',
    by: COMMENT,
    records: { entry: [], session: ['spec', 'acknowledged'] },
  },
  reopen: {
    from: ['complete'],
    to: 'pending',
    when: '`/session reopen <reason>`; dependents stay as they are',
    by: COMMENT,
    records: { entry: ['completedAt'], session: ['maxAttempts', 'request', 'history', 'ruling'] },
  },
  adopt: {
    from: ['pending'],
    to: 'complete',
    when: '`/session complete <reason>`: adopts a module that was built earlier',
    by: { comment: 'admin', 'lost-comment': 'admin' },
    records: { entry: ['completedAt'], session: ['request', 'ruling'] },
  },
} as const satisfies Readonly<Record<string, Edge>>;

export type EdgeId = keyof typeof EDGES;

type Records<Id extends EdgeId> = (typeof EDGES)[Id]['records'];

/** What an edge's commit has to record: no key less and none more. */
export type Recorded<Id extends EdgeId> = Pick<ModuleEntry, Records<Id>['entry'][number]> & {
  readonly session: Required<Pick<SessionRecord, Records<Id>['session'][number]>>;
};
