/** A `/session` command as somebody wrote it, whether or not it makes sense. */
export type Command =
  | { readonly kind: 'start'; readonly module: string }
  | { readonly kind: 'halt'; readonly failureType: string | null; readonly reason: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly asked: string };

export const COMMANDS = [
  '/session start <module>',
  '/session halt <failure-type> <reason>',
  '/session help',
] as const;

/** What begins a fence; a line of inline code with three backticks does not. */
const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/u;
const FENCE_END = /^ {0,3}(`{3,}|~{3,})[ \t]*$/u;
const HIDDEN = '<!--';
const COMMAND = /^ {0,3}\/session(?:[ \t]+(.*))?$/u;

/**
 * The first command of a comment that stands on a line of its own; lines that are quoted, indented as
 * code or inside a fence are other people's words, and those in an HTML comment nobody sees.
 */
export function parseCommand(comment: string): Command | null {
  let within: string | null = null;
  for (const line of comment.split(/\r?\n/u)) {
    if (within !== null) {
      if (isEnd(line, within)) within = null;
      continue;
    }
    const found = COMMAND.exec(line);
    if (found !== null) return readCommand((found[1] ?? '').trim());
    within = startOf(line);
  }
  return null;
}

/** What a line begins that hides the lines after it: a fence's mark, or an HTML comment. */
function startOf(line: string): string | null {
  const [, backticks, tildes] = FENCE.exec(line) ?? [];
  const mark = backticks ?? tildes;
  if (mark !== undefined) return mark;
  const text = line.replaceAll(/`[^`]*`/gu, '');
  return text.lastIndexOf(HIDDEN) > text.lastIndexOf('-->') ? HIDDEN : null;
}

function isEnd(line: string, within: string): boolean {
  if (within === HIDDEN) return line.includes('-->');
  return FENCE_END.exec(line)?.[1]?.startsWith(within) === true;
}

function readCommand(text: string): Command {
  const [name = '', first = '', ...rest] = text.split(/\s+/u);
  if (name === 'start' && first !== '') return { kind: 'start', module: first };
  if (name === 'halt') {
    return { kind: 'halt', failureType: first === '' ? null : first, reason: rest.join(' ') };
  }
  if (name === 'help' || name === '') return { kind: 'help' };
  return { kind: 'unknown', asked: text };
}
