import type { ModuleConfig } from '../domain/config.ts';
import type { GateVerdict } from '../domain/gate.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { compareSpec } from '../domain/spec-pack.ts';
import { sessionBranch, type Session } from '../domain/session.ts';
import type { World } from '../domain/world.ts';
import { maxAttemptsOf } from './attempts.ts';
import { continuationOf, continuedFrom } from './continuation.ts';
import { evaluateGates } from './gates.ts';
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
  return addStep(
    situation,
    startStep(situation, module, session, verdicts, claim(situation, module, session)),
  );
}

/** Goes on with a session that an earlier run claimed without finishing what follows. */
export function resumeSession(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  const { attempt, maxAttempts, baseSha, startedAt } = entry.session;
  if (entry.sessionId === null || baseSha === null || startedAt === null) return situation;
  const session: Session = {
    module: module.id,
    attempt,
    maxAttempts,
    sessionId: entry.sessionId,
    startedAt,
    baseSha,
  };
  const verdicts = evaluateGates(situation.world, situation.state, module);
  return addStep(situation, startStep(situation, module, session, verdicts, null));
}

function startStep(
  situation: Situation,
  module: ModuleConfig,
  session: Session,
  verdicts: readonly GateVerdict[],
  claimed: Transition | null,
): StartStep {
  const { world, state } = situation;
  const entry = entryOf(state, module.id);
  const last = entry.session.history.at(-1);
  const before = last?.spec ?? null;
  const after = world.fingerprints.get(module.id) ?? null;
  const oldPull = last?.pullRequest ?? null;
  return {
    kind: 'start',
    module,
    session,
    verdicts,
    // One that is resumed goes on from where it was claimed to begin.
    continues: claimed === null ? continuationOf(entry) : continuedFrom(world, module, entry),
    specChanges:
      before === null || after === null ? [] : compareSpec(before, after, world.specTexts),
    claim: claimed,
    supersedes: oldPull !== null && isOpen(world, oldPull) ? oldPull : null,
    source: entry.session.request?.source ?? null,
  };
}

/** An attempt that ended in this very run has its pull request still among the running sessions'. */
function isOpen(world: World, pull: number): boolean {
  const running = [...world.pulls.values()].find((one) => one.number === pull);
  return (running ?? world.conversations.get(pull))?.open === true;
}

function claim(situation: Situation, config: ModuleConfig, session: Session): Transition {
  const { world, state } = situation;
  const { module, attempt } = session;
  const from = continuedFrom(world, config, entryOf(state, module));
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
        ...(from === null ? {} : { continues: { attempt, from } }),
      },
    },
    tail: `(attempt ${attempt})`,
  });
}
