import type { CheckOutput } from '../domain/writes.ts';
import { who } from './wording.ts';

/** The check on a head that is to be verified once more; `by` is null where its module is in the config again. */
export function renderAskedCheck(by: string | null): CheckOutput {
  const why =
    by === null
      ? 'The module is in the config again, so its session goes on.'
      : `${who(by)} asked for this head to be verified again.`;
  return {
    title: 'Waiting to be verified again',
    summary: `${why} Next: the run that does it brings this check up to date.`,
    text: '',
    annotations: [],
  };
}
