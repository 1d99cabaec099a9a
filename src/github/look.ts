import { DEFAULT_PATHS } from '../domain/config-defaults.ts';
import { deliverablesOf, type Config, type ModuleConfig, type Paths } from '../domain/config.ts';
import { ownLabels, READY } from '../domain/labels.ts';
import {
  acknowledgedSha,
  entryOf,
  isTimedOut,
  specShaOf,
  type ModuleEntry,
} from '../domain/implementation-state.ts';
import { absentModules } from '../domain/orphans.ts';
import { sessionPaths } from '../domain/session.ts';
import { TEMPLATES_FOLDER } from '../domain/templates-folder.ts';
import { isSweep, pointedPullRequest, triggerNumber, type Trigger } from '../domain/trigger.ts';
import type { VerificationResult } from '../domain/verification.ts';
import type { PullRequest } from '../domain/world.ts';
import type { Ground } from './ground.ts';
import type { SceneLook, SessionLook, SpecLook } from './queries.ts';

/** The modules of the config, and those that are not in it any more. */
function knownModules(config: Config, { state }: Ground): readonly ModuleConfig[] {
  return [...config.modules.values(), ...absentModules(config, state)];
}

export function knownEntries(config: Config, ground: Ground): readonly ModuleEntry[] {
  return knownModules(config, ground).map(({ id }) => entryOf(ground.state, id));
}

/** What is worth looking at, given the state and what woke us. */
export function lookFor(
  config: Config,
  ground: Ground,
  trigger: Trigger,
  verification: VerificationResult | null,
  now: string,
): SceneLook {
  const entries = knownModules(config, ground).map(
    (module) => [module, entryOf(ground.state, module.id)] as const,
  );
  const sessions = entries
    .filter(
      ([module, entry]) =>
        hasLiveSession(entry) ||
        verification?.module === module.id ||
        isStoppedSeen(entry, trigger),
    )
    .map(([module, entry]): SessionLook => {
      const { session } = entry;
      const paths = sessionPaths(module.id, session.attempt, config.paths.documents);
      const judged = verification?.module === module.id ? verification.sha : null;
      return {
        module: module.id,
        pullRequest: session.pullRequest,
        branch: paths.branch,
        start: startOf(session),
        rev: judged ?? paths.branch,
        claim: paths.claim,
        state: config.paths.state,
        escalationReport: paths.escalationReport,
        report: judged === null ? null : paths.report,
        deliverables: judged === null ? [] : deliverablesOf(config, module).map((one) => one.path),
      };
    });
  return {
    baseSha: ground.baseSha,
    prompts: config.paths.prompts,
    types: config.paths.types,
    handoffs: config.paths.handoffs,
    state: config.paths.state,
    templates: TEMPLATES_FOLDER,
    planningAgent: config.paths.planningAgent,
    codingAgent: config.paths.codingAgent,
    specs: specLooks(config, entries, { trigger, judged: verification?.module ?? null, now }),
    sessions,
    conversations: conversationNumbers(config, ground, entries, trigger),
    askingLabels: isSweep(trigger)
      ? [...config.modules.keys(), READY].map((id) => `session:${id}`)
      : [],
    labels: ownLabels(config).map(({ name }) => name),
    pull: foreignNumber(
      trigger,
      entries.map(([, entry]) => entry),
    ),
    ...(trigger.kind === 'comment' ? { comment: trigger.nodeId } : {}),
  };
}

/** Where the running attempt's branch begins: at the base, or at the head that it continues. */
function startOf({ attempt, continues, baseSha }: ModuleEntry['session']): string | null {
  return continues?.attempt === attempt ? continues.from : baseSha;
}

type Entries = readonly (readonly [ModuleConfig, ModuleEntry])[];

function conversationNumbers(
  config: Config,
  ground: Ground,
  entries: Entries,
  trigger: Trigger,
): readonly number[] {
  const numbers = entries.flatMap(([, entry]) => [
    ...conversationsOf(entry),
    ...continuedOf(config, entry, trigger),
    ...pastOf(entry, trigger),
  ]);
  const pointed = trigger.kind === 'pull-request' ? null : triggerNumber(trigger);
  const others = [pointed, ground.state.dashboard].filter((number) => number !== null);
  return [...new Set([...numbers, ...others])];
}

/** The spec pack and nothing else: enough to tell what is wrong with it. */
export function packLook(
  paths: Pick<Paths, 'prompts' | 'types' | 'handoffs'>,
  baseSha: string,
): SceneLook {
  return {
    ...paths,
    baseSha,
    state: DEFAULT_PATHS.state,
    templates: TEMPLATES_FOLDER,
    planningAgent: DEFAULT_PATHS.planningAgent,
    codingAgent: DEFAULT_PATHS.codingAgent,
    specs: [],
    sessions: [],
    conversations: [],
    askingLabels: [],
    labels: [],
    pull: null,
  };
}

/** A session that runs, is in review, or was stopped before its escalation was open. */
function hasLiveSession(entry: ModuleEntry): boolean {
  const { status, session } = entry;
  const unfinished = status === 'blocked' && session.escalation === null && session.attempt > 0;
  return status === 'in-progress' || status === 'review' || unfinished;
}

/** A blocked session is looked at where something may have happened to its pull request, or may be asked of it. */
function isStoppedSeen({ status, session }: ModuleEntry, trigger: Trigger): boolean {
  if (status !== 'blocked' || session.pullRequest === null) return false;
  const isPointed = pointedPullRequest(trigger) === session.pullRequest;
  return isPointed || isSweep(trigger) || trigger.kind === 'comment';
}

/**
 * What is over and may stand open: the pull request that the trigger is about, and what a run that was cut off, or
 * somebody who opened it again, left open of a module's last attempt.
 */
function pastOf({ status, session }: ModuleEntry, trigger: Trigger): readonly number[] {
  const { pullRequest, history, request } = session;
  const last = history.at(-1)?.escalation ?? null;
  const isOver = status === 'pending' || status === 'complete';
  const past = new Set([
    ...history.map((attempt) => attempt.pullRequest),
    ...(isOver ? [pullRequest] : []),
  ]);
  const pointed = trigger.kind === 'pull-request' ? trigger.number : null;
  const swept = isSweep(trigger) && status === 'pending' && request === null ? pullRequest : null;
  const isResolved = status !== 'blocked' && status !== 'complete';
  const left = isResolved && (isSweep(trigger) || trigger.kind === 'comment') ? last : null;
  return [past.has(pointed) ? pointed : null, swept, left].filter((number) => number !== null);
}

/** What is not in the config any more has no specification. */
function specLooks(config: Config, entries: Entries, why: Why): readonly SpecLook[] {
  return entries
    .filter(([module]) => config.modules.has(module.id))
    .flatMap(([module, entry]) => specLook(config, module, entry, why));
}

interface Why {
  readonly trigger: Trigger;
  readonly judged: string | null;
  readonly now: string;
}

/** A head is judged by the text of its specification, and a new attempt is told what of it changed. */
function specLook(
  config: Config,
  { id }: ModuleConfig,
  entry: ModuleEntry,
  why: Why,
): readonly SpecLook[] {
  const { status, session } = entry;
  const handoff = `${config.paths.handoffs}/${id}.md`;
  const isIdle = isTimedOut(entry, why.now, config.sessionTimeoutSeconds);
  if (why.judged === id || mayEnd(status, why.trigger, isIdle)) {
    return [{ module: id, handoff, before: acknowledgedSha(entry) ?? session.baseSha }];
  }
  const last = session.history.at(-1);
  const unfinished = status === 'in-progress' && session.pullRequest === null;
  const mayBegin =
    status === 'pending' && (session.request !== null || mayRequest(config, why.trigger));
  const mayResume = status === 'blocked' && session.escalation !== null;
  if (last === undefined || !(unfinished || mayBegin || mayResume)) return [];
  return [{ module: id, handoff, before: specShaOf(last) }];
}

/** Whether a session may end in this very run and the next attempt begin: by a command, or by its time-out. */
function mayEnd(status: ModuleEntry['status'], trigger: Trigger, isIdle: boolean): boolean {
  if (status === 'in-progress') return isIdle || trigger.kind === 'comment' || isSweep(trigger);
  return status === 'review' && (trigger.kind === 'comment' || isSweep(trigger));
}

/** Whether a module may be requested in this very run. */
function mayRequest({ autoStart }: Config, { kind }: Trigger): boolean {
  return autoStart || ['label', 'comment', 'push', 'dispatch', 'schedule'].includes(kind);
}

function conversationsOf(entry: ModuleEntry): readonly number[] {
  const { status, session } = entry;
  const waits = status === 'pending' && session.request !== null;
  const unfinished = status === 'in-progress' && session.pullRequest === null;
  const mayResume = status === 'blocked' && session.escalation !== null;
  if (!waits && !unfinished && !mayResume) return [];
  const source = session.request?.source ?? null;
  const lastPull = session.history.at(-1)?.pullRequest ?? null;
  return [session.escalation, source, lastPull].filter((number) => number !== null);
}

/** With `retry: continue` a module that may be asked for in this run begins at its last attempt's head. */
function continuedOf(config: Config, entry: ModuleEntry, trigger: Trigger): readonly number[] {
  const { status, session } = entry;
  const mayBegin = status === 'pending' && mayRequest(config, trigger);
  const last = session.history.at(-1)?.pullRequest ?? null;
  return config.retry === 'continue' && mayBegin && last !== null ? [last] : [];
}

/** The trigger's pull request, unless a session has or had it. */
function foreignNumber(trigger: Trigger, entries: readonly ModuleEntry[]): number | null {
  if (trigger.kind !== 'pull-request' || trigger.action === 'closed') return null;
  return isForeign(trigger, entries) ? trigger.number : null;
}

/** Whether no session has a pull request, or had it. */
export function isForeign(
  pull: Pick<PullRequest, 'number' | 'sameRepository' | 'headBranch'>,
  entries: readonly ModuleEntry[],
): boolean {
  return entries.every(
    ({ session }) =>
      session.pullRequest !== pull.number &&
      !(pull.sameRepository && session.branch === pull.headBranch) &&
      session.history.every((past) => past.pullRequest !== pull.number),
  );
}
