import { ProblemsError } from '../domain/errors.ts';
import type { Config } from '../domain/config.ts';
import type { Problem } from '../domain/problem.ts';
import { parseReportFormat, type ReportFormat, type ReportKind } from '../domain/report-format.ts';
import type { SpecFile } from '../domain/spec-file.ts';
import {
  fingerprintSpec,
  specTexts,
  type SpecFingerprint,
  type SpecPack,
  type SpecTexts,
} from '../domain/spec-pack.ts';
import type { PackValidation } from '../domain/validate-pack.ts';
import type { Scene } from './scene.ts';

export type Hash = (text: string) => string;

/** The config as it was found. */
export interface ConfigFile {
  readonly path: string;
  readonly content: SpecFile;
}

/** All that is wrong with the config and the spec pack beside it. */
export async function validateScene(
  { path, content }: ConfigFile,
  { prompts, types, handoffs }: Pick<Scene, 'prompts' | 'types' | 'handoffs'>,
): Promise<PackValidation> {
  // Half a megabyte of parser, which only a spec pack with shared types needs.
  const { validatePack } = await import('../domain/validate-pack.ts');
  return validatePack({ file: path, config: content, prompts, types, handoffs });
}

export interface ObservedSpec {
  readonly specPack: SpecPack;
  /** By module: what its part of the pack hashes to. */
  readonly fingerprints: ReadonlyMap<string, SpecFingerprint>;
  readonly specTexts: SpecTexts;
  readonly reportFormats: Readonly<Record<ReportKind, ReportFormat>>;
}

/**
 * The spec pack on the base's tip, and what holds single modules back.
 * @throws ProblemsError where the prompts or the types cannot be relied on.
 */
export async function readSpecPack(
  config: ConfigFile,
  scene: Scene,
  hash: Hash,
): Promise<{ readonly spec: ObservedSpec; readonly problems: readonly Problem[] }> {
  const validation = await validateScene(config, scene);
  const { problems } = validation;
  if (!validation.usable) throw new ProblemsError('spec-pack-invalid', problems);
  const { config: checked, pack } = validation;
  const { paths } = checked;
  return {
    spec: {
      specPack: pack,
      fingerprints: new Map(
        [...checked.modules.values()].map((module) => [
          module.id,
          fingerprintSpec(module, pack, hash),
        ]),
      ),
      specTexts: await readTexts(pack, checked, scene, hash),
      reportFormats: {
        implementation: parseReportFormat(scene.codingAgent, 'implementation', paths.codingAgent),
        escalation: parseReportFormat(scene.planningAgent, 'escalation', paths.planningAgent),
      },
    },
    problems,
  };
}

/** Texts of the pack as it is, and as it was where former attempts began. */
async function readTexts(
  pack: SpecPack,
  { paths }: Config,
  { formerPacks, handoffTexts }: Scene,
  hash: Hash,
): Promise<SpecTexts> {
  const texts = new Map(specTexts(pack, handoffTexts, hash));
  if (formerPacks.length === 0) return texts;
  const [{ parsePrompts }, { parseSharedTypes }] = await Promise.all([
    import('../domain/prompts.ts'),
    import('../domain/shared-types.ts'),
  ]);
  for (const { prompts, types } of formerPacks) {
    const former = {
      prompts: parsePrompts(prompts ?? '', paths.prompts).prompts,
      types: parseSharedTypes(types ?? '', paths.types).types,
    };
    for (const [key, text] of specTexts(former, new Map(), hash)) texts.set(key, text);
  }
  return texts;
}
