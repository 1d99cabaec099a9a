import type { ModuleConfig } from '../domain/config.ts';
import { unmetGates, type GateVerdict } from '../domain/gate.ts';
import { entryOf, type ModuleEntry, type SessionRecord } from '../domain/implementation-state.ts';
import { compareSpec } from '../domain/spec-pack.ts';
import { sessionBranch, type Session } from '../domain/session.ts';
import type { World } from '../domain/world.ts';
import { maxAttemptsOf } from './attempts.ts';
import { continuationOf, continuedFrom } from './continuation.ts';
import { move } from './move.ts';
import { addStep, type Situation, type StartStep, type Transition } from './situation.ts';

/** Claims the next attempt of a module whose gates all passed. */
export function beginSession(
  situation: Situation,
  module: ModuleConfig,
  verdicts: readonly GateVerdict[],
): Situation {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const session: Session = {
    module: module.id,
    attempt: entry.session.attempt + 1,
    maxAttempts: maxAttemptsOf(entry, world.config),
    sessionId: situation.newSessionId(),
    startedAt: world.now,
    baseSha: world.base.sha,
  };
  const continues = continuedFrom(world, module, entry);
  const transition = claim(situation, session, continues);
  return addStart(situation, module, { session, verdicts, continues, claim: transition });
}

/**
 * Goes on with a session that an earlier run claimed without finishing what follows. Until its document is there it
 * begins at the base as it is now, so that no document tells of two commits; null where a gate does not hold there.
 */
export function resumeSession(
  situation: Situation,
  module: ModuleConfig,
  verdicts: readonly GateVerdict[],
): Situation | null {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const session = claimedSession(module, entry);
  if (session === null) return situation;
  const start = { session, continues: continuationOf(entry), claim: null };
  const isHere = session.baseSha === world.base.sha;
  const holds = unmetGates(verdicts).length === 0;
  if (holds && isHere) return addStart(situation, module, { ...start, verdicts });
  if (world.begun.has(module.id)) return addStart(situation, module, { ...start, verdicts: null });
  return holds ? rebase(situation, module, { ...start, verdicts }) : null;
}

type Start = Pick<StartStep, 'session' | 'verdicts' | 'continues' | 'claim'>;

function addStart(situation: Situation, module: ModuleConfig, start: Start): Situation {
  const { world, state } = situation;
  const { history, request } = entryOf(state, module.id).session;
  const last = history.at(-1);
  const before = last?.spec ?? null;
  const after = world.fingerprints.get(module.id) ?? null;
  const oldPull = last?.pullRequest ?? null;
  return addStep(situation, {
    kind: 'start',
    module,
    ...start,
    specChanges:
      before === null || after === null ? [] : compareSpec(before, after, world.specTexts),
    supersedes: oldPull !== null && isOpen(world, oldPull) ? oldPull : null,
    source: request?.source ?? null,
  });
}

/** The same session on the base's tip, its time counted from now. */
function rebase(situation: Situation, module: ModuleConfig, start: Start): Situation {
  const { world, state } = situation;
  const session = { ...start.session, startedAt: world.now, baseSha: world.base.sha };
  const { startedAt, baseSha } = session;
  const spec = world.fingerprints.get(module.id) ?? null;
  const transition = move(state, {
    edge: 'rebase',
    module: module.id,
    recorded: { session: { startedAt, baseSha, spec } },
    tail: '',
  });
  return addStart(situation, module, { ...start, session, claim: transition });
}

function claimedSession({ id }: ModuleConfig, { sessionId, session }: ModuleEntry): Session | null {
  const { attempt, maxAttempts, baseSha, startedAt } = session;
  if (sessionId === null || baseSha === null || startedAt === null) return null;
  return { module: id, attempt, maxAttempts, sessionId, startedAt, baseSha };
}

/** An attempt that ended in this very run has its pull request still among the running sessions'. */
function isOpen(world: World, pull: number): boolean {
  const running = [...world.pulls.values()].find((one) => one.number === pull);
  return (running ?? world.conversations.get(pull))?.open === true;
}

function claim({ world, state }: Situation, session: Session, from: string | null): Transition {
  const { module, attempt } = session;
  return move(state, {
    edge: 'start',
    module,
    recorded: {
      sessionId: session.sessionId,
      blockedReason: null,
      blockedAt: null,
      completedAt: null,
      filesModified: [],
      session: {
        attempt,
        maxAttempts: session.maxAttempts,
        branch: sessionBranch(module, attempt),
        pullRequest: null,
        baseSha: session.baseSha,
        headSha: null,
        startedAt: session.startedAt,
        mergeSha: null,
        failedHeads: [],
        spec: world.fingerprints.get(module) ?? null,
        ...beginning(entryOf(state, module).session, attempt, from),
      },
    },
    tail: `(attempt ${attempt})`,
  });
}

/** Where the attempt begins; what one of its number recorded that was taken back does not hold for it. */
function beginning(
  { continues }: SessionRecord,
  attempt: number,
  from: string | null,
): Pick<SessionRecord, 'continues'> {
  if (from !== null) return { continues: { attempt, from } };
  return continues == null ? {} : { continues: null };
}
