import { fine, judged, unknown, wrong, type Finding } from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { RepositoryFacts } from '../../domain/repository-facts.ts';

/** Runs stop before any write where it is not. */
export function judgeStateHistory({ stateHistory, state }: RepositoryFacts): Finding {
  const subject = {
    id: 'state-history',
    title: 'The state is whole, and nobody rewrote it',
    link: manualPage('troubleshooting.md#state-rewritten'),
  };
  return judged(subject, stateHistory, (seen) => {
    switch (seen.kind) {
      case 'broken':
        return wrong(subject, seen.message, seen.fix);
      case 'held':
        return fine(
          subject,
          `${state.name} holds what the dashboard #${String(seen.dashboard)} was made from.`,
        );
      case 'unnamed':
        return unknown(
          subject,
          `The dashboard #${String(seen.dashboard)} names no commit of ${state.name}.`,
          'The next run that changes the dashboard writes it down.',
        );
      case 'no-dashboard':
        return unknown(
          subject,
          `There is no dashboard to hold ${state.name} against.`,
          'The first run that starts a module makes one, where issues are on; an App’s is found by --author.',
        );
    }
  });
}
