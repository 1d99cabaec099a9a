/** One entry of a `GITHUB_ENV` or `GITHUB_OUTPUT` file. */
export interface FileEntry {
  readonly name: string;
  readonly value: string;
}

/** A file command the runner cannot read: the step that wrote it fails. */
export class FileCommandError extends Error {
  override readonly name = 'FileCommandError';
}

/**
 * The entries of an environment file, `name=value` or `name<<delimiter` with lines to the delimiter.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function parseEntries(text: string): readonly FileEntry[] {
  const lines = linesOf(text);
  const entries: FileEntry[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const opening = openingOf(line);
    if (opening.kind === 'single') {
      entries.push(opening);
      continue;
    }
    const end = lines.indexOf(opening.delimiter, index + 1);
    if (end < 0) {
      throw new FileCommandError(
        `Invalid value. Matching delimiter not found '${opening.delimiter}'`,
      );
    }
    entries.push({ name: opening.name, value: lines.slice(index + 1, end).join('\n') });
    index = end;
  }
  return entries;
}

/** The directories of a `GITHUB_PATH` file, in the order written. */
export function parsePaths(text: string): readonly string[] {
  return linesOf(text).filter((line) => line !== '');
}

type Opening =
  | { readonly kind: 'single'; readonly name: string; readonly value: string }
  | { readonly kind: 'heredoc'; readonly name: string; readonly delimiter: string };

function openingOf(line: string): Opening {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    const name = line.slice(0, equals);
    if (name === '') throw new FileCommandError(`Invalid format '${line}'. Name must not be empty`);
    return { kind: 'single', name, value: line.slice(equals + 1) };
  }
  if (heredoc < 0) throw new FileCommandError(`Invalid format '${line}'`);
  const name = line.slice(0, heredoc);
  const delimiter = line.slice(heredoc + 2);
  if (name === '' || delimiter === '') {
    throw new FileCommandError(
      `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`,
    );
  }
  return { kind: 'heredoc', name, delimiter };
}

function linesOf(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/u, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
