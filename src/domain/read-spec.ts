import { ProblemsError } from './errors.ts';
import type { Config } from './config.ts';
import type { Problem } from './problem.ts';
import { parseReportFormat, type ReportFormat, type ReportKind } from './report-format.ts';
import type { SpecFile } from './spec-file.ts';
import {
  fingerprintSpec,
  specTexts,
  type SpecFingerprint,
  type SpecPack,
  type SpecTexts,
} from './spec-pack.ts';
import type { TemplateFiles } from './template-file.ts';
import type { HandoffFile, PackValidation } from './validate-pack.ts';

export type Hash = (text: string) => string;

/** The config as it was found. */
export interface ConfigFile {
  readonly path: string;
  readonly content: SpecFile;
}

/** What the spec pack was found to hold, wherever it was read. */
export interface SpecSources {
  readonly prompts: SpecFile;
  readonly types: SpecFile;
  /** By file name. */
  readonly handoffs: ReadonlyMap<string, HandoffFile>;
  /** The user's own templates, by file name. */
  readonly templates: TemplateFiles;
  readonly planningAgent: SpecFile;
  readonly codingAgent: SpecFile;
  /** Texts of handoffs, now and as they were, by blob id. */
  readonly handoffTexts: ReadonlyMap<string, string>;
  /** What modules were specified by when their last attempts began. */
  readonly formerPacks: readonly FormerPack[];
}

export interface FormerPack {
  readonly prompts: string | null;
  readonly types: string | null;
}

/** What is needed of the outside to check a spec pack. */
export interface PackTools {
  readonly hash: Hash;
  /** What is wrong with the user's own templates. */
  readonly checkTemplates: (files: TemplateFiles) => Promise<readonly Problem[]>;
}

export interface ValidatedSources {
  readonly validation: PackValidation;
  readonly inTemplates: readonly Problem[];
}

/** All that is wrong with the config, the spec pack and the templates beside it. */
export async function validateSources(
  { path, content }: ConfigFile,
  sources: Pick<SpecSources, 'prompts' | 'types' | 'handoffs' | 'templates'>,
  { checkTemplates }: Pick<PackTools, 'checkTemplates'>,
): Promise<ValidatedSources> {
  const { prompts, types, handoffs, templates } = sources;
  // Half a megabyte of parser, which only a spec pack with shared types needs.
  const { validatePack } = await import('./validate-pack.ts');
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
  sources: SpecSources,
  tools: PackTools,
): Promise<{ readonly spec: ObservedSpec; readonly problems: readonly Problem[] }> {
  const { hash } = tools;
  const { validation, inTemplates } = await validateSources(config, sources, tools);
  const problems = [...validation.problems, ...inTemplates];
  if (!validation.usable) throw new ProblemsError('spec-pack-invalid', problems);
  const { config: checked, pack } = validation;
  const { paths } = checked;
  const pages = [
    [sources.codingAgent, paths.codingAgent],
    [sources.planningAgent, paths.planningAgent],
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
      specTexts: await readTexts(pack, checked, sources, hash),
      reportFormats: {
        implementation: parseReportFormat(
          textOf(sources.codingAgent),
          'implementation',
          paths.codingAgent,
        ),
        escalation: parseReportFormat(
          textOf(sources.planningAgent),
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
    {
      code: 'file-unreadable',
      file,
      line,
      message: `The file ${message} The format built in counts meanwhile.`,
      fix,
    },
  ];
}

/** Texts of the pack as it is, and as it was where former attempts began. */
async function readTexts(
  pack: SpecPack,
  { paths }: Config,
  { formerPacks, handoffTexts }: SpecSources,
  hash: Hash,
): Promise<SpecTexts> {
  const texts = new Map(specTexts(pack, handoffTexts, hash));
  if (formerPacks.length === 0) return texts;
  const [{ parsePrompts }, { parseSharedTypes }] = await Promise.all([
    import('./prompts.ts'),
    import('./shared-types.ts'),
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
