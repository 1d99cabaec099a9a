import { Option } from 'commander';
import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { GRAPH_FORMATS } from '../graph-formats.ts';
import { orAtGitHub, type GitHubOptions } from '../github-options.ts';

interface GraphOptions extends GitHubOptions {
  readonly format: string;
}

export const addGraph: AddCommand = (program, act) => {
  const formats = [...GRAPH_FORMATS.keys()];
  orAtGitHub(program.command('graph'))
    .description('print the modules and what they depend on, coloured by status')
    .addOption(new Option('--format <format>', 'as what').choices(formats).default('mermaid'))
    .addOption(new Option('--html', 'the same as --format html').implies({ format: 'html' }))
    .addHelpText(
      'after',
      examples([
        ['graph', 'as Mermaid'],
        ['graph > modules.mmd', 'into a file that Mermaid’s tools read'],
        ['graph --html > modules.html', 'as a page of its own'],
        ['graph --github octocat/plex', 'with the statuses as they are on GitHub'],
      ]),
    )
    .action((options: GraphOptions) => act((context) => graph(context, options)));
};

async function graph(context: Context, options: GraphOptions): Promise<Outcome> {
  const { format } = options;
  const [{ look }, { viewOf }] = await Promise.all([import('../look.ts'), import('../view.ts')]);
  const view = viewOf(await look(context, options, { kind: 'schedule' }));
  const render = await GRAPH_FORMATS.get(format)?.();
  const text = render?.(view) ?? '';
  const told = view.modules.map(({ id, name, status, dependsOn }) => ({
    id,
    name,
    status,
    dependsOn,
  }));
  return {
    exitCode: EXIT_CODES.ok,
    text,
    data: { command: 'graph', format, modules: told, graph: text },
  };
}
