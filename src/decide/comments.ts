import { hasRole } from '../domain/world.ts';
import type { Answer } from './answer.ts';
import { COMMANDS, parseCommand } from './commands.ts';
import { haltByCommand } from './halts.ts';
import { refuseRequest, requestModule } from './requests.ts';
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
  const refusal = refuseRequest(situation, command.module);
  if (refusal !== null) return answer(situation, refusal);
  const request = { source: trigger.number, by: login, at: world.now };
  return requestModule(situation, command.module, request);
}

function answer(situation: Situation, told: Answer): Situation {
  const { trigger } = situation.world;
  if (trigger.kind !== 'comment') return situation;
  const key = `comment ${trigger.commentId}`;
  return addStep(situation, { kind: 'answer', conversation: trigger.number, key, answer: told });
}
