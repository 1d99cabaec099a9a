import type { Outcome } from '../../src/domain/answer.ts';
import { decide, type Decision } from '../../src/decide/decide.ts';
import {
  applyTransition,
  type Situation,
  type Step,
  type Transition,
} from '../../src/decide/situation.ts';
import { renderReport } from '../../src/documents/report.ts';
import { DEFAULT_PATHS } from '../../src/domain/config-defaults.ts';
import type { CommandConfig, Config, ModuleConfig } from '../../src/domain/config.ts';
import type { Failure } from '../../src/domain/failure.ts';
import {
  EMPTY_STATE,
  entryOf,
  type AttemptRecord,
  type EntryPatch,
  type ImplementationState,
  type ModuleEntry,
} from '../../src/domain/implementation-state.ts';
import { createModuleGraph } from '../../src/domain/module-graph.ts';
import { BUILT_IN_REPORT_FORMATS } from '../../src/domain/report-format.ts';
import { sessionBranch } from '../../src/domain/session.ts';
import type { SpecFingerprint, SpecPack } from '../../src/domain/spec-pack.ts';
import { updateEntry } from '../../src/domain/state-file.ts';
import type { Trigger } from '../../src/domain/trigger.ts';
import type { CommandResult, VerificationResult } from '../../src/domain/verification.ts';
import type { Conversation, Judgement, PullRequest, World } from '../../src/domain/world.ts';

export const NOW = '2026-01-12T09:30:00.000Z';
export const EARLIER = '2026-01-10T08:00:00.000Z';
export const BASE_SHA = 'ba5e'.padEnd(40, '0');
/** The commit that holds nothing but the document. */
export const DOCUMENT_SHA = 'd0c0'.padEnd(40, '0');
export const HEAD_SHA = 'a11ce'.padEnd(40, '0');
export const MERGE_SHA = '3e46e'.padEnd(40, '0');
export const SESSION_ID = '550e8400-e29b-41d4-a716-446655440000';
export const SPEC: SpecFingerprint = { prompt: 'p1', handoff: 'h1', types: {} };

const CODER = { login: 'coder', bot: false };

/** What a test changes of the blank world; the rest follows from it. */
export interface WorldChange extends Partial<Omit<World, 'config' | 'graph' | 'state'>> {
  readonly config?: Partial<Omit<Config, 'modules'>>;
  readonly modules?: readonly ModuleConfig[];
  readonly entries?: Readonly<Record<string, EntryPatch>>;
  readonly state?: ImplementationState;
}

/** One pending module `plex-auth` without dependencies and gate commands, found by the sweep. */
export function worldOf(change: WorldChange = {}): World {
  const { config, modules = [moduleOf('plex-auth')], entries = {}, state, ...rest } = change;
  const byId = new Map(modules.map((module) => [module.id, module]));
  return {
    now: NOW,
    repository: {
      owner: 'acme',
      name: 'plex-client',
      id: 'R_1',
      url: 'https://github.com/acme/plex-client',
      defaultBranch: 'main',
      hasIssues: true,
    },
    base: { branch: 'main', sha: BASE_SHA, contains: new Map([[MERGE_SHA, true]]) },
    config: { ...BLANK_CONFIG, ...config, modules: byId },
    graph: createModuleGraph(byId),
    specPack: specPackOf(modules),
    fingerprints: new Map(modules.map((module) => [module.id, SPEC])),
    specTexts: new Map(),
    reportFormats: BUILT_IN_REPORT_FORMATS,
    state: state ?? stateOf(entries),
    trigger: { kind: 'schedule' },
    source: null,
    comment: rest.trigger?.kind === 'comment' ? { id: rest.trigger.nodeId, answered: false } : null,
    lostComments: [],
    askingLabels: [],
    labels: new Map(),
    labelledPulls: [],
    mergeGroup: null,
    begun: new Set(),
    pulls: new Map(),
    gone: new Set(),
    foreignPulls: [],
    // The escalation that `blocked` names.
    conversations: new Map([[61, conversationOf(61)]]),
    dashboard: null,
    ownTexts: [],
    roles: new Map([
      ['admin', 'admin'],
      ['coder', 'write'],
      ['helper', 'triage'],
      ['reader', 'read'],
    ]),
    judgement: null,
    gateResult: null,
    ...rest,
  };
}

export function stateOf(entries: Readonly<Record<string, EntryPatch>>): ImplementationState {
  return Object.entries(entries).reduce(
    (state, [id, patch]) => updateEntry(state, id, patch),
    EMPTY_STATE,
  );
}

export function moduleOf(id: string, change: Partial<ModuleConfig> = {}): ModuleConfig {
  return {
    id,
    name: `Module ${id}`,
    className: 'PlexModule',
    dependsOn: [],
    prompt: 1,
    types: [],
    deliverables: null,
    ...change,
  };
}

const TYPECHECK: CommandConfig = {
  id: 'typecheck',
  name: 'Type check',
  run: 'npx tsc --noEmit',
  failure: 'type-error',
  env: {},
  shell: null,
  workingDirectory: null,
  timeoutSeconds: 600,
  needs: [],
  parallel: true,
  report: null,
  allowEmpty: false,
};

const BLANK_CONFIG: Omit<Config, 'modules'> = {
  version: 1,
  base: null,
  attempts: 3,
  parallelSessions: 4,
  maxStartsPerRun: 8,
  autoStart: false,
  paused: false,
  selfFixLimit: 5,
  sessionTimeoutSeconds: 259_200,
  verificationTimeoutSeconds: 18_000,
  retry: 'fresh',
  onUnverifiedMerge: 'escalate',
  gates: [],
  verification: [TYPECHECK],
  failures: [],
  deliverables: [],
  codeStyle: [],
  protectedPaths: [],
  escalation: {
    'planning-agent': { labels: [], assignees: [] },
    'phase-1-review': { labels: [], assignees: [] },
  },
  handoff: { workflow: null, comment: null, assignees: [], labels: [] },
  allowedBots: [],
  trustedAuthors: [],
  paths: DEFAULT_PATHS,
};

/** A spec pack in which every prompt, type and handoff of the modules is there. */
export function specPackOf(modules: readonly ModuleConfig[]): SpecPack {
  const lines = { startLine: 1, endLine: 9 };
  return {
    prompts: new Map(
      modules.map(({ prompt: number }) => [
        number,
        { number, heading: `Prompt ${number}`, slug: `prompt-${number}`, ...lines, text: '…' },
      ]),
    ),
    types: new Map(
      modules.flatMap(({ types }) =>
        types.map((name) => [name, { name, ranges: [{ start: 1, end: 2 }], text: `type ${name}` }]),
      ),
    ),
    handoffs: new Map(modules.map(({ id }) => [id, 'b10b'])),
  };
}

/** The entry of a module somebody asked for. */
export function requested(source: number | null = 42, at: string = EARLIER): EntryPatch {
  return { status: 'pending', session: { request: { source, by: 'coder', at } } };
}

/** The entry of a running first attempt whose coder has pushed nothing yet. */
export function running(
  session: EntryPatch['session'] = {},
  status: ModuleEntry['status'] = 'in-progress',
): EntryPatch {
  return {
    status,
    sessionId: SESSION_ID,
    session: {
      attempt: 1,
      maxAttempts: 3,
      branch: 'session/plex-auth-1',
      pullRequest: 57,
      baseSha: BASE_SHA,
      headSha: DOCUMENT_SHA,
      startedAt: EARLIER,
      spec: SPEC,
      ...session,
    },
  };
}

/** The entry of a session whose head was found green. */
export function inReview(session: EntryPatch['session'] = {}): EntryPatch {
  return {
    ...running({ headSha: HEAD_SHA, ...session }, 'review'),
    completedAt: EARLIER,
    filesModified: ['src/index.ts'],
    implementedBy: 'coding-agent',
  };
}

/** The entry of a module that is done. */
export function completed(mergeSha: string | null = MERGE_SHA): EntryPatch {
  return { status: 'complete', completedAt: EARLIER, session: { attempt: 1, mergeSha } };
}

/** The entry of a module that halted in its first attempt and whose escalation is open. */
export function blocked(session: EntryPatch['session'] = {}): EntryPatch {
  return {
    ...running({ escalation: 61, history: [attemptOf()], ...session }, 'blocked'),
    blockedReason: 'A type is missing.',
    blockedAt: EARLIER,
  };
}

export function attemptOf(change: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    attempt: 1,
    sessionId: SESSION_ID,
    outcome: 'halted',
    failureType: 'missing-type',
    issue: 'A type is missing.',
    resolution: null,
    resolvedBy: null,
    startedAt: EARLIER,
    endedAt: EARLIER,
    pullRequest: 57,
    escalation: null,
    baseSha: BASE_SHA,
    spec: SPEC,
    ...change,
  };
}

export function conversationOf(number: number, change: Partial<Conversation> = {}): Conversation {
  return {
    number,
    id: `I_${number}`,
    url: `https://github.com/acme/plex-client/issues/${number}`,
    ours: false,
    title: 'An issue',
    body: '',
    open: true,
    closed: null,
    reopened: null,
    labels: [],
    comments: [],
    ...change,
  };
}

/** The open pull request of the first attempt, with one file of the coder's. */
export function pullOf(change: Partial<PullRequest> = {}): PullRequest {
  const { closed, reopened, ...conversation } = conversationOf(57, { ours: true });
  if (closed !== null || reopened !== null) throw new Error('Only issues tell who closed them.');
  return {
    ...conversation,
    state: 'open',
    headBranch: sessionBranch('plex-auth', 1),
    headBranchGone: false,
    headSha: HEAD_SHA,
    sameRepository: true,
    baseBranch: 'main',
    mergeSha: null,
    filesComplete: true,
    files: [
      { path: 'orchestration-docs/session-plex-auth-1.md', status: 'added' },
      { path: 'src/index.ts', status: 'added' },
    ],
    check: null,
    claim: null,
    stateEdit: null,
    report: reportOf(1),
    escalationReport: null,
    present: new Set(),
    ...change,
  };
}

/** The implementation report that the coder of an attempt leaves. */
export function reportOf(attempt: number): string {
  const module = { id: 'plex-auth', name: 'Plex Auth' };
  const report = renderReport('implementation', { module, sessionId: SESSION_ID, attempt });
  return report.replaceAll(/^\W*\[.*$/gmu, 'Told.');
}

export function commandResult(change: Partial<CommandResult> = {}): CommandResult {
  return {
    id: 'typecheck',
    name: 'Type check',
    run: 'npx tsc --noEmit',
    failure: 'type-error',
    outcome: { kind: 'exited', exitCode: 0 },
    durationMs: 10,
    diagnostics: [],
    diagnosticsOmitted: 0,
    testsRun: null,
    allowEmpty: false,
    tail: '',
    logDigest: '0'.repeat(64),
    ...change,
  };
}

export function resultOf(change: Partial<VerificationResult> = {}): VerificationResult {
  return {
    version: 1,
    kind: 'verification',
    sha: HEAD_SHA,
    module: 'plex-auth',
    commands: [commandResult()],
    shed: [],
    ...change,
  };
}

export function failureOf(type: string, change: Partial<Failure> = {}): Failure {
  const message = `There is a ${type}.`;
  return {
    type,
    source: 'typecheck',
    message,
    diagnostics: [],
    fingerprint: `${type}-1`,
    ...change,
  };
}

/** A judgement of the running session's head; green without failures. */
export function judgementOf(
  failures: readonly Failure[] = [],
  change: Partial<Judgement> = {},
): Judgement {
  return { module: 'plex-auth', sha: HEAD_SHA, result: resultOf(), failures, ...change };
}

export function pullTrigger(
  action: (Trigger & { kind: 'pull-request' })['action'] = 'synchronize',
  number = 57,
): Trigger {
  const headBranch = 'session/plex-auth-1';
  return { kind: 'pull-request', action, number, headBranch, sameRepository: true, sender: CODER };
}

export function commentTrigger(body: string, login = 'coder', number = 42): Trigger {
  const sender = { login, bot: false };
  return { kind: 'comment', number, commentId: '9001', nodeId: 'IC_9001', body, sender };
}

export function pushTrigger(named: readonly string[] = [], branch = 'main'): Trigger {
  return { kind: 'push', branch, requested: named, sender: CODER };
}

export function dispatchTrigger(
  module: string | null = null,
  pullRequest: number | null = null,
): Trigger & { readonly kind: 'dispatch' } {
  const branch = pullRequest === null ? 'main' : 'session/plex-auth-1';
  return { kind: 'dispatch', branch, module, pullRequest, sender: CODER };
}

/** A label that was just put on issue 42 and is still there. */
export function labelled(
  label: string,
  login = 'helper',
): Pick<World, 'trigger' | 'source' | 'conversations'> {
  const source = conversationOf(42, {
    labels: [
      { id: 'L_other', name: 'bug' },
      { id: 'L_1', name: label },
    ],
  });
  return {
    trigger: { kind: 'label', label, number: 42, sender: { login, bot: false } },
    source,
    conversations: new Map([[42, source]]),
  };
}

/** The decision on a world; session ids are `session-1`, `session-2` and so on. */
export function decideOn(change: WorldChange, phase: Situation['phase'] = 'orchestrate'): Decision {
  let count = 0;
  const newSessionId = () => `session-${(count += 1)}`;
  return decide(worldOf(change), { phase, newSessionId });
}

/** The commits that a decision's steps make, in their order. */
export function transitionsOf(decision: Decision): readonly Transition[] {
  return decision.steps.flatMap((step) => {
    if (step.kind === 'record' || step.kind === 'publish') return step.transition ?? [];
    return step.kind === 'start' || step.kind === 'block' ? (step.claim ?? []) : [];
  });
}

export function messagesOf(decision: Decision): readonly string[] {
  return transitionsOf(decision).map((transition) => transition.message);
}

/** The state once every step of a decision is done. */
export function stateAfter(change: WorldChange, decision: Decision): ImplementationState {
  return transitionsOf(decision).reduce(applyTransition, worldOf(change).state);
}

/** A module's entry once every step of the decision on a world is done. */
export function entryAfter(change: WorldChange, module = 'plex-auth'): ModuleEntry {
  return entryOf(stateAfter(change, decideOn(change)), module);
}

/** What a comment's commands came to; empty where the comment is not answered. */
export function outcomesOf(decision: Decision): readonly Outcome[] {
  return stepsOf(decision, 'respond').flatMap((step) => step.outcomes);
}

export function stepsOf<K extends Step['kind']>(
  decision: Decision,
  kind: K,
): readonly Extract<Step, { readonly kind: K }>[] {
  return decision.steps.filter(
    (step): step is Extract<Step, { readonly kind: K }> => step.kind === kind,
  );
}
