/** A program and the arguments before the script text itself. */
export interface Shell {
  readonly file: string;
  readonly args: readonly string[];
}

/** As GitHub's runner calls `bash`, so that a failing part of a pipe fails the whole. */
const BASH: Shell = { file: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '-c'] };

const KNOWN: ReadonlyMap<string, Shell> = new Map([
  ['bash', BASH],
  ['sh', { file: 'sh', args: ['-e', '-c'] }],
  ['node', { file: 'node', args: ['-e'] }],
  ['pwsh', { file: 'pwsh', args: ['-NoProfile', '-NonInteractive', '-Command'] }],
]);

/** A known name, or a command line of its own to which the script text is added after `-c`. */
export function shellOf(configured: string | null): Shell {
  const words = (configured ?? 'bash').split(' ').filter((word) => word !== '');
  const [file, ...args] = words;
  if (file === undefined) return BASH;
  return (args.length === 0 ? KNOWN.get(file) : undefined) ?? { file, args: [...args, '-c'] };
}
