import { SessionwrightError } from '../../domain/errors.ts';

/** Whoever is asked wants to end it. */
export function stop(): never {
  throw SessionwrightError.of('stopped', {});
}
