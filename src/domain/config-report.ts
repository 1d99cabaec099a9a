import { type Path, type YamlNode, hasNode, lineOf } from './config-lines.ts';
import type { ProblemLog } from './problem.ts';

/** Where the checks of a config tell what they find, by its place in the file. */
export interface Report {
  readonly add: (path: Path, message: string, fix: string | (() => string)) => void;
  readonly lineOf: (path: Path) => number;
  /** Whether the file has a value at that very place. */
  readonly has: (path: Path) => boolean;
}

export function createReport(root: YamlNode, log: ProblemLog): Report {
  return {
    add: (path, message, fix) => {
      log.add(lineOf(root, path), message, fix);
    },
    lineOf: (path) => lineOf(root, path),
    has: (path) => hasNode(root, path),
  };
}
