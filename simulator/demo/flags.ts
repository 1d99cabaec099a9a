import { parseArgs } from 'node:util';

export interface Flags {
  readonly keep: boolean;
  readonly breakModule: string | null;
  readonly node: string | null;
  readonly output: string;
}

export type ParsedFlags =
  | { readonly kind: 'flags'; readonly flags: Flags }
  | { readonly kind: 'help' }
  /** One line that says what is wrong. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What there is to say after `npm run demo --`. */
export const HELP = `Plays the story of examples/plex-client on a GitHub of its own, and keeps what came of it.

  --keep             leave the simulated GitHub running and print its address
  --output <folder>  keep documents, pull requests, checks and issues here; demo-output unless given
  --break <module>   let one of the story's modules fail, to see what the demo says
  --node <binary>    run the action with another Node.js`;

/** Reads the command line; a module to break must be one of the story's. */
export function parseFlags(args: readonly string[], modules: readonly string[]): ParsedFlags {
  const read = readValues(args);
  if (typeof read === 'string') return { kind: 'refused', reason: read };
  if (read.help) return { kind: 'help' };
  const breakModule = read.break ?? null;
  if (breakModule !== null && !modules.includes(breakModule)) {
    const reason = `--break: there is no module "${breakModule}"; the story has ${modules.join(', ')}.`;
    return { kind: 'refused', reason };
  }
  const { keep, output } = read;
  return { kind: 'flags', flags: { keep, breakModule, node: read.node ?? null, output } };
}

function readValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        keep: { type: 'boolean', default: false },
        break: { type: 'string' },
        node: { type: 'string' },
        output: { type: 'string', default: 'demo-output' },
      },
    }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.split('\n')[0] ?? message;
  }
}
