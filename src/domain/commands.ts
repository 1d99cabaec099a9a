/** The commands that a comment can give as `/session <name>`, in the order of the help. */
export const COMMAND_NAMES = [
  'start',
  'retry',
  'halt',
  'verify',
  'status',
  'ack-spec',
  'cancel',
  'reopen',
  'complete',
  'help',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

export function isCommandName(word: string): word is CommandName {
  return COMMAND_NAMES.some((name) => name === word);
}
