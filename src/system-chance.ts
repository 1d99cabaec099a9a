import { randomInt, randomUUID } from 'node:crypto';
import type { Chance } from './domain/chance.ts';

export const SYSTEM_CHANCE: Chance = {
  newSessionId: () => randomUUID(),
  between: (least, most) => randomInt(least, most),
};
