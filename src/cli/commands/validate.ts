import type { TemplateFiles } from '../../domain/template-file.ts';
import { TEMPLATES_FOLDER } from '../../domain/templates-folder.ts';
import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';

export const addValidate: AddCommand = (program, act) => {
  program
    .command('validate')
    .description('tell everything that is wrong with config, graph, spec pack and own templates')
    .addHelpText(
      'after',
      examples([
        ['validate', 'exit code 1 where there are problems'],
        ['validate --json', 'each as { file, line, message, fix }'],
        ['-C ../other validate', 'in another checkout'],
      ]),
    )
    .action(() => act(validate));
};

async function validate(context: Context): Promise<Outcome> {
  const { directory, configPath, io } = context;
  const [{ findCheckout }, { workingTree }, { readPack }, { validatePack }] = await Promise.all([
    import('../../local/checkout.ts'),
    import('../../local/files.ts'),
    import('../../local/pack.ts'),
    import('../../domain/validate-pack.ts'),
  ]);
  const { root } = await findCheckout(directory, configPath, io.env);
  const { source, templates } = await readPack(workingTree(root), configPath);
  const validation = validatePack(source);
  const problems = [...validation.problems, ...(await templateProblems(templates))];
  const modules = validation.usable ? [...validation.config.modules.keys()] : [];
  const data = { command: 'validate', config: configPath, modules, problems };
  if (problems.length === 0) {
    const { green } = context.colours;
    const text = `${green('✓')} Nothing is wrong with ${configPath} and its spec pack. Modules: ${modules.length}.`;
    return { exitCode: EXIT_CODES.ok, text, data };
  }
  const { problemsText } = await import('../problems-text.ts');
  return { exitCode: EXIT_CODES.problems, text: problemsText(problems, context), data };
}

async function templateProblems(files: TemplateFiles) {
  if (files.size === 0) return [];
  const { compileUserTemplates } = await import('../../documents/user-templates/compile.ts');
  return compileUserTemplates(files, TEMPLATES_FOLDER).problems;
}
