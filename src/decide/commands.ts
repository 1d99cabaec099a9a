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

const FENCE = /^ {0,3}(`{3,}|~{3,})/u;
const COMMAND = /^ {0,3}\/session(?:[ \t]+(.*))?$/u;

/**
 * The first command of a comment that stands on a line of its own; lines that are quoted, indented as
 * code or inside a fence are other people's words.
 */
export function parseCommand(comment: string): Command | null {
  let fence: string | null = null;
  for (const line of comment.split(/\r?\n/u)) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null;
      continue;
    }
    const found = fence === null ? COMMAND.exec(line) : null;
    if (found !== null) return readCommand((found[1] ?? '').trim());
  }
  return null;
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
