import type { Created, NewIssue } from './ports.ts';
import type { Stage } from './stage.ts';

/**
 * The one issue of a marker. GitHub has no key by which it would refuse a second one, so a run that did not itself
 * claim it in the state goes on looking for as long as another may be about to make it, and only then makes it.
 */
export async function ensureIssue(
  { hub, waitForOthers }: Pick<Stage, 'hub' | 'waitForOthers'>,
  issue: NewIssue,
  claim: 'ours' | 'of-another',
): Promise<Created> {
  if (claim === 'ours') return hub.ensureIssue(issue);
  for (let round = 1; await waitForOthers(round); round += 1) {
    const found = await hub.findIssue(issue.isIt);
    if (found !== null) return found;
  }
  return hub.ensureIssue(issue);
}
