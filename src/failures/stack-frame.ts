import { readColonLocation } from './findings.ts';
import type { Location } from './findings.ts';
import { isAbsolute, looksLikePath, sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';

const FOREIGN = ['node_modules/', 'node:', '<anonymous>', 'internal/'];

/** The place in the repository that a stack's line names; frames of Node and of dependencies give null. */
export function readStackFrame(line: string, place: Place): Location | null {
  const text = line.trim();
  const mark = text.startsWith('at ') ? 'at ' : text.startsWith('❯ ') ? '❯ ' : null;
  if (mark === null) return null;
  const open = text.lastIndexOf('(');
  const enclosed = text.endsWith(')') && open >= 0;
  const words = enclosed ? text.slice(open + 1, -1) : lastWord(text.slice(mark.length));
  const location = readColonLocation(words);
  if (location === null || !looksLikePath(location.path)) return null;
  const path = sourcePath(location.path, place);
  if (isAbsolute(path) || FOREIGN.some((part) => path.includes(part))) return null;
  return { ...location, path };
}

/** The first of a stack's frames that lies in the repository's own code. */
export function firstOwnFrame(lines: readonly string[], place: Place): Location | null {
  for (const line of lines) {
    const frame = readStackFrame(line, place);
    if (frame !== null) return frame;
  }
  return null;
}

function lastWord(text: string): string {
  const trimmed = text.startsWith('async ') ? text.slice(6) : text;
  return trimmed.slice(trimmed.lastIndexOf(' ') + 1);
}
