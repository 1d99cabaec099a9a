import {
  CATALOGUE,
  tell,
  type MessageCode,
  type Told,
} from '../../src/domain/messages/catalogue.ts';
import { EXPLANATIONS } from '../../src/domain/messages/explanations.ts';
import { PROBLEM_KINDS, type ProblemCode } from '../../src/domain/messages/problem-kinds.ts';
import { replaceParts } from './generated-parts.ts';

export const MESSAGE_CODES = Object.keys(CATALOGUE) as readonly MessageCode[];
export const PROBLEM_CODES = Object.keys(PROBLEM_KINDS) as readonly ProblemCode[];

/** The page with its generated parts, between `<!-- name -->` and `<!-- /name -->`, made anew. */
export function renderTroubleshootingPage(page: string): string {
  const parts = {
    messages: MESSAGE_CODES.toSorted().map(renderMessage).join('\n\n'),
    problems: PROBLEM_CODES.toSorted().map(renderKind).join('\n\n'),
  };
  return replaceParts(page, parts);
}

function renderMessage(code: MessageCode): string {
  const { title, why } = EXPLANATIONS[code];
  const { message, fix } = tellExample(code);
  const seen = ['```text', message, '```'].join('\n');
  return [
    `### ${code}`,
    `**${title}.** What you see:`,
    seen,
    `**Why:** ${why}`,
    `**What to do:** ${sentence(fix)}`,
  ].join('\n\n');
}

/** A message as it stands in the manual. */
export function tellExample<Code extends MessageCode>(code: Code): Told & { readonly code: Code } {
  return { ...tell(code, EXPLANATIONS[code].example), code };
}

function renderKind(code: ProblemCode): string {
  const { title, why, fix } = PROBLEM_KINDS[code];
  return [`### ${code}`, `**${title}.**`, `**Why:** ${why}`, `**What to do:** ${fix}`].join('\n\n');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
