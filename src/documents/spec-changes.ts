import type { ChangedLines } from '../domain/changed-lines.ts';
import type { SpecChange, SpecChangeRange } from '../domain/spec-pack.ts';
import { compareUrl, link } from './links.ts';
import { codeSpan } from './markdown.ts';

/** A changed part of the specification in words, with its line counts and a link as far as they are known. */
export function describeSpecChange(change: SpecChange, range: SpecChangeRange): string {
  const counts = change.lines === undefined ? '' : ` (${countsText(change.lines)})`;
  return `${partText(change)} ${change.change}${counts}${compareLink(range)}`;
}

function partText({ part, name }: SpecChange): string {
  if (part === 'prompt') return 'Implementation prompt';
  if (part === 'handoff') return 'Context handoff';
  return `Shared type ${codeSpan(name)}`;
}

/** `+3 −1 lines`; a count of zero is left out, unless both are: then only the ends of lines changed. */
function countsText({ added, removed }: ChangedLines): string {
  const counts = [
    ...(added > 0 || removed === 0 ? [`+${String(added)}`] : []),
    ...(removed > 0 ? [`−${String(removed)}`] : []),
  ];
  return `${counts.join(' ')} ${added + removed === 1 ? 'line' : 'lines'}`;
}

function compareLink({ repositoryUrl, before, after }: SpecChangeRange): string {
  if (before === null || before === after) return '';
  return `, ${link('compare', compareUrl(repositoryUrl, before, after))}`;
}
