import { buildConfig } from './config-build.ts';
import { checkCommands } from './config-commands.ts';
import { checkDeliverables } from './config-deliverables.ts';
import { readDraft } from './config-draft.ts';
import { type YamlNode, lineOf } from './config-lines.ts';
import { checkModules } from './config-modules.ts';
import { createReport } from './config-report.ts';
import { checkShape } from './config-shape.ts';
import type { Config } from './config-types.ts';
import { MINIMAL_CONFIG, parseYaml } from './config-yaml.ts';
import { type Parsed, type Problem, ProblemLog, quoteValue } from './problem.ts';

export type * from './config-types.ts';
export { deliverablesOf, fillCommand } from './module-fields.ts';

/** Reads the config, or tells everything that is wrong with it at once; never throws. */
export function parseConfig(text: string, file: string): Parsed<Config> {
  const log = new ProblemLog(file);
  const yaml = parseYaml(text, file, log);
  if (!yaml.ok) return yaml;
  const { value, root } = yaml.value;
  const unusable = checkTop(value, root, file);
  if (unusable !== null) return { ok: false, problems: [unusable] };

  const shape = checkShape(asThisVersion(value, root, log), root, log);
  const draft = readDraft(value);
  const report = createReport(root, log);
  checkModules(draft, report);
  checkCommands(draft, report);
  if (shape !== null) checkDeliverables(shape, report);

  const problems = log.problems();
  if (shape === null || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: buildConfig(shape) };
}

/** The problem of a repository that has no config on its base branch. */
export function missingConfigProblem(file: string): Problem {
  return { file, line: null, message: 'There is no config.', fix: MINIMAL_CONFIG };
}

/** What makes every other check pointless: there is no mapping. */
function checkTop(value: unknown, root: YamlNode, file: string): Problem | null {
  if (value === null || value === undefined) {
    return { file, line: null, message: 'The file is empty.', fix: MINIMAL_CONFIG };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'a list' : 'a single value';
    const message = `The config must be a mapping, but is ${kind}.`;
    return { file, line: root.line, message, fix: MINIMAL_CONFIG };
  }
  return null;
}

/** A file of another version is checked as one of this: what is wrong in both can be told. */
function asThisVersion(value: unknown, root: YamlNode, log: ProblemLog): unknown {
  if (typeof value !== 'object' || value === null || !('version' in value)) return value;
  const { version } = value;
  if (typeof version !== 'number' || version === 1) return value;
  log.add(
    lineOf(root, ['version']),
    `The config is of version ${quoteValue(version)}, which this release does not know.`,
    'Write `version: 1`, or use a release that knows the other version.',
  );
  return { ...value, version: 1 };
}
