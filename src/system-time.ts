import { setTimeout } from 'node:timers/promises';
import type { Time } from './domain/time.ts';

export const SYSTEM_TIME: Time = {
  now: () => Date.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};
