import { translateLine, type Translation } from './bracket-text.ts';
import type { FenceBlock } from './markdown-blocks.ts';
import type { OrchestrationDocumentFields } from './orchestration-document-fields.ts';
import { textPart, valuePart, type Part } from './parts.ts';

const SHELLS = new Set(['bash', 'sh', 'shell', 'zsh', 'console']);

/** A block that one of our fields stands for as a whole, and what is said below it. */
interface Counterpart {
  readonly block: keyof OrchestrationDocumentFields;
  readonly note: keyof OrchestrationDocumentFields | null;
}

/**
 * A block of code of the reference with ours in its place, any other with its brackets filled. Only
 * one is the verification protocol: another that names the class is the user's own.
 */
export function translateFence(
  fence: FenceBlock,
  translation: Translation,
  isProtocol: boolean,
): readonly Part[] {
  const counterpart: Counterpart | null = isProtocol
    ? { block: 'commands', note: null }
    : counterpartOf(fence);
  if (counterpart === null) {
    return fence.lines.flatMap((line) => translateLine(line, translation, { isCode: true }));
  }
  const line = fence.lines[0]?.number ?? 1;
  const { indent } = fence;
  const block = valuePart(counterpart.block, line, { fit: { indent } });
  if (counterpart.note === null) return [block, textPart('\n')];
  const note = valuePart(counterpart.note, line, {});
  return [block, textPart(`\n\n${indent}`), note, textPart('\n')];
}

/** Whether it is a shell's script with a test of the module in it, as the reference's protocol is. */
export function namesClassInShell({ language, lines }: FenceBlock): boolean {
  return SHELLS.has(language) && lines.some(({ text }) => text.includes('[ModuleName]'));
}

function counterpartOf({ lines }: FenceBlock): Counterpart | null {
  const text = lines.map((line) => line.text).join('\n');
  if (text.includes('[module-name]') && /^[ \t>]*[├└]──/m.test(text)) {
    return { block: 'filesToCreate', note: null };
  }
  if (!text.includes('"[module-id]"')) return null;
  const status = /"status": *"(blocked|review)"/.exec(text)?.[1];
  if (status === 'blocked') return { block: 'haltEntry', note: 'haltNote' };
  return status === 'review' ? { block: 'doneEntry', note: 'doneNote' } : null;
}
