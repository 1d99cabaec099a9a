import type { Diagnostic, Failure } from '../domain/failure.ts';
import { plainLine, reveal, shorten } from './markdown.ts';

/** What a check run shows (https://docs.github.com/en/rest/checks/runs). */
export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** One remark beside a line of the diff, named as the REST API names it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning';
  readonly message: string;
  readonly title: string;
}

/** Annotations in one request (https://docs.github.com/en/rest/checks/runs). */
const ANNOTATIONS_PER_REQUEST = 50;

const MESSAGE_LIMIT = 4_000;
const TITLE_LIMIT = 255;

/** Diagnostics that name a place inside the repository, each once. */
export function annotate(failures: readonly Failure[]): readonly Annotation[] {
  const found = new Map<string, Annotation>();
  for (const failure of failures) {
    for (const diagnostic of failure.diagnostics) {
      const annotation = toAnnotation(failure, diagnostic);
      if (annotation !== null) found.set(JSON.stringify(annotation), annotation);
    }
  }
  return [...found.values()];
}

/** Annotations in as many groups as requests are needed. */
export function batchAnnotations(
  annotations: readonly Annotation[],
): readonly (readonly Annotation[])[] {
  const batches: Annotation[][] = [];
  for (let start = 0; start < annotations.length; start += ANNOTATIONS_PER_REQUEST) {
    batches.push(annotations.slice(start, start + ANNOTATIONS_PER_REQUEST));
  }
  return batches;
}

function toAnnotation(failure: Failure, diagnostic: Diagnostic): Annotation | null {
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
