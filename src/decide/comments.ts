import { entryOf } from '../domain/implementation-state.ts';
import { hasRole } from '../domain/world.ts';
import type { Answer } from './answer.ts';
import { COMMANDS, parseCommand } from './commands.ts';
import { haltByCommand } from './halts.ts';
import { isTakenIn, refuseRequest, requestModule } from './requests.ts';
import { addStep, type Situation } from './situation.ts';

/** Does what a comment's command asks, and says so where it was asked. */
export function obeyComment(situation: Situation): Situation {
  const { world } = situation;
  const { trigger } = world;
  if (trigger.kind !== 'comment') return situation;
  const command = parseCommand(trigger.body);
  if (command === null) return situation;
  if (command.kind === 'halt') return haltByCommand(situation, command);
  if (command.kind === 'help') return answer(situation, { kind: 'help', known: COMMANDS });
  if (command.kind === 'unknown') {
    const known = COMMANDS;
    return answer(situation, { kind: 'unknown-command', asked: command.asked, known });
  }
  const { login } = trigger.sender;
  if (!hasRole(world, login, 'write')) {
    const what = 'start a session by command';
    return answer(situation, { kind: 'not-permitted', login, needs: 'write', what });
  }
  const request = { source: trigger.number, by: login, at: world.now };
  if (isTakenIn(situation, command.module, request)) return situation;
  if (wasServed(situation, command.module)) return situation;
  const refusal = refuseRequest(situation, command.module);
  return refusal === null
    ? requestModule(situation, command.module, request)
    : answer(situation, refusal);
}

/** Whether a session was told to have started below the comment that asks: its event came a second time. */
function wasServed(situation: Situation, module: string): boolean {
  const { trigger, source } = situation.world;
  if (trigger.kind !== 'comment' || source === null) return false;
  const asked = source.comments.findLastIndex(
    ({ author, body }) => author === trigger.sender.login && body === trigger.body,
  );
  if (asked === -1) return false;
  const { sessionId, session } = entryOf(situation.state, module);
  const ids = [sessionId, ...session.history.map((past) => past.sessionId)];
  const told = source.comments.slice(asked + 1).filter((comment) => comment.ours);
  return ids.some((id) => id !== null && id !== '' && told.some(({ body }) => body.includes(id)));
}

function answer(situation: Situation, told: Answer): Situation {
  const { trigger } = situation.world;
  if (trigger.kind !== 'comment') return situation;
  const key = `comment ${trigger.commentId}`;
  return addStep(situation, { kind: 'answer', conversation: trigger.number, key, answer: told });
}
