import type { Config } from '../domain/config.ts';
import { ProblemsError } from '../domain/errors.ts';
import type { Problem } from '../domain/problem.ts';
import { checkSpecPack } from '../domain/spec-pack-check.ts';
import { parsePrompts } from '../domain/prompts.ts';
import { fingerprintSpec, type SpecFingerprint, type SpecPack } from '../domain/spec-pack.ts';
import type { Scene } from './scene.ts';

export type Hash = (text: string) => string;

/** The spec pack on the base's tip, with what each module's part of it hashes to. */
export async function readSpecPack(
  config: Config,
  scene: Scene,
  { hash, configPath }: { readonly hash: Hash; readonly configPath: string },
): Promise<{
  readonly specPack: SpecPack;
  readonly fingerprints: ReadonlyMap<string, SpecFingerprint>;
  readonly problems: readonly Problem[];
}> {
  // Half a megabyte of parser, which only a spec pack with shared types needs.
  const { parseSharedTypes } = await import('../domain/shared-types.ts');
  const prompts = parsePrompts(scene.prompts ?? '', config.paths.prompts);
  const types = parseSharedTypes(scene.types ?? '', config.paths.types);
  const problems = [...prompts.problems, ...types.problems];
  if (problems.length > 0) throw new ProblemsError('spec-pack-invalid', problems);
  const specPack: SpecPack = {
    prompts: prompts.prompts,
    types: types.types,
    handoffs: new Map(
      [...scene.handoffs]
        .filter(([file]) => file.endsWith('.md'))
        .map(([file, oid]) => [file.slice(0, -'.md'.length), oid]),
    ),
  };
  const fingerprints = new Map(
    [...config.modules.values()].map((module) => [
      module.id,
      fingerprintSpec(module, specPack, hash),
    ]),
  );
  const lacking = checkSpecPack(config, specPack, {
    config: configPath,
    promptsFound: scene.prompts !== null,
    typesFound: scene.types !== null,
  });
  return { specPack, fingerprints, problems: lacking };
}
