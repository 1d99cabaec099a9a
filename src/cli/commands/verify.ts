import {
  EXIT_CODES,
  examples,
  type AddCommand,
  type Context,
  type ExitCode,
  type Outcome,
} from '../command.ts';
import type { VerificationHere } from '../verification-here.ts';

export const addVerify: AddCommand = (program, act) => {
  program
    .command('verify')
    .description('run a module’s verification here and judge it as its pull request would be')
    .argument('[module]', 'its id; that of the session’s branch where it is left out')
    .addHelpText(
      'after',
      examples([
        ['verify', 'on a branch session/<module>-<attempt>'],
        ['verify plex-auth', 'on any branch'],
        ['verify --json', 'results and failures for programs'],
      ]),
    )
    .action((module: string | undefined) => act((context) => verify(context, module)));
};

async function verify(context: Context, module: string | undefined): Promise<Outcome> {
  const [{ verifyHere }, { verificationText }] = await Promise.all([
    import('../verification-here.ts'),
    import('../verification-text.ts'),
  ]);
  const found = await verifyHere(context, module);
  return {
    exitCode: exitCodeOf(found),
    text: verificationText(found, context),
    data: { command: 'verify', green: found.failures.length === 0, ...found },
  };
}

/** What kept the commands from running says nothing of the code. */
function exitCodeOf({ failures }: VerificationHere): ExitCode {
  if (failures.length === 0) return EXIT_CODES.ok;
  const isObstacle = failures.every(({ type }) => type === 'infrastructure');
  return isObstacle ? EXIT_CODES.failed : EXIT_CODES.problems;
}
