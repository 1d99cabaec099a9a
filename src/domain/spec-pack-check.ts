import type { Config, ModuleConfig } from './config-types.ts';
import { suggest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { SpecPack } from './spec-pack.ts';

/** Which of the spec pack's files there are, and where the modules are declared. */
export interface SpecPackFiles {
  readonly config: string;
  readonly promptsFound: boolean;
  readonly typesFound: boolean;
}

/** What the modules name of the spec pack and is not there; a file that lacks as a whole is told once. */
export function checkSpecPack(
  config: Pick<Config, 'modules' | 'paths'>,
  pack: SpecPack,
  files: SpecPackFiles,
): readonly Problem[] {
  const modules = [...config.modules.values()];
  const { prompts, types } = config.paths;
  const needsTypes = modules.some((module) => module.types.length > 0);
  return [
    ...(files.promptsFound || modules.length === 0 ? [] : [missingFile(prompts, 'prompts')]),
    ...(files.typesFound || !needsTypes ? [] : [missingFile(types, 'types')]),
    ...modules.flatMap((module) => [
      ...(files.promptsFound ? checkPrompt(module, config, pack, files) : []),
      ...checkHandoff(module, config, pack),
      ...(files.typesFound ? checkTypes(module, config, pack, files) : []),
    ]),
  ];
}

function missingFile(file: string, key: 'prompts' | 'types'): Problem {
  const fix = `Create it, or write where it is under \`paths.${key}\`.`;
  return { file, line: null, message: 'The file does not exist.', fix };
}

function checkPrompt(
  module: ModuleConfig,
  config: Pick<Config, 'paths'>,
  pack: SpecPack,
  files: SpecPackFiles,
): readonly Problem[] {
  if (pack.prompts.has(module.prompt)) return [];
  const known = [...pack.prompts.keys()].toSorted((a, b) => a - b);
  const there = known.length === 0 ? 'none' : known.slice(0, 20).join(', ');
  return [
    {
      file: config.paths.prompts,
      line: null,
      message: `"${module.id}" has no prompt: no heading begins with "Prompt ${module.prompt}" (there: ${there}).`,
      fix: `Add the heading "## Prompt ${module.prompt}: ${module.name}", or correct the module's \`prompt\` in ${files.config}.`,
    },
  ];
}

function checkHandoff(
  module: ModuleConfig,
  config: Pick<Config, 'paths'>,
  pack: SpecPack,
): readonly Problem[] {
  if (pack.handoffs.has(module.id)) return [];
  return [
    {
      file: `${config.paths.handoffs}/${module.id}.md`,
      line: null,
      message: `"${module.id}" has no context handoff.`,
      fix: 'Create the file with the scope, the assumptions and the verification of the module.',
    },
  ];
}

function checkTypes(
  module: ModuleConfig,
  config: Pick<Config, 'paths'>,
  pack: SpecPack,
  files: SpecPackFiles,
): readonly Problem[] {
  const missing = module.types.filter((name) => !pack.types.has(name));
  return missing.map((name) => ({
    file: config.paths.types,
    line: null,
    message: `The type "${name}", which "${module.id}" uses, is not declared.`,
    fix: suggest(
      name,
      pack.types.keys(),
      `Declare it by name, or take it out of the module's \`types\` in ${files.config}.`,
    ),
  }));
}
