import { COMMAND_NAMES, isCommandName, type CommandName } from '../domain/commands.ts';
import { nearestNames } from '../domain/nearest.ts';
import type { Role } from '../domain/world.ts';

/** The least role that may give each. */
const ROLES: Readonly<Record<CommandName, Role>> = {
  start: 'write',
  retry: 'write',
  halt: 'write',
  verify: 'write',
  status: 'write',
  'ack-spec': 'write',
  cancel: 'write',
  reopen: 'write',
  complete: 'admin',
  help: 'none',
};

/** What follows a command's name and module. */
const ARGUMENTS: Readonly<Partial<Record<CommandName, string>>> = {
  halt: ' <failure-type> <reason>',
  reopen: ' <reason>',
  complete: ' <reason>',
};

/** A `/session` command as somebody wrote it, whether or not it makes sense. */
export interface Command {
  /** Null where there is no command of that name. */
  readonly name: CommandName | null;
  readonly words: readonly string[];
  /** All that follows `/session`, its white space made single spaces. */
  readonly asked: string;
}

export interface ParsedComment {
  readonly commands: readonly Command[];
  /** The lines that are no command. */
  readonly rest: string;
}

/** What begins a fence; a line of inline code with three backticks does not. */
const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/u;
const FENCE_END = /^ {0,3}(`{3,}|~{3,})[ \t]*$/u;
const HIDDEN = '<!--';
const COMMAND = /^ {0,3}\/session(?:[ \t]+(.*))?$/u;

/**
 * The commands of a comment that stand on lines of their own; lines that are quoted, indented as code or
 * inside a fence are other people's words, and those in an HTML comment nobody sees.
 */
export function parseComment(comment: string): ParsedComment {
  const commands: Command[] = [];
  const rest: string[] = [];
  let within: string | null = null;
  for (const line of comment.split(/\r?\n/u)) {
    const found: RegExpExecArray | null = within === null ? COMMAND.exec(line) : null;
    if (found === null) rest.push(line);
    else commands.push(readCommand((found[1] ?? '').trim()));
    if (within === null) within = found === null ? startOf(line) : null;
    else if (isEnd(line, within)) within = null;
  }
  return { commands, rest: rest.join('\n').trim() };
}

/** The least role that may give a command. */
export function roleFor(name: CommandName): Role {
  return ROLES[name];
}

/** How a command is written where `implied` goes without saying, or where nothing does. */
export function formOf(name: CommandName, implied: string | null): string {
  const takesModule = name === 'start' || (name !== 'help' && implied === null);
  return `/session ${name}${takesModule ? ' <module>' : ''}${ARGUMENTS[name] ?? ''}`;
}

export function allForms(implied: string | null): readonly string[] {
  return COMMAND_NAMES.map((name) => formOf(name, implied));
}

/** What somebody may have meant, the likeliest first: the forms of the commands whose names are most alike. */
export function nearestForms({ asked }: Command, implied: string | null): readonly string[] {
  const [word = '', ...words] = asked.split(' ');
  return nearestNames(word, COMMAND_NAMES)
    .filter(isCommandName)
    .map((near) =>
      words.length === 0 ? formOf(near, implied) : `/session ${[near, ...words].join(' ')}`,
    );
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
  const [word = '', ...words] = text.split(/\s+/u);
  const name = word === '' ? 'help' : word;
  return {
    name: isCommandName(name) ? name : null,
    words,
    asked: [word, ...words].join(' '),
  };
}
