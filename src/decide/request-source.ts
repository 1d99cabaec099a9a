import type { Answer } from '../domain/answer.ts';
import type { ModuleEntry } from '../domain/implementation-state.ts';
import { addStep, type Situation } from './situation.ts';

/** Where a request came from it is told what becomes of it, before the state forgets where that was. */
export function tellSource(
  situation: Situation,
  module: string,
  { session }: ModuleEntry,
  answer: Answer,
): Situation {
  const source = session.request?.source ?? null;
  if (source === null) return situation;
  const key = `request ${module}`;
  return addStep(situation, { kind: 'answer', conversation: source, key, answer, first: true });
}
