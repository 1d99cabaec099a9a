import { suggest } from '../../domain/nearest.ts';
import type { ProblemLog } from '../../domain/problem.ts';
import type { TemplateName } from '../template.ts';
import { scanLine } from './bracket-scan.ts';
import {
  fillingsOf,
  isWord,
  KNOWN_BRACKETS,
  placeOf,
  rowFieldOf,
  type Repeated,
} from './brackets.ts';
import type { SourceLine } from './markdown-blocks.ts';
import { textPart, valuePart, type Part } from './parts.ts';

/** What a template in brackets is translated with. */
export interface Translation {
  readonly template: TemplateName;
  /** Of the links that are defined in it. */
  readonly labels: ReadonlySet<string>;
  readonly log: ProblemLog;
}

interface Place {
  readonly isCode: boolean;
  /** The list whose row this line is. */
  readonly row: Repeated | null;
}

const IN_TEXT: Place = { isCode: false, row: null };

/** A line with its brackets filled and its end; a bracket that cannot be is noted. */
export function translateLine(
  line: SourceLine,
  translation: Translation,
  place: Partial<Place> = {},
): readonly Part[] {
  return [...translateText(line, translation, place), textPart('\n')];
}

/** As `translateLine`, for a piece of a line. */
export function translateText(
  { text, number }: SourceLine,
  translation: Translation,
  place: Partial<Place> = {},
): readonly Part[] {
  const { isCode, row } = { ...IN_TEXT, ...place };
  return scanLine(text, { isCode, labels: translation.labels }).flatMap((token) => {
    if (token.kind === 'text') return [textPart(token.text)];
    if (token.kind === 'known') return fill({ text: token.text, number }, translation, row);
    if (token.kind === 'link') return fillLink({ text: token.text, number }, translation, row);
    noteUnknown(token.text, number, translation.log);
    return [];
  });
}

function fill(line: SourceLine, translation: Translation, row: Repeated | null): readonly Part[] {
  const { text, number } = line;
  const { template, log } = translation;
  const filled = valuesOf(line, template, row);
  if (filled !== null) return filled;
  if (!text.includes('[')) return [textPart(text)];
  if (template !== 'orchestration-document') {
    log.add(number, `${text.trim()} is not known in the template "${template}".`, FIX_ELSEWHERE);
  } else {
    log.add(number, `${text} does not stand alone.`, `It is filled ${placeOf(text) ?? 'nowhere'}.`);
  }
  return [];
}

/** The text of a link, in its brackets. */
function fillLink(
  line: SourceLine,
  translation: Translation,
  row: Repeated | null,
): readonly Part[] {
  const filled = valuesOf(line, translation.template, row);
  if (filled !== null) return [textPart('['), ...filled, textPart(']')];
  return isWord(line.text) ? [textPart(line.text)] : fill(line, translation, row);
}

/** What a bracket becomes, or null where nothing fills it there. */
function valuesOf(
  { text, number }: SourceLine,
  template: TemplateName,
  row: Repeated | null,
): readonly Part[] | null {
  const field = row === null ? null : rowFieldOf(text, row);
  if (field !== null) return [valuePart(field, number, { from: 'row' })];
  const fillings = fillingsOf(text, template);
  if (fillings === null) return null;
  return fillings.map((one) => {
    if (typeof one === 'string') return textPart(one);
    return valuePart(one.field, number, { fit: one.bare ? 'bare' : 'as it is' });
  });
}

const FIX_ELSEWHERE =
  'Take it out, or write the template in Handlebars, with the fields that docs/templates.md lists.';

function noteUnknown(text: string, line: number, log: ProblemLog): void {
  log.add(line, `${text} is no bracket that is known, and nothing would fill it.`, () =>
    suggest(text, KNOWN_BRACKETS, `Fill it in, or write \\${text} outside code to keep it.`),
  );
}
