import path from 'node:path';
import { Command, CommanderError, Help } from 'commander';
import picocolors from 'picocolors';
import { VERSION } from '../domain/version.ts';
import { COMMANDS } from './commands.ts';
import {
  EXIT_CODES,
  UsageError,
  type Act,
  type Context,
  type ExitCode,
  type Outcome,
} from './command.ts';
import { describeError } from './describe-error.ts';
import type { Io, Output } from './io.ts';

interface GlobalOptions {
  readonly directory: string;
  readonly config: string;
  readonly json: boolean;
  readonly color: boolean;
}

/** Runs one command; whatever happens is told, and becomes an exit code. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.ok;
  const program = createProgram(io);
  for (const add of COMMANDS) {
    add(program, async (work) => {
      const context = contextOf(program.opts<GlobalOptions>(), io);
      exitCode = await told(work, context);
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  }
  return exitCode;
}

/** Results go to the standard output; what says why there is none, only for people, to the other. */
async function told(work: Work, context: Context): Promise<ExitCode> {
  const { stdout, stderr } = context.io;
  try {
    assertConfigPath(context);
    const outcome = await work(context);
    const isRefusal = outcome.exitCode === EXIT_CODES.failed;
    print(outcome, context, isRefusal ? stderr : stdout);
    return outcome.exitCode;
  } catch (error) {
    const outcome = describeError(error, context);
    print(outcome, context, stderr);
    return outcome.exitCode;
  }
}

type Work = Parameters<Act>[0];

function assertConfigPath({ configPath }: Context): void {
  if (!path.isAbsolute(configPath)) return;
  throw new UsageError(
    `"${configPath}" does not begin at the root of the checkout.`,
    'Write --config .github/sessionwright.yml, for one, and -C for the checkout.',
  );
}

/** The program with its global options and no command yet. */
export function createProgram(io: Pick<Io, 'stdout' | 'stderr'>): Command {
  return new Command('sessionwright')
    .description('Spec-driven, module-by-module implementation as gated, documented sessions.')
    .version(VERSION)
    .option('-C, --directory <folder>', 'look at this folder in place of the current one', '.')
    .option(
      '--config <file>',
      'the config, from the root of the checkout',
      '.github/sessionwright.yml',
    )
    .option('--json', 'print one JSON object for programs', false)
    .option('--no-color', 'print without colours')
    .configureHelp({
      showGlobalOptions: true,
      optionDescription: (option) =>
        new Help().optionDescription(option).replace(/ \(default: false\)$/u, ''),
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .showHelpAfterError('Run it with --help for what it understands.')
    .addHelpText(
      'after',
      '\nExit codes: 0 fine, 1 problems found, 2 called wrongly, 3 could not be looked at or run.',
    )
    .exitOverride();
}

function contextOf({ directory, config, json, color }: GlobalOptions, io: Io): Context {
  return {
    io,
    directory: path.resolve(io.cwd, directory),
    configPath: config,
    json,
    colours: picocolors.createColors(!json && color && wantsColours(io)),
    tell: (line) => {
      io.stderr.write(`${line}\n`);
    },
  };
}

/** Only on a terminal, unless told otherwise: https://no-color.org and https://force-color.org. */
function wantsColours({ env, stdout }: Io): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return stdout.isTerminal && env['TERM'] !== 'dumb';
}

function print({ text, data }: Outcome, { io, json }: Context, output: Output): void {
  if (json) io.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  else output.write(text.endsWith('\n') ? text : `${text}\n`);
}
