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
import type { TemplateFiles } from '../domain/template-file.ts';
import type { PackValidation } from '../domain/validate-pack.ts';
import type { Scene } from './scene.ts';

export type Hash = (text: string) => string;

/** The config as it was found. */
export interface ConfigFile {
  readonly path: string;
  readonly content: SpecFile;
}

/** What is needed of the outside to check a spec pack. */
export interface PackTools {
  readonly hash: Hash;
  /** What is wrong with the user's own templates. */
  readonly checkTemplates: (files: TemplateFiles) => Promise<readonly Problem[]>;
}

/** All that is wrong with the config, the spec pack and the templates beside it. */
export async function validateScene(
  { path, content }: ConfigFile,
  scene: Pick<Scene, 'prompts' | 'types' | 'handoffs' | 'templates'>,
  { checkTemplates }: Pick<PackTools, 'checkTemplates'>,
): Promise<{ readonly validation: PackValidation; readonly inTemplates: readonly Problem[] }> {
  const { prompts, types, handoffs, templates } = scene;
  // Half a megabyte of parser, which only a spec pack with shared types needs.
  const { validatePack } = await import('../domain/validate-pack.ts');
  const validation = validatePack({ file: path, config: content, prompts, types, handoffs });
  return { validation, inTemplates: await checkTemplates(templates) };
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
 * @throws ProblemsError where the prompts, the types or a template cannot be relied on, with all that is wrong.
 */
export async function readSpecPack(
  config: ConfigFile,
  scene: Scene,
  tools: PackTools,
): Promise<{ readonly spec: ObservedSpec; readonly problems: readonly Problem[] }> {
  const { hash } = tools;
  const { validation, inTemplates } = await validateScene(config, scene, tools);
  const problems = [...validation.problems, ...inTemplates];
  if (!validation.usable) throw new ProblemsError('spec-pack-invalid', problems);
  const { config: checked, pack } = validation;
  const { paths } = checked;
  const pages = [
    [scene.codingAgent, paths.codingAgent],
    [scene.planningAgent, paths.planningAgent],
  ] as const;
  problems.push(...pages.flatMap(([page, file]) => unreadablePage(page, file)));
  if (inTemplates.length > 0) throw new ProblemsError('templates-invalid', problems);
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
        implementation: parseReportFormat(
          textOf(scene.codingAgent),
          'implementation',
          paths.codingAgent,
        ),
        escalation: parseReportFormat(
          textOf(scene.planningAgent),
          'escalation',
          paths.planningAgent,
        ),
      },
    },
    problems,
  };
}

function textOf(page: SpecFile): string | null {
  return page.kind === 'text' ? page.text : null;
}

function unreadablePage(page: SpecFile, file: string): readonly Problem[] {
  if (page.kind !== 'unreadable') return [];
  const { line, message, fix } = page;
  return [
    { file, line, message: `The file ${message} The format built in counts meanwhile.`, fix },
  ];
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
