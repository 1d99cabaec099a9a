import { reveal } from '../documents/markdown.ts';
import { count } from '../documents/wording.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { repair, type RepairReport } from '../repair.ts';
import { repairOutside } from '../repair-outside.ts';
import type { Context } from './command.ts';
import { accessGitHub, askingGitHub } from './github-access.ts';

interface RepairTold extends Pick<RepairReport, 'differences' | 'lost' | 'written'> {
  readonly repository: string;
}

/** The repair that `mode: repair` makes, under the token of whoever sits here. */
export async function repairHere(
  { io, configPath }: Pick<Context, 'io' | 'configPath'>,
  repository: string,
  { author, write }: { readonly author: string; readonly write: boolean },
): Promise<RepairReport> {
  const access = await accessGitHub(io, repository);
  const outside = repairOutside({ ...access, configPath, now: io.now, author }, () => undefined);
  return askingGitHub(repository, () => repair(outside, write));
}

export function repairText(
  { repository, differences, lost, written }: RepairTold,
  { colours }: Pick<Context, 'colours'>,
): string {
  const { cyan, dim, green, yellow } = colours;
  const parts = [
    dim(`Looked at ${repository} on GitHub.`),
    differences.length === 0
      ? `${green('✓')} The state says what GitHub shows.`
      : [
          count(differences.length, 'difference'),
          ...differences.map((line) => `  ${cyan('→')} ${reveal(line)}`),
        ].join('\n'),
    ...(lost.length === 0
      ? []
      : [['Not recovered', ...lost.map((line) => `  ${yellow('!')} ${reveal(line)}`)].join('\n')]),
  ];
  if (written)
    return [...parts, `${green('✓')} Written to ${STATE_BRANCH}, in one commit.`].join('\n\n');
  if (differences.length === 0) return parts.join('\n\n');
  return [...parts, 'Nothing was written. Run it again with --write to write this.'].join('\n\n');
}
