import type { CommandResult } from '../domain/verification.ts';
import { codeSpan, details, fence } from './markdown.ts';

/** Characters of a log that are shown for one command. */
const TAIL_SHOWN = 8_000;

/** The command and the end of its output, folded. */
export function renderFoldedLog(command: CommandResult): string {
  if (command.tail.trim() === '') return renderLog(command);
  return details(`Log of ${command.name}`, renderLog(command));
}

/** The command and the end of its output, which says how much of it is shown. */
export function renderLog(command: CommandResult): string {
  if (command.tail.trim() === '') return `${codeSpan(command.run)} printed nothing.`;
  const shown = lastLines(command.tail);
  return [fence(command.run, 'bash'), lengthWords(shown), fence(shown, 'text')].join('\n\n');
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
