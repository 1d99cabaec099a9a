import { formatProblem, type Problem } from '../problem.ts';
import { message } from './message.ts';

interface Found {
  readonly problems: readonly Problem[];
}

/** Files of the user's that cannot be used; each problem in them is of a kind that has an entry of its own. */
export const PROBLEM_MESSAGES = {
  'config-missing': message({
    says: says,
    fix: onTheBase,
  }),
  'config-invalid': message({
    says: says,
    fix: onTheBase,
  }),
  'spec-pack-invalid': message({
    says: says,
    fix: onTheBase,
  }),
  'templates-invalid': message({
    says: says,
    fix: onTheBase,
  }),
  'state-unreadable': message({
    says: says,
    fix: () => 'Mend it on the state branch as it says there; the next run goes on by itself.',
  }),
};

function says({ problems }: Found): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${count}; nothing was changed.\n${problems.map(formatProblem).join('\n')}`;
}

function onTheBase(): string {
  return 'Mend each of them on the base branch; the next run goes on by itself.';
}
