/** A command of a block of shell: its words, without quotes, variables set for it, redirections and what it is piped into. */
export type Words = readonly string[];

/** A word, something that ends a command, or a redirection. */
const TOKEN = /(?<end>\n|&&|\|\||[;|])|\d?[<>]+\s*\S+|(?<word>(?:'[^']*'|"[^"]*"|[^\s'"&;|<>])+)/gu;

/** Every command of a block. What follows `#` is a remark; in a `console`, only lines with `$` are typed in. */
export function commandsOf({ language, text }: Block): readonly Words[] {
  const commands: string[][] = [[]];
  for (const { groups } of typedIn({ language, text }).matchAll(TOKEN)) {
    if (groups?.['end'] !== undefined) commands.push([]);
    const word = groups?.['word'];
    const command = commands.at(-1);
    const isAssignment = command?.length === 0 && /^[A-Z_]+=/u.test(word ?? '');
    if (word !== undefined && !isAssignment) command?.push(word.replaceAll(/['"]/gu, ''));
  }
  return commands.filter((words) => words.length > 0);
}

export interface Block {
  readonly language: string | null;
  readonly text: string;
}

/** What somebody would type in, as one script. */
export function typedIn({ language, text }: Block): string {
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  const typed =
    language === 'console'
      ? lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
      : lines;
  return typed.map((line) => line.replace(/(?:^|\s)#.*$/u, '')).join('\n');
}

/** The arguments of our own program, however it is called; null for another one. */
export function ourArguments([first = '', second = '', ...rest]: Words): Words | null {
  if (first === 'sessionwright') return [second, ...rest].filter((word) => word !== '');
  if (first === 'npx' && second === 'sessionwright') return rest;
  if (first === 'node' && second.endsWith('dist/cli.js')) return rest;
  return null;
}
