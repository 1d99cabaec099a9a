import { translateLine, type Translation } from './bracket-text.ts';
import type { Repeated } from './brackets.ts';
import type { SourceLine } from './markdown-blocks.ts';
import { textPart, type Part } from './parts.ts';

const FIELD_OF: Readonly<Record<Repeated, RegExp>> = {
  dependencies: /\[dep-\d+\]/g,
  attempts: /\[N-1\]/g,
};

/**
 * Rows or list items, those that name a dependency or an earlier attempt once for each of them, with
 * `none` in their place where there is none; the others one by one.
 */
export function translateRows(
  lines: readonly SourceLine[],
  translation: Translation,
  {
    none,
    single,
  }: {
    readonly none: (line: SourceLine) => string;
    readonly single: (line: SourceLine) => readonly Part[];
  },
): readonly Part[] {
  const parts: Part[] = [];
  let repeated: Repeatable | null = null;
  for (const line of lines) {
    const next = repeatable(line);
    if (next === null) {
      parts.push(...single(line));
    } else if (repeated?.list !== next.list) {
      parts.push(eachRow(line, next.list, none(line), translation));
    } else if (repeated.shape !== next.shape) {
      const message = 'This row is repeated, but differs from the one above, which stands for all.';
      translation.log.add(line.number, message, 'Take it out, or make the two alike.');
    }
    repeated = next;
  }
  return parts;
}

interface Repeatable {
  readonly list: Repeated;
  /** Its text, whichever dependency it names. */
  readonly shape: string;
}

function repeatable({ text }: SourceLine): Repeatable | null {
  for (const list of ['dependencies', 'attempts'] as const) {
    const shape = text.replace(FIELD_OF[list], '[]');
    if (shape !== text) return { list, shape: shape.replace(/\s+/g, ' ').trim() };
  }
  return null;
}

function eachRow(line: SourceLine, list: Repeated, none: string, translation: Translation): Part {
  return {
    kind: 'each',
    list: { from: 'document', name: list, line: line.number },
    body: translateLine(line, translation, { row: list }),
    otherwise: [textPart(`${none}\n`)],
  };
}
