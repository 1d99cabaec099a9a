import { Option } from 'commander';
import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { GRAPH_FORMATS } from '../graph-formats.ts';
import { GITHUB_OPTION, type LookOptions } from '../look.ts';

interface GraphOptions extends LookOptions {
  readonly format: string;
}

export const addGraph: AddCommand = (program, act) => {
  const formats = [...GRAPH_FORMATS.keys()];
  program
    .command('graph')
    .description('print the modules and what they depend on, coloured by status')
    .addOption(new Option('--format <format>', 'as what').choices(formats).default('mermaid'))
    .option(...GITHUB_OPTION)
    .addHelpText(
      'after',
      examples([
        ['graph', 'as Mermaid'],
        ['graph > modules.mmd', 'into a file that Mermaid’s tools read'],
        ['graph --format html > modules.html', 'as a page of its own'],
        ['graph --github octocat/plex', 'with the statuses as they are on GitHub'],
      ]),
    )
    .action((options: GraphOptions) => act((context) => graph(context, options)));
};

async function graph(context: Context, options: GraphOptions): Promise<Outcome> {
  const { format } = options;
  const [{ look }, { graphViewOf }] = await Promise.all([
    import('../look.ts'),
    import('../../act/graph-view.ts'),
  ]);
  const { world } = await look(context, options, { kind: 'schedule' });
  const { owner, name, url } = world.repository;
  const isKnown = owner !== 'local';
  const view = graphViewOf(world, world.state, {
    title: isKnown ? `${owner}/${name}` : name,
    repositoryUrl: isKnown ? url : null,
  });
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
