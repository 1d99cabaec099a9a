import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { withGitHub, type GitHubOptions } from '../github-options.ts';

interface RepairOptions extends GitHubOptions {
  readonly write: boolean;
}

export const addRepair: AddCommand = (program, act) => {
  const github = 'the repository, where the checkout’s remote origin is not the one';
  withGitHub(program.command('repair'), github)
    .description('tell how the state differs from what GitHub shows; --write rebuilds it')
    .option('--write', 'write the rebuilt state, in one commit', false)
    .addHelpText(
      'after',
      examples([
        ['repair', 'tells what it would write; exit code 1 where that is anything'],
        ['repair --write', 'writes it; the token needs contents: write'],
        ['repair --github octocat/plex --json', 'each difference, for programs'],
      ]),
    )
    .action((options: RepairOptions) => act((context) => repairCommand(context, options)));
};

async function repairCommand(context: Context, options: RepairOptions): Promise<Outcome> {
  const [{ meantRepository }, { repairHere, repairText }] = await Promise.all([
    import('../repository.ts'),
    import('../repair-here.ts'),
  ]);
  const repository = await meantRepository(context, options.github);
  const { differences, lost, written } = await repairHere(context, repository, options);
  const told = { repository, differences, lost, written };
  const isLeft = differences.length > 0 && !written;
  return {
    exitCode: isLeft ? EXIT_CODES.problems : EXIT_CODES.ok,
    text: repairText(told, context),
    data: { command: 'repair', ...told },
  };
}
