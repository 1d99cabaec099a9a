import type { Diagnostic, Failure } from '../domain/failure.ts';
import type { CheckAnnotation } from '../domain/writes.ts';
import { plainLine, reveal, shorten } from './markdown.ts';

/** More are not shown one by one: GitHub takes fifty a request, and nobody reads hundreds. */
const ANNOTATION_LIMIT = 250;

const MESSAGE_LIMIT = 4_000;
const TITLE_LIMIT = 255;

/** Remarks beside the lines they are about, and how many more there would have been. */
export interface Annotations {
  readonly shown: readonly CheckAnnotation[];
  readonly omitted: number;
}

/** Diagnostics that name a place inside the repository, each once; errors come first. */
export function annotate(failures: readonly Failure[]): Annotations {
  const found = new Map<string, CheckAnnotation>();
  for (const failure of failures) {
    for (const diagnostic of failure.diagnostics) {
      const annotation = toAnnotation(failure, diagnostic);
      if (annotation !== null) found.set(JSON.stringify(annotation), annotation);
    }
  }
  const all = [...found.values()];
  const isError = (one: CheckAnnotation): boolean => one.annotation_level === 'failure';
  const sorted = [...all.filter(isError), ...all.filter((one) => !isError(one))];
  const shown = sorted.slice(0, ANNOTATION_LIMIT);
  const beyond = failures.reduce((sum, { omitted = 0 }) => sum + omitted, 0);
  return { shown, omitted: all.length - shown.length + beyond };
}

function toAnnotation(failure: Failure, diagnostic: Diagnostic): CheckAnnotation | null {
  const { file, line, severity, code, message } = diagnostic;
  if (file === null || !isRepositoryPath(file)) return null;
  const place = Math.max(1, line ?? 1);
  return {
    path: file,
    start_line: place,
    end_line: place,
    annotation_level: severity === 'error' ? 'failure' : 'warning',
    message: shorten(reveal(message), MESSAGE_LIMIT) || failure.type,
    title: plainLine(code === null ? failure.source : `${failure.source}: ${code}`, TITLE_LIMIT),
  };
}

function isRepositoryPath(file: string): boolean {
  return !/^(?:[a-z]:|[/\\])/i.test(file) && !file.split(/[/\\]/).includes('..') && file !== '';
}
