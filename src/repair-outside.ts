import { STATE_BRANCH } from './domain/state-branch.ts';
import { observeRemains } from './github/observe-remains.ts';
import type { Observer } from './github/observer.ts';
import type { RepairOutside } from './repair.ts';
import { sha256 } from './sha256.ts';

/** GitHub as a repair looks at it, from a job and from a terminal alike. */
export function repairOutside(
  look: Omit<Observer, 'stateBranch' | 'pack' | 'subjectOf'>,
  tell: (line: string) => void,
): RepairOutside {
  const observer = {
    ...look,
    stateBranch: STATE_BRANCH,
    // Nothing is rendered, so that no template can stand in the way.
    pack: { hash: sha256, checkTemplates: () => Promise.resolve([]) },
    subjectOf: () => null,
  };
  return { look: (markers) => observeRemains(observer, markers), now: look.now, tell };
}
