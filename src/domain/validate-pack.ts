import { missingConfigProblem } from './config.ts';
import { type ConfigReading, readConfig, unusable } from './config-reading.ts';
import type { Config } from './config-types.ts';
import { type Problem, ProblemLog } from './problem.ts';
import { type Prompts, parsePrompts, promptLikeLines } from './prompts.ts';
import { type SharedTypes, parseSharedTypes } from './shared-types.ts';
import type { SpecFile } from './spec-file.ts';
import type { SpecPack } from './spec-pack.ts';
import { type FoundPrompts, type FoundTypes, checkPack } from './pack-check.ts';

/** The config and the spec pack as they were found, at the places that `packPaths` tells. */
export interface PackSource {
  /** The config's own path. */
  readonly file: string;
  readonly config: SpecFile;
  readonly prompts: SpecFile;
  readonly types: SpecFile;
  /** By the name of the file in its folder. */
  readonly handoffs: ReadonlyMap<string, HandoffFile>;
}

export interface HandoffFile {
  /** Of its bytes, such as a blob id. */
  readonly hash: string;
  /** Null where no more than the name was read. */
  readonly content: SpecFile | null;
}

/** What config and spec pack come to; the problems are in the order of their files and lines. */
export type PackValidation =
  /** Each problem holds back the module it names, and no other. */
  | {
      readonly usable: true;
      readonly config: Config;
      readonly pack: SpecPack;
      readonly problems: readonly Problem[];
    }
  /** The config, the prompts or the types cannot be relied on at all. */
  | { readonly usable: false; readonly problems: readonly Problem[] };

/** Reads config and spec pack and tells everything that is wrong with both at once; never throws. */
export function validatePack(source: PackSource): PackValidation {
  const reading = readConfigFile(source);
  const { draft, report, config } = reading;
  const prompts = readPrompts(source.prompts, draft.paths.prompts);
  const types = readTypes(source.types, draft.paths.types);
  const handoffs = readHandoffs(source, reading);
  checkPack(
    draft,
    { prompts: prompts.found, types: types.found, handoffs: new Set(source.handoffs.keys()) },
    report,
  );
  const fatal = [...prompts.problems, ...types.problems];
  const problems = [...reading.log.problems(), ...fatal, ...handoffs.problems];
  if (config === null || fatal.length > 0) return { usable: false, problems };
  const pack = { prompts: prompts.parsed, types: types.parsed, handoffs: handoffs.hashes };
  return { usable: true, config, pack, problems };
}

function readConfigFile({ file, config }: PackSource): ConfigReading {
  switch (config.kind) {
    case 'text':
      return readConfig(config.text, file);
    case 'missing':
      return unusable(new ProblemLog(file, 'config-value'), [missingConfigProblem(file)]);
    case 'unreadable':
      return unusable(new ProblemLog(file, 'config-value'), problemsOf(config, file));
  }
}

/** A part of the pack: for its modules, for the check, and what is wrong with the file itself. */
interface Part<Parsed, Found> {
  readonly parsed: Parsed;
  readonly found: Found | 'missing' | null;
  readonly problems: readonly Problem[];
}

function readPrompts(
  content: SpecFile,
  path: string | null,
): Part<Prompts['prompts'], FoundPrompts> {
  const nothing = { parsed: new Map(), found: null };
  if (path === null) return { ...nothing, problems: [] };
  if (content.kind === 'missing') return { ...nothing, found: 'missing', problems: [] };
  if (content.kind === 'unreadable') return { ...nothing, problems: problemsOf(content, path) };
  const { prompts, problems } = parsePrompts(content.text, path);
  const found = { sections: prompts, likeLines: () => promptLikeLines(content.text) };
  return { parsed: prompts, found, problems };
}

function readTypes(content: SpecFile, path: string | null): Part<SharedTypes['types'], FoundTypes> {
  const nothing = { parsed: new Map(), found: null };
  if (path === null) return { ...nothing, problems: [] };
  if (content.kind === 'missing') return { ...nothing, found: 'missing', problems: [] };
  if (content.kind === 'unreadable') return { ...nothing, problems: problemsOf(content, path) };
  const { types, unread, problems } = parseSharedTypes(content.text, path);
  // What stands behind an error may not have been read at all.
  const found = problems.length > 0 ? null : { declared: types, unread };
  return { parsed: types, found, problems };
}

/** The handoffs of the modules; one that cannot be read counts as none. */
function readHandoffs({ handoffs }: PackSource, { draft }: ConfigReading) {
  const folder = draft.paths.handoffs;
  const log = new ProblemLog(folder ?? '', 'file-unreadable');
  const hashes = new Map<string, string>();
  for (const id of draft.modules.keys()) {
    const file = handoffs.get(`${id}.md`);
    if (folder === null || file === undefined) continue;
    if (file.content?.kind !== 'unreadable') hashes.set(id, file.hash);
    else {
      const path = `${folder}/${id}.md`;
      const { line, message, fix } = file.content;
      log.add(line, `The file ${message}`, fix, { file: path });
    }
  }
  return { hashes, problems: log.problems() };
}

function problemsOf(content: SpecFile, file: string): readonly Problem[] {
  if (content.kind !== 'unreadable') return [];
  const { line, message, fix } = content;
  return [{ code: 'file-unreadable', file, line, message: `The file ${message}`, fix }];
}
