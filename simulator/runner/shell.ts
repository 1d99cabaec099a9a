import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stepScope } from './contexts.ts';
import { evaluateText } from './expressions.ts';
import type { FileCommands } from './file-commands.ts';
import type { StepContext } from './step-context.ts';
import { log, outputReader, runCommand, StepFailure } from './step-context.ts';
import { stepEnvironment } from './step-environment.ts';

interface ShellCommand {
  readonly template: readonly string[];
  readonly extension: string;
}

const UNSPECIFIED: ShellCommand = { template: ['bash', '-e', '{0}'], extension: '.sh' };

const BUILT_IN: Readonly<Record<string, ShellCommand>> = {
  bash: {
    template: ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '{0}'],
    extension: '.sh',
  },
  sh: { template: ['sh', '-e', '{0}'], extension: '.sh' },
  python: { template: ['python', '{0}'], extension: '.py' },
  pwsh: { template: ['pwsh', '-command', ". '{0}'"], extension: '.ps1' },
};

/**
 * The command that a `shell:` stands for; any text with `{0}` for the script is one too.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
function shellCommand(shell: string | null): ShellCommand {
  if (shell === null || shell === '') return UNSPECIFIED;
  const builtIn = Object.hasOwn(BUILT_IN, shell) ? BUILT_IN[shell] : undefined;
  if (builtIn) return builtIn;
  if (!shell.includes('{0}')) {
    throw new StepFailure(
      `Invalid shell option. Shell must be a valid built-in (bash, sh, python, pwsh) or a format string containing '{0}'`,
    );
  }
  return { template: shell.trim().split(/\s+/u), extension: '' };
}

/** Runs a `run:` step: its script in a file of its own, given to the shell. */
export async function runScript(step: StepContext, files: FileCommands): Promise<void> {
  const { job, spec } = step;
  const { defaults } = job.run.workflow;
  const scope = stepScope(job, step.env, 'steps');
  const script = evaluateText(spec.run, scope);
  const { template, extension } = shellCommand(
    evaluateText(spec.shell ?? job.spec.defaults.shell ?? defaults.shell, scope),
  );
  const folder = evaluateText(
    spec.workingDirectory ?? job.spec.defaults.workingDirectory ?? defaults.workingDirectory,
    scope,
  );
  const file = path.join(job.directories.temp, `${randomUUID()}${extension}`);
  await writeFile(file, `${script}\n`);
  const [command = 'bash', ...args] = template.map((part) => part.replaceAll('{0}', file));
  log(job, `##[group]Run ${script.split('\n')[0] ?? ''}`);
  for (const line of script.split('\n')) log(job, line);
  log(job, `shell: ${template.join(' ')}`);
  log(job, '##[endgroup]');
  const env = stepEnvironment(step, files, { name: scriptName(step) });
  const cwd = path.resolve(job.directories.workspace, folder);
  await runCommand(step, { command, args, cwd, env }, outputReader(step));
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context */
function scriptName(step: StepContext): string {
  if (step.spec.id !== null) return step.spec.id;
  const scripts = step.job.spec.steps.filter(({ run, id }) => run !== null && id === null);
  const index = scripts.indexOf(step.spec);
  return index > 0 ? `__run_${index + 1}` : '__run';
}
