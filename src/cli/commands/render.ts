import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { orAtGitHub, type GitHubOptions } from '../github-options.ts';

export const addRender: AddCommand = (program, act) => {
  orAtGitHub(program.command('render'))
    .description('print the orchestration document of a module as it would be now')
    .argument('<module>', 'its id')
    .addHelpText(
      'after',
      examples([
        ['render plex-auth', 'by the checkout'],
        ['render plex-auth > look.md', 'into a file'],
        ['render plex-auth --github octocat/plex', 'by what is on GitHub'],
      ]),
    )
    .action((module: string, options: GitHubOptions) =>
      act((context) => render(context, module, options)),
    );
};

async function render(context: Context, id: string, options: GitHubOptions): Promise<Outcome> {
  const [{ look }, { nextDocument }, { reveal }] = await Promise.all([
    import('../look.ts'),
    import('../next-document.ts'),
    import('../../documents/markdown.ts'),
  ]);
  const seen = await look(context, options, { kind: 'schedule' });
  const { document, session, verdicts } = nextDocument(seen, id, context.io.newId);
  const unmet = verdicts.filter(({ verdict }) => verdict !== 'passed');
  if (unmet.length > 0 && !context.json) {
    const gates = unmet.map(({ title, reason }) => `  ${reveal(title)} (${reveal(reason)})`);
    context.tell(['Not all gates pass yet:', ...gates].join('\n'));
  }
  const { attempt, maxAttempts } = session;
  return {
    exitCode: EXIT_CODES.ok,
    text: document,
    data: { command: 'render', module: id, attempt, maxAttempts, gates: verdicts, document },
  };
}
