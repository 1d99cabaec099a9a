import { deliverablesOf, type Config } from '../domain/config.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { sessionPaths } from '../domain/session.ts';
import { triggerNumber, type Trigger } from '../domain/trigger.ts';
import type { VerificationResult } from '../domain/verification.ts';
import type { Ground } from './ground.ts';
import type { SceneLook, SessionLook } from './queries.ts';

/** What is worth looking at, given the state and what woke us. */
export function lookFor(
  config: Config,
  ground: Ground,
  trigger: Trigger,
  verification: VerificationResult | null,
): SceneLook {
  const modules = [...config.modules.values()];
  const entries = modules.map((module) => [module, entryOf(ground.state, module.id)] as const);
  const sessions = entries
    .filter(([, entry]) => hasLiveSession(entry))
    .map(([module, entry]): SessionLook => {
      const { session } = entry;
      const paths = sessionPaths(module.id, session.attempt, config.paths.documents);
      const judged = verification?.module === module.id ? verification.sha : null;
      return {
        module: module.id,
        pullRequest: session.pullRequest,
        branch: paths.branch,
        rev: judged ?? paths.branch,
        claim: paths.claim,
        escalationReport: paths.escalationReport,
        deliverables: judged === null ? [] : deliverablesOf(config, module).map((one) => one.path),
      };
    });
  const conversations = new Set(entries.flatMap(([, entry]) => conversationsOf(entry)));
  const pointed = triggerNumber(trigger);
  if (pointed !== null && trigger.kind !== 'pull-request') conversations.add(pointed);
  if (ground.state.dashboard !== null) conversations.add(ground.state.dashboard);
  return {
    baseSha: ground.baseSha,
    prompts: config.paths.prompts,
    types: config.paths.types,
    handoffs: config.paths.handoffs,
    sessions,
    conversations: [...conversations],
    pull: foreignNumber(
      trigger,
      entries.map(([, entry]) => entry),
    ),
  };
}

/** A session that runs, is in review, or was stopped before its escalation was open. */
function hasLiveSession(entry: ModuleEntry): boolean {
  const { status, session } = entry;
  const unfinished = status === 'blocked' && session.escalation === null && session.attempt > 0;
  return status === 'in-progress' || status === 'review' || unfinished;
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

/** The trigger's pull request, unless a session has or had it. */
function foreignNumber(trigger: Trigger, entries: readonly ModuleEntry[]): number | null {
  if (trigger.kind !== 'pull-request' || trigger.action === 'closed') return null;
  const known = entries.some(
    ({ session }) =>
      session.pullRequest === trigger.number ||
      (trigger.sameRepository && session.branch === trigger.headBranch) ||
      session.history.some((past) => past.pullRequest === trigger.number),
  );
  return known ? null : trigger.number;
}
