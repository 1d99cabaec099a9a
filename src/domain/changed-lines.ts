import { diffArrays } from 'diff';

/** How many lines a change put in and took out. */
export interface ChangedLines {
  readonly added: number;
  readonly removed: number;
}

/** The search costs the square of its edits; texts that differ by more are told as replaced where they differ. */
const MAX_EDITS = 1_500;

/** Counted as `git diff --numstat` does; an empty text has no lines. */
export function countChangedLines(before: string, after: string): ChangedLines {
  const [old, now] = withoutCommonEnds(linesOf(before), linesOf(after));
  const numbers = new Map<string, number>();
  const changes = diffArrays(numbered(old, numbers), numbered(now, numbers), {
    maxEditLength: MAX_EDITS,
  });
  if (changes === undefined) return { added: now.length, removed: old.length };
  let [added, removed] = [0, 0];
  for (const change of changes) {
    if (change.added) added += change.count;
    if (change.removed) removed += change.count;
  }
  return { added, removed };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function withoutCommonEnds(
  old: readonly string[],
  now: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [old.slice(start, old.length - end), now.slice(start, now.length - end)];
}

/** Each line as a number, the same for the same line: comparing long ones over and over is what costs. */
function numbered(lines: readonly string[], numbers: Map<string, number>): number[] {
  return lines.map((line) => {
    const number = numbers.get(line) ?? numbers.size;
    numbers.set(line, number);
    return number;
  });
}
