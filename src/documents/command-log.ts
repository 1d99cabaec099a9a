import { createHash } from 'node:crypto';
import type { CommandResult } from '../domain/verification.ts';
import { codeSpan, details, fence } from './markdown.ts';

/** Characters of a log that are shown for one command. */
const TAIL_SHOWN = 8_000;

/** The command and the end of its output, folded. */
export function renderFoldedLog(command: CommandResult): string {
  if (command.tail.trim() === '') return renderLog(command);
  return details(`Log of ${command.name}`, renderLog(command));
}

/** The command and the end of its output, which says so where it may not be the whole. */
export function renderLog(command: CommandResult): string {
  if (command.tail.trim() === '') return `${codeSpan(command.run)} printed nothing.`;
  const shown = lastLines(command.tail);
  const isWhole = shown === command.tail && isWholeOutput(command);
  const parts = [
    fence(command.run, 'bash'),
    isWhole ? '' : lengthWords(shown),
    fence(shown, 'text'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The digest is of what was printed; where colours were taken out, only that these are the last lines is known. */
function isWholeOutput({ tail, logDigest }: CommandResult): boolean {
  return ['', '\n', '\n\n'].some(
    (end) =>
      createHash('sha256')
        .update(tail + end)
        .digest('hex') === logDigest,
  );
}

function lengthWords(shown: string): string {
  const lines = shown.split('\n').length;
  return lines === 1 ? '(the last line)' : `(the last ${String(lines)} lines)`;
}

function lastLines(log: string): string {
  if (log.length <= TAIL_SHOWN) return log;
  const end = log.trimEnd().slice(-TAIL_SHOWN);
  const line = end.indexOf('\n');
  return line === -1 ? end.replace(/^[\uDC00-\uDFFF]/, '') : end.slice(line + 1);
}
