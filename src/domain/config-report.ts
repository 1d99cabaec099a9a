import { type Path, type YamlNode, lineOf } from './config-lines.ts';
import type { ProblemLog } from './problem.ts';

/** Where the checks of a config tell what they find, by its place in the file. */
export interface Report {
  readonly add: (path: Path, message: string, fix: string | (() => string)) => void;
  readonly lineOf: (path: Path) => number;
}

export function createReport(root: YamlNode, log: ProblemLog): Report {
  return {
    add: (path, message, fix) => {
      log.add(lineOf(root, path), message, fix);
    },
    lineOf: (path) => lineOf(root, path),
  };
}
