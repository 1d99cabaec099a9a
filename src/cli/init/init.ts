import * as v from 'valibot';
import { DEFAULT_PATHS } from '../../domain/config-defaults.ts';
import { branch } from '../../domain/config-values.ts';
import { parseConfig } from '../../domain/config.ts';
import type { Config } from '../../domain/config.ts';
import { validatePack } from '../../domain/validate-pack.ts';
import { findCheckout, type Checkout } from '../../local/checkout.ts';
import { workingTree, type Files } from '../../local/files.ts';
import { readPack, readText } from '../../local/pack.ts';
import { EXIT_CODES, UsageError, type Context, type Outcome } from '../command.ts';
import type { Asker } from '../io.ts';
import { problemsText } from '../problems-text.ts';
import { chooseModules } from './choose-modules.ts';
import { guessKind, type GitHubKind } from './github-kind.ts';
import type { NewModule } from './new-modules.ts';
import { nextSteps } from './next-steps.ts';
import { planFiles } from './plan-files.ts';
import { readProject, type Project } from './project.ts';
import { renderSharedTypes } from './spec-pack-files.ts';
import { stop } from './stop.ts';
import { writeFiles, type Written } from './write-files.ts';

export interface InitOptions {
  readonly yes: boolean;
  readonly force: boolean;
  readonly modules?: string;
  readonly base?: string;
  /** As the host of `origin` tells, unless said. */
  readonly ghes?: boolean;
}

/** Writes what a first session needs, asks where it must, and says what is left to be done by hand. */
export async function init(context: Context, options: InitOptions): Promise<Outcome> {
  const { io, directory, configPath } = context;
  const checkout = await findCheckout(directory, configPath, io.env);
  const here = workingTree(checkout.root);
  const asker = await askerOf(context, options);
  const config = await goodConfig(here, configPath);
  const modules = modulesOf(config, options) ?? (await chooseModules(asker, here, options));
  const { defaultBranch } = checkout.repository;
  const base = baseOf(config, defaultBranch, options);
  const on = await kindOf(asker, checkout.repository.url, options);
  const project = await projectOf(here);
  const types = await readText(here, DEFAULT_PATHS.types);
  const ownTypes = types === null || types === renderSharedTypes();
  const files = planFiles({
    configPath,
    base,
    defaultBranch,
    on,
    project,
    modules,
    ownTypes,
    config,
  });
  const done = await writeFiles(checkout.root, files, {
    here,
    overwrite: async (file) => options.force || (await mayOverwrite(asker, file)),
  });
  return outcomeOf(context, { checkout, here, base, on, modules, done });
}

/** Null where nobody is to be asked. */
async function askerOf({ io, json }: Context, { yes }: InitOptions): Promise<Asker | null> {
  if (yes) return null;
  if (io.interactive && !json) return io.asker();
  throw new UsageError(
    'There is nobody here who could answer questions.',
    'Add --yes, and --modules "Event Emitter, Plex Authentication" for other modules than the default.',
  );
}

/** The one that is named, for a config that is written; else that of the config that is there. */
function baseOf(
  config: Config | null,
  defaultBranch: string,
  { base: named, force }: InitOptions,
): string {
  const known = config?.base ?? defaultBranch;
  if (named === undefined) return known;
  if (!v.safeParse(branch, named).success) {
    throw new UsageError(`"${named}" is no name of a branch.`, 'Write --base main, for one.');
  }
  if (config === null || force || named === known) return named;
  throw new UsageError(
    `There is a config already, by which sessions start from ${known}.`,
    `Write \`base: ${named}\` into it, and run init again without --base; --force writes all files anew.`,
  );
}

/** A config that is there stays what it is, and says what is missing beside it. */
async function goodConfig(here: Files, file: string): Promise<Config | null> {
  const text = await readText(here, file);
  const config = text === null ? null : parseConfig(text, file);
  return config?.ok === true ? config.value : null;
}

/** Those of a config that is there and stays; null where others are to be chosen. */
function modulesOf(
  config: Config | null,
  { modules: named, force }: InitOptions,
): readonly NewModule[] | null {
  if (config === null || (named !== undefined && force)) return null;
  if (named === undefined) {
    return [...config.modules.values()].map(({ id, name, prompt }) => ({ id, name, prompt }));
  }
  throw new UsageError(
    'There is a config already, which names the modules.',
    'Add others under its `modules`, and run init again for what they need; --force writes all files anew.',
  );
}

/** Whoever is on github.com is asked nothing. */
async function kindOf(
  asker: Asker | null,
  url: string,
  { ghes }: InitOptions,
): Promise<GitHubKind> {
  if (ghes !== undefined) return ghes ? 'server' : 'cloud';
  const guess = guessKind(url);
  if (guess === 'cloud' || asker === null) return guess;
  const question = `Is ${new URL(url).host} a GitHub Enterprise Server?`;
  return ((await asker.confirm(question, true)) ?? stop()) ? 'server' : 'cloud';
}

async function mayOverwrite(asker: Asker | null, file: string): Promise<boolean> {
  if (asker === null) return false;
  return (await asker.confirm(`${file} is there already. Overwrite it?`, false)) ?? stop();
}

async function projectOf(here: Files): Promise<Project> {
  const [names, packageJson] = await Promise.all([here.list('.'), readText(here, 'package.json')]);
  return readProject({ names: new Set(names), packageJson });
}

interface Result {
  readonly checkout: Checkout;
  readonly here: Files;
  readonly base: string;
  readonly on: GitHubKind;
  readonly modules: readonly NewModule[];
  readonly done: Written;
}

/** What was kept may not fit what was written: that is told at once. */
async function outcomeOf(
  context: Context,
  { checkout, here, base, on, modules, done }: Result,
): Promise<Outcome> {
  const { source } = await readPack(here, context.configPath);
  const { problems } = validatePack(source);
  const next = nextSteps(checkout, { base, on, modules });
  const { bold, dim, green } = context.colours;
  const isElsewhere = checkout.root !== context.directory;
  const text = [
    [
      ...(isElsewhere ? [`In ${checkout.root}, the root of the checkout:`] : []),
      ...done.written.map((file) => `${green('+')} ${file}`),
      ...done.kept.map((file) => dim(`  ${file} is there already and stays`)),
    ].join('\n'),
    ...(problems.length === 0 ? [] : [problemsText(problems, context)]),
    [bold('Next'), ...next.map((step, index) => numbered(index + 1, step))].join('\n'),
  ].join('\n\n');
  return {
    exitCode: problems.length === 0 ? EXIT_CODES.ok : EXIT_CODES.problems,
    text,
    data: { command: 'init', ...done, problems, next },
  };
}

function numbered(number: number, step: string): string {
  return `${number}. ${step.replaceAll('\n', '\n   ')}`;
}
