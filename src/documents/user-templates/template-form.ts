import type { TemplateName } from '../template.ts';
import { linkLabels, scanLine } from './bracket-scan.ts';
import { fieldNamed, type Fields } from './field.ts';

/** A template's text as it is in the file, and the number of lines above it there. */
export interface TemplateText {
  readonly text: string;
  readonly linesAbove: number;
}

const BLOCKS = new Set(['each', 'if', 'unless', 'else']);

const METADATA_ROW = '**Module ID**';

/**
 * The template inside a file that explains it, as the reference does: what stands between the first
 * fence of `markdown` and the last closing one, since the fences inside are no longer than the outer
 * one. A file that is the template itself may hold such a fence too; there the metadata is outside.
 */
export function unwrap(text: string, template: TemplateName): TemplateText {
  const whole = { text, linesAbove: 0 };
  if (template !== 'orchestration-document') return whole;
  const lines = text.split('\n').map((line) => line.trimEnd());
  const open = lines.findIndex((line) => /^`{3,}markdown$/.test(line));
  const fence = lines[open]?.replace('markdown', '') ?? '';
  const close = lines.lastIndexOf(fence);
  const metadata = lines.findIndex((line) => line.includes(METADATA_ROW));
  if (open === -1 || metadata < open || metadata > close) return whole;
  const inside = text
    .split('\n')
    .slice(open + 1, close)
    .join('\n')
    .trimEnd();
  return { text: `${inside}\n`, linesAbove: open + 1 };
}

/** Whether a Markdown file is in Handlebars: a tag in it names what we know, or it has no bracket to fill. */
export function isHandlebars(text: string, fields: Fields): boolean {
  if (!text.includes('{{')) return false;
  for (const [, name = ''] of text.matchAll(/\{\{[{~&#^/]{0,3} ?(?:\.\.\/|this\.)?(\w+)/g)) {
    if (BLOCKS.has(name) || fieldNamed(fields, name) !== null) return true;
  }
  const lines = text.split('\n');
  const labels = linkLabels(lines);
  return !lines.some((line) =>
    scanLine(line, { isCode: false, labels }).some(({ kind }) => kind === 'known'),
  );
}
