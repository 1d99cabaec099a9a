import { createHash } from 'node:crypto';
import {
  DEFAULT_CODE_STYLE,
  DEFAULT_DELIVERABLES,
  DEFAULT_PATHS,
} from '../../../src/domain/config-defaults.ts';
import { BUILT_IN_FAILURES, type Failure } from '../../../src/domain/failure.ts';
import type { GateVerdict } from '../../../src/domain/gate.ts';
import type { AttemptRecord } from '../../../src/domain/implementation-state.ts';
import { BUILT_IN_REPORT_FORMATS } from '../../../src/domain/report-format.ts';
import { deliverablesOf } from '../../../src/domain/config.ts';
import type { CommandResult } from '../../../src/domain/verification.ts';
import type { DashboardModule } from '../../../src/documents/dashboard.ts';
import type { EscalationIssueView } from '../../../src/documents/escalation-issue.ts';
import type { OrchestrationDocumentView } from '../../../src/documents/orchestration-document.ts';
import type { VerificationReportView } from '../../../src/documents/verification-report.ts';

export const REPOSITORY_URL = 'https://github.com/acme/plex-client';
export const BASE_SHA = '3f2a1bc94d5e6f708192a3b4c5d6e7f801234567';
export const HEAD_SHA = 'a5c3785ed8d6a35868bc169f07e40e889087fd2e';

export const MODULE = {
  id: 'plex-auth',
  name: 'Plex Authentication',
  className: 'PlexAuth',
  dependsOn: ['event-emitter', 'storage'],
  prompt: 3,
  types: ['PlexToken', 'PlexUser'],
  deliverables: null,
};

export const SESSION = {
  module: 'plex-auth',
  attempt: 2,
  maxAttempts: 3,
  sessionId: '550e8400-e29b-41d4-a716-446655440000',
  startedAt: '2026-01-12T09:30:00.000Z',
  baseSha: BASE_SHA,
};

export const COMMANDS = [
  { name: 'Type check', run: 'npx tsc --noEmit' },
  { name: 'Lint', run: 'npm run lint' },
  { name: 'Module-specific tests', run: 'npm test -- --grep "PlexAuth"' },
];

export function gate(gate: string, title: string, change: Partial<GateVerdict> = {}): GateVerdict {
  return { gate, title, verdict: 'passed', reason: 'fine', clears: '', ...change };
}

export const VERDICTS: readonly GateVerdict[] = [
  gate('dependency:event-emitter', 'Dependency `event-emitter` is complete'),
  gate('dependency:storage', 'Dependency `storage` is complete'),
  gate('command:shared-types', 'Shared types compile'),
  gate('handoff', 'Context handoff exists'),
  gate('prompt', 'Implementation prompt exists'),
  gate('types', 'Shared types are declared'),
  gate('blockers', 'No unresolved blockers'),
];

export const FIRST_ATTEMPT: AttemptRecord = {
  attempt: 1,
  sessionId: '11111111-2222-4333-8444-555555555555',
  outcome: 'halted',
  failureType: 'missing-type',
  issue: 'The prompt uses `PlexPin`, which no file defines.',
  resolution: 'Added `PlexPin` to the shared types.',
  resolvedBy: 'octocat',
  startedAt: '2026-01-10T08:00:00.000Z',
  endedAt: '2026-01-10T09:00:00.000Z',
  pullRequest: 44,
  escalation: 41,
  baseSha: null,
  spec: null,
};

export const DOCUMENT: OrchestrationDocumentView = {
  module: MODULE,
  session: SESSION,
  plannerVersion: '0.1.0',
  repositoryUrl: REPOSITORY_URL,
  stateBranch: 'sessionwright-state',
  paths: DEFAULT_PATHS,
  dependencies: [
    { module: 'event-emitter', status: 'complete', passed: true },
    { module: 'storage', status: 'complete', passed: true },
  ],
  verdicts: VERDICTS,
  gates: [
    {
      id: 'shared-types',
      name: 'Shared types compile',
      run: 'npx tsc --noEmit src/types/index.ts',
      timeoutSeconds: 600,
    },
  ],
  prompt: { slug: 'prompt-3-plex-authentication', startLine: 10, endLine: 40 },
  types: [
    { name: 'PlexToken', ranges: [{ start: 262, end: 334 }] },
    {
      name: 'PlexUser',
      ranges: [
        { start: 340, end: 351 },
        { start: 360, end: 362 },
      ],
    },
  ],
  previousAttempts: [FIRST_ATTEMPT],
  cleared: null,
  specChanges: [{ part: 'type', name: 'PlexPin', change: 'added' }],
  commands: COMMANDS,
  failures: BUILT_IN_FAILURES,
  deliverables: deliverablesOf(
    {
      deliverables: DEFAULT_DELIVERABLES.map(({ path, comment = '', optional = false }) => ({
        path,
        comment,
        optional,
      })),
    },
    MODULE,
  ),
  codeStyle: DEFAULT_CODE_STYLE,
};

export function result(change: Partial<CommandResult> = {}): CommandResult {
  return {
    id: 'typecheck',
    name: 'Type check',
    run: 'npx tsc --noEmit',
    failure: 'type-error',
    outcome: { kind: 'exited', exitCode: 0 },
    durationMs: 5_120,
    diagnostics: [],
    diagnosticsOmitted: 0,
    testsRun: null,
    allowEmpty: false,
    tail: '',
    logDigest: createHash('sha256')
      .update(change.tail ?? '')
      .digest('hex'),
    ...change,
  };
}

export const TYPE_ERROR: Failure = {
  type: 'type-error',
  source: 'typecheck',
  message: 'Type check found 1 error.',
  diagnostics: [
    {
      file: 'src/modules/plex-auth/PlexAuth.ts',
      line: 12,
      column: 5,
      severity: 'error',
      code: 'TS2322',
      message: "Type 'string' is not assignable to type 'number'.",
    },
  ],
  fingerprint: 'f'.repeat(64),
};

export const RED: VerificationReportView = {
  module: MODULE,
  attempt: 2,
  maxAttempts: 3,
  repositoryUrl: REPOSITORY_URL,
  headSha: HEAD_SHA,
  document: 'orchestration-docs/session-plex-auth-2.md',
  outcome: { kind: 'red', used: 2, limit: 5 },
  commands: [
    result({
      outcome: { kind: 'exited', exitCode: 2 },
      tail: "src/modules/plex-auth/PlexAuth.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.",
    }),
    result({ id: 'lint', name: 'Lint', run: 'npm run lint', durationMs: 61_400 }),
    result({
      id: 'test',
      name: 'Module-specific tests',
      run: 'npm test -- --grep "PlexAuth"',
      outcome: { kind: 'skipped', because: 'Type check' },
    }),
  ],
  checks: [
    {
      title: 'Deliverables',
      result: 'failed',
      detail: '`src/modules/plex-auth/index.ts` is missing',
    },
    { title: 'Specification untouched', result: 'passed', detail: '' },
    { title: 'Protected paths', result: 'flagged', detail: '`package.json` was changed' },
  ],
  failures: [
    TYPE_ERROR,
    {
      type: 'protocol-violation',
      source: 'deliverables',
      message: '`src/modules/plex-auth/index.ts` is missing.',
      diagnostics: [],
      fingerprint: 'e'.repeat(64),
    },
  ],
  table: BUILT_IN_FAILURES,
  shed: ['12 diagnostics of Lint'],
  escalation: null,
  runUrl: `${REPOSITORY_URL}/actions/runs/1`,
};

export const ESCALATION: EscalationIssueView = {
  module: MODULE,
  hasIssues: true,
  team: null,
  attempt: 2,
  maxAttempts: 3,
  sessionId: SESSION.sessionId,
  repositoryUrl: REPOSITORY_URL,
  reason: {
    failureType: 'spec-ambiguity',
    reason: 'The prompt does not say whether a token outlives a restart.',
    by: 'claim',
  },
  target: 'phase-1-review',
  table: BUILT_IN_FAILURES,
  pullRequest: 57,
  headSha: HEAD_SHA,
  branch: 'session/plex-auth-2',
  paths: DEFAULT_PATHS,
  report: '## Question\n\nDoes a token outlive a restart? cc @octocat, fixes #12',
  reportFormat: BUILT_IN_REPORT_FORMATS.escalation,
  failures: [TYPE_ERROR],
  commands: RED.commands,
  previousAttempts: [FIRST_ATTEMPT],
  downstream: [
    { id: 'library', name: 'Library', status: 'pending', dependsOn: ['plex-auth'] },
    { id: 'player', name: 'Player', status: 'pending', dependsOn: ['library'] },
  ],
  nextMaxAttempts: 3,
};

export function moduleOf(id: string, change: Partial<DashboardModule> = {}): DashboardModule {
  return {
    id,
    name: id.replaceAll('-', ' '),
    status: 'pending',
    dependsOn: [],
    requested: false,
    ready: false,
    attempt: 0,
    maxAttempts: 3,
    pullRequest: null,
    escalation: null,
    target: null,
    unmet: [],
    queuePlace: null,
    note: null,
    ...change,
  };
}
