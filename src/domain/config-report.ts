import { type Path, type YamlNode, hasNode, lineOf } from './config-lines.ts';
import type { ProblemCode } from './messages/problem-kinds.ts';
import type { ProblemLog } from './problem.ts';

/** Where the checks of a config tell what they find, by its place in the file. */
export interface Report {
  readonly add: (path: Path, message: string, fix: string | (() => string)) => void;
  readonly lineOf: (path: Path) => number;
  /** Whether the file has a value at that very place. */
  readonly has: (path: Path) => boolean;
}

/** All that is told to it is of one kind. */
export function createReport(root: YamlNode, log: ProblemLog, code: ProblemCode): Report {
  return {
    add: (path, message, fix) => {
      log.add(lineOf(root, path), message, fix, { code });
    },
    lineOf: (path) => lineOf(root, path),
    has: (path) => hasNode(root, path),
  };
}
