import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { orAtGitHub, type GitHubOptions } from '../github-options.ts';

export const addValidate: AddCommand = (program, act) => {
  orAtGitHub(program.command('validate'))
    .description('tell everything that is wrong with config, graph, spec pack and own templates')
    .addHelpText(
      'after',
      examples([
        ['validate', 'exit code 1 where there are problems'],
        ['validate --json', 'each as { file, line, message, fix }'],
        ['-C ../other validate', 'in another checkout'],
        ['validate --github octocat/plex', 'as it is on GitHub'],
      ]),
    )
    .action((options: GitHubOptions) => act((context) => validate(context, options)));
};

async function validate(context: Context, options: GitHubOptions): Promise<Outcome> {
  const { configPath } = context;
  const facts = await factsOf(context, options);
  const { problems } = facts;
  const modules = facts.kind === 'usable' ? [...facts.config.modules.keys()] : [];
  const data = { command: 'validate', config: configPath, modules, problems };
  if (problems.length === 0) {
    const { green } = context.colours;
    const text = `${green('✓')} Nothing is wrong with ${configPath} and its spec pack. Modules: ${modules.length}.`;
    return { exitCode: EXIT_CODES.ok, text, data };
  }
  const { problemsText } = await import('../problems-text.ts');
  return { exitCode: EXIT_CODES.problems, text: problemsText(problems, context), data };
}

async function factsOf(context: Context, { github, author }: GitHubOptions) {
  if (github !== undefined) {
    const { validateAtGitHub } = await import('../validation-at-github.ts');
    return validateAtGitHub(context, { github, author });
  }
  const { directory, configPath, io } = context;
  const [{ findCheckout }, { validateCheckout }] = await Promise.all([
    import('../../local/checkout.ts'),
    import('../validation.ts'),
  ]);
  return validateCheckout(await findCheckout(directory, configPath, io.env), configPath);
}
