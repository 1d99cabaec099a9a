import type { ProblemLog } from '../../domain/problem.ts';
import type { TemplateName } from '../template.ts';
import { namesClassInShell, translateFence } from './bracket-fences.ts';
import { translateList } from './bracket-lists.ts';
import { linkLabels } from './bracket-scan.ts';
import { translateTable } from './bracket-tables.ts';
import { translateLine, type Translation } from './bracket-text.ts';
import { readBlocks, type Block, type SourceLine } from './markdown-blocks.ts';
import type { Part } from './parts.ts';

/**
 * A template in the brackets of the reference, over the fields our own template gets. Braces mean
 * nothing in it, and what is no bracket stays to the letter.
 */
export function readBrackets(
  lines: readonly SourceLine[],
  template: TemplateName,
  log: ProblemLog,
): readonly Part[] {
  const blocks = readBlocks(lines);
  const text = blocks.filter(({ kind }) => kind !== 'fence').flatMap(linesOf);
  const translation = { template, labels: linkLabels(text.map((line) => line.text)), log };
  if (template !== 'orchestration-document') {
    return blocks.flatMap((block) => translateLines(block, translation));
  }
  const protocol = blocks.find((block) => block.kind === 'fence' && namesClassInShell(block));
  return blocks.flatMap((block) => translateBlock(block, translation, block === protocol));
}

function translateLines(block: Block, translation: Translation): readonly Part[] {
  const isCode = block.kind === 'fence';
  return linesOf(block).flatMap((line) => translateLine(line, translation, { isCode }));
}

function translateBlock(
  block: Block,
  translation: Translation,
  isProtocol: boolean,
): readonly Part[] {
  switch (block.kind) {
    case 'fence':
      return translateFence(block, translation, isProtocol);
    case 'table':
      return translateTable(block, translation);
    case 'list':
      return translateList(block, translation);
    case 'line':
      return translateLine(block.line, translation);
  }
}

function linesOf(block: Block): readonly SourceLine[] {
  switch (block.kind) {
    case 'fence':
      return block.lines;
    case 'table':
      return [...block.head, ...block.rows];
    case 'list':
      return block.items;
    case 'line':
      return [block.line];
  }
}
