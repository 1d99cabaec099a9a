import { readConfig } from './config-reading.ts';
import type { Config } from './config-types.ts';
import { MINIMAL_CONFIG } from './config-yaml.ts';
import type { Parsed, Problem } from './problem.ts';

export type * from './config-types.ts';
export { deliverablesOf, fillCommand } from './module-fields.ts';

/** Reads the config, or tells everything that is wrong with it at once; never throws. */
export function parseConfig(text: string, file: string): Parsed<Config> {
  const { config, log } = readConfig(text, file);
  return config === null ? { ok: false, problems: log.problems() } : { ok: true, value: config };
}

/** The problem of a repository that has no config on its base branch. */
export function missingConfigProblem(file: string): Problem {
  return {
    code: 'config-empty',
    file,
    line: null,
    message: 'There is no config.',
    fix: MINIMAL_CONFIG,
  };
}
