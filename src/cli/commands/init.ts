import { examples, type AddCommand } from '../command.ts';
import type { InitOptions } from '../init/init.ts';

export const addInit: AddCommand = (program, act) => {
  program
    .command('init')
    .description('write config, workflow, a spec pack to fill in, and the report formats')
    .option('--yes', 'ask nothing: take the defaults and keep what is there', false)
    .option('--force', 'overwrite what is there', false)
    .option('--modules <names>', 'the first modules, with commas between their names')
    .option('--base <branch>', 'the branch that sessions start from')
    .option('--ghes', 'write the workflow for GitHub Enterprise Server')
    .option('--no-ghes', 'write the workflow for github.com, whatever the host of origin')
    .addHelpText(
      'after',
      examples([
        ['init', 'asks for what it cannot see'],
        ['init --yes --modules "Event Emitter, Plex Auth"', 'asks nothing'],
        ['-C ../other init', 'in another checkout'],
      ]),
    )
    .action((options: InitOptions) =>
      act(async (context) => (await import('../init/init.ts')).init(context, options)),
    );
};
