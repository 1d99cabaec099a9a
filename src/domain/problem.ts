import type { ProblemCode } from './messages/problem-kinds.ts';

/** Something wrong in a file of the user's, with where it stands and how to mend it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly file: string;
  /** 1-based; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly message: string;
  readonly fix: string;
}

/** A parsed value, or everything that is wrong with its source. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `file:line: message. Fix: …`, the form shown in logs, summaries and replies. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  return `${place}: ${problem.message} Fix: ${problem.fix}`;
}

/** More than anybody mends in one go; a hostile file could hold a million. */
const MAX_PROBLEMS = 100;

/** Collects the problems of a file, or of those in a folder; a fix that is costly to find is given as a function. */
export class ProblemLog {
  readonly #file: string;
  readonly #code: ProblemCode;
  readonly #problems: Problem[] = [];
  #omitted = 0;

  /** Both are of what is told without another. */
  constructor(file: string, code: ProblemCode) {
    this.#file = file;
    this.#code = code;
  }

  add(
    line: number | null,
    message: string,
    fix: string | (() => string),
    { file = this.#file, code = this.#code }: Partial<Pick<Problem, 'file' | 'code'>> = {},
  ): void {
    if (this.#problems.length >= MAX_PROBLEMS) {
      this.#omitted += 1;
      return;
    }
    const found = typeof fix === 'string' ? fix : fix();
    this.#problems.push({ code, file, line, message, fix: found });
  }

  /** In the order of their files and lines, with a last one that counts those left out. */
  problems(): readonly Problem[] {
    const sorted = this.#problems.toSorted(byPlace);
    if (this.#omitted === 0) return sorted;
    return [
      ...sorted,
      {
        code: this.#code,
        file: this.#file,
        line: null,
        message: `${this.#omitted} more problems are not shown.`,
        fix: 'Mend those above first.',
      },
    ];
  }
}

function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}

/** A value of the user's as it stands in a message: quoted, on one line, cut to a readable length. */
export function quoteValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
