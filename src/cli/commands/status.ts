import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { orAtGitHub, type GitHubOptions } from '../github-options.ts';

export const addStatus: AddCommand = (program, act) => {
  orAtGitHub(program.command('status'))
    .description('show the board: what runs, waits, is blocked and is done, and why')
    .addHelpText(
      'after',
      examples([
        ['status', 'by the state branch as it was last fetched'],
        ['status --github octocat/plex', 'as it is on GitHub'],
        ['status --json', 'each module, with what it waits for'],
      ]),
    )
    .action((options: GitHubOptions) => act((context) => status(context, options)));
};

async function status(context: Context, options: GitHubOptions): Promise<Outcome> {
  const [{ look, describeSource }, { statusOf }, { statusText }] = await Promise.all([
    import('../look.ts'),
    import('../status.ts'),
    import('../status-text.ts'),
  ]);
  const seen = await look(context, options, { kind: 'schedule' });
  const told = statusOf(seen);
  return {
    exitCode: EXIT_CODES.ok,
    text: statusText(told, describeSource(seen.source), context),
    data: { command: 'status', source: seen.source, ...told, problems: seen.problems },
  };
}
