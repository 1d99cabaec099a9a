import { buildConfig } from './config-build.ts';
import { checkCommands } from './config-commands.ts';
import { checkDeliverables } from './config-deliverables.ts';
import { DEFAULT_PATHS } from './config-defaults.ts';
import { type Draft, readDraft } from './config-draft.ts';
import { type YamlNode, lineOf } from './config-lines.ts';
import { checkModules } from './config-modules.ts';
import { type Report, createReport } from './config-report.ts';
import { checkShape } from './config-shape.ts';
import type { Config, Paths } from './config-types.ts';
import { MINIMAL_CONFIG, parseYaml } from './config-yaml.ts';
import { type Problem, ProblemLog, quoteValue } from './problem.ts';

/** A config as far as it could be read; further problems of its file may go into the same log. */
export interface ConfigReading {
  /** Null where anything is wrong. */
  readonly config: Config | null;
  readonly draft: Draft;
  /** For what the spec pack lacks of what the config names. */
  readonly report: Report;
  readonly log: ProblemLog;
}

/** Reads a config with all that is wrong with it; never throws. */
export function readConfig(text: string, file: string): ConfigReading {
  const log = new ProblemLog(file, 'config-value');
  const yaml = parseYaml(text, file, log);
  if (!yaml.ok) return unusable(log, yaml.problems);
  const { value, root } = yaml.value;
  const problem = checkTop(value, root, file);
  if (problem !== null) return unusable(log, [problem]);

  const shape = checkShape(asThisVersion(value, root, log), root, log);
  const draft = readDraft(value);
  checkModules(draft, createReport(root, log, 'config-module'));
  checkCommands(draft, createReport(root, log, 'config-command'));
  if (shape !== null) checkDeliverables(shape, createReport(root, log, 'config-deliverable'));
  const report = createReport(root, log, 'pack-incomplete');

  const sound = shape !== null && log.problems().length === 0;
  return { config: sound ? buildConfig(shape) : null, draft, report, log };
}

/** Where the spec pack lies, by the config as far as it can be read: the defaults for the rest. */
export function packPaths(text: string): Pick<Paths, 'prompts' | 'types' | 'handoffs'> {
  const yaml = parseYaml(text, '', new ProblemLog('', 'config-yaml'));
  const { prompts, types, handoffs } = readDraft(yaml.ok ? yaml.value.value : null).paths;
  return {
    prompts: prompts ?? DEFAULT_PATHS.prompts,
    types: types ?? DEFAULT_PATHS.types,
    handoffs: handoffs ?? DEFAULT_PATHS.handoffs,
  };
}

/** A config of which nothing can be told but the problems. */
export function unusable(log: ProblemLog, problems: readonly Problem[]): ConfigReading {
  for (const { code, line, message, fix } of problems) log.add(line, message, fix, { code });
  const root = { line: 1, children: new Map<string, YamlNode>(), size: 1 };
  return {
    config: null,
    draft: readDraft(null),
    report: createReport(root, log, 'pack-incomplete'),
    log,
  };
}

/** What makes every other check pointless: there is no mapping. */
function checkTop(value: unknown, root: YamlNode, file: string): Problem | null {
  if (value === null || value === undefined) {
    return {
      code: 'config-empty',
      file,
      line: null,
      message: 'The file is empty.',
      fix: MINIMAL_CONFIG,
    };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'a list' : 'a single value';
    const message = `The config must be a mapping, but is ${kind}.`;
    return { code: 'config-empty', file, line: root.line, message, fix: MINIMAL_CONFIG };
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
    { code: 'config-version' },
  );
  return { ...value, version: 1 };
}
