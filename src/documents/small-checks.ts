import type { CheckOutput } from '../domain/writes.ts';
import { who } from './wording.ts';

/** The check on a head that somebody wants verified once more. */
export function renderAskedCheck(by: string): CheckOutput {
  return {
    title: 'Waiting to be verified again',
    summary: `${who(by)} asked for this head to be verified again. Next: the run that does it brings this check up to date.`,
    text: '',
    annotations: [],
  };
}
