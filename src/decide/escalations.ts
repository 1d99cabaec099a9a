import type { Config, ModuleConfig } from '../domain/config.ts';
import { failureTable } from '../domain/failure.ts';
import { entryOf, type ModuleEntry, type Request } from '../domain/implementation-state.ts';
import { hasRole, type Conversation, type World } from '../domain/world.ts';
import type { StaysBlocked } from '../domain/answer.ts';
import { grantAttempts, resolveLast } from './attempts.ts';
import { parseComment } from './commands.ts';
import { move } from './move.ts';
import { addStep, type Situation } from './situation.ts';
import type { Recorded } from './transitions.ts';

/** A closed escalation re-arms its module, if it was closed as completed by somebody who may. */
export function heedEscalations(situation: Situation): Situation {
  return [...situation.world.config.modules.values()].reduce(heedEscalation, situation);
}

function heedEscalation(situation: Situation, module: ModuleConfig): Situation {
  const entry = entryOf(situation.state, module.id);
  // One that this very decision blocks has its escalation opened by that step.
  const before = entryOf(situation.world.state, module.id);
  if (entry.status !== 'blocked' || before.status !== 'blocked') return situation;
  const { escalation } = entry.session;
  if (isOnPull(situation, entry)) return situation;
  const issue = escalation === null ? undefined : situation.world.conversations.get(escalation);
  // It was never opened, or an admin deleted it: without one, nothing could clear the module.
  if (issue === undefined) return escalateAgain(situation, module, entry);
  if (issue.closed === null) return situation;
  const why = staysBlocked(situation, issue);
  if (why === null) return resolve(situation, module, entry, issue);
  return addStep(situation, {
    kind: 'answer',
    conversation: issue.number,
    key: `stays-blocked ${why.kind}`,
    answer: { kind: 'stays-blocked', module: module.id, why },
  });
}

/** Without issues the escalation is a comment on the pull request, which only `/session retry` resolves. */
function isOnPull({ world }: Situation, { session }: ModuleEntry): boolean {
  const { escalation, pullRequest } = session;
  if (escalation === null) return !world.repository.hasIssues && pullRequest === null;
  return escalation === pullRequest;
}

function staysBlocked(situation: Situation, issue: Conversation): StaysBlocked | null {
  if (issue.closed === null) return null;
  if (issue.closed.reason !== 'completed') return { kind: 'not-completed' };
  const by = issue.closed.by ?? 'somebody unknown';
  return hasRole(situation.world, by, 'write') ? null : { kind: 'not-permitted', login: by };
}

function resolve(
  situation: Situation,
  module: ModuleConfig,
  entry: ModuleEntry,
  issue: Conversation,
): Situation {
  const { config, now } = situation.world;
  const by = issue.closed?.by ?? '';
  const transition = move(situation.state, {
    edge: 'resolve',
    module: module.id,
    recorded: rearmRecord(entry, {
      config,
      request: { source: issue.number, by, at: now },
      resolution: resolutionOf(situation.world, issue, by),
      escalation: issue.number,
    }),
    tail: `(#${issue.number} resolved)`,
  });
  return addStep(addStep(situation, { kind: 'record', transition }), {
    kind: 'answer',
    conversation: issue.number,
    key: `resumed ${entry.session.attempt}`,
    answer: {
      kind: 'resumed',
      module: module.id,
      by,
      nextAttempt: entry.session.attempt + 1,
      maxAttempts: grantAttempts(entry, config),
    },
  });
}

interface Resolution {
  readonly config: Config;
  readonly request: Request;
  readonly resolution: string;
  readonly escalation: number;
}

/** Pending and requested; after the last attempt the resolution grants as many again. */
export function rearmRecord(
  entry: ModuleEntry,
  { config, request, resolution, escalation }: Resolution,
): Recorded<'resolve'> {
  const cleared = { escalation, resolution, resolvedBy: request.by };
  return {
    blockedReason: null,
    blockedAt: null,
    session: {
      escalation: null,
      maxAttempts: grantAttempts(entry, config),
      request,
      ...resolveLast(entry.session.history, cleared),
    },
  };
}

/**
 * What was said last by whoever resolved it, or by somebody else who may; others may comment, and are not quoted. On a
 * pull request others who may have talked of anything.
 */
export function resolutionOf(world: World, issue: Conversation, by: string): string {
  const mayTell = (author: string): boolean =>
    author === by || (issue.headSha === undefined && hasRole(world, author, 'write'));
  const said = issue.comments
    .filter(({ ours, author }) => !ours && mayTell(author))
    .map(({ body }) => parseComment(body).rest)
    .findLast((text) => text !== '');
  const pull = issue.closed?.pull;
  if (pull === undefined)
    return said ?? `#${issue.number} was closed as completed without a comment.`;
  const closing = `Closed by pull request #${pull.number}: ${pull.title}`;
  return said === undefined ? closing : `${said}\n\n${closing}`;
}

/** A blocked module without its escalation gets one, with what the state tells. */
function escalateAgain(situation: Situation, module: ModuleConfig, entry: ModuleEntry): Situation {
  const last = entry.session.history.at(-1);
  const failureType = last?.failureType ?? null;
  const { world } = situation;
  const row = failureTable(world.config.failures).find((one) => one.id === failureType);
  // A session that had ended before, by whatever came, is not what was stopped.
  const isStopped = last?.issue === entry.blockedReason;
  const pull = isStopped ? (world.pulls.get(module.id) ?? null) : null;
  // A run that reads back a write of its own without an answer still has its evidence in hand.
  const isOfHead =
    world.judgement?.module === module.id && world.judgement.sha === entry.session.headSha;
  return addStep(situation, {
    kind: 'block',
    module,
    claim: null,
    reason: { failureType, reason: entry.blockedReason ?? 'No reason was recorded.', by: 'state' },
    target: row?.target ?? 'planning-agent',
    pull,
    judgement: isOfHead ? world.judgement : null,
  });
}
