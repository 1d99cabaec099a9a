import { DEFAULT_CODE_STYLE } from '../../domain/config-defaults.ts';
import { translateRows } from './bracket-rows.ts';
import { translateText, type Translation } from './bracket-text.ts';
import { listOf } from './brackets.ts';
import type { ListBlock, SourceLine } from './markdown-blocks.ts';
import type { OrchestrationDocumentFields } from './orchestration-document-fields.ts';
import { textPart, valuePart, type Part } from './parts.ts';

const ITEM = /^(?<marker> *(?:[-*+]|\d{1,9}[.)]) +)(?<text>.*)$/;

/** How the reference's gate lines begin. */
const GATE_LINES = [
  'all dependencies marked',
  'shared types compile',
  'context handoff document accessible',
  'no unresolved blockers',
];

/** How lines of the reference end that ours go on from with a path. */
const PATHS: ReadonlyMap<string, keyof OrchestrationDocumentFields> = new Map([
  ['`planning-agent.md` escalation format', 'escalationReportPath'],
  ['`coding-agent.md` output format', 'reportPath'],
]);

const STYLE_LINES = new Set(DEFAULT_CODE_STYLE);

/** A list of the reference with our items in it; what the user added stays. */
export function translateList(list: ListBlock, translation: Translation): readonly Part[] {
  const heading = list.heading.toLowerCase();
  if (heading === 'gate verification') return gateList(list, translation);
  if (heading === 'code style reminders') return styleList(list, translation);
  return translateItems(list.items, translation);
}

function translateItems(items: readonly SourceLine[], translation: Translation): readonly Part[] {
  return translateRows(items, translation, {
    none: (item) => `${split(item).marker}None`,
    single: (item) => {
      const { marker, text } = split(item);
      const list = listOf(text);
      if (list !== null) return [eachItem(marker, list, item.number)];
      return [...translateText(item, translation), ...pathAfter(text, item), textPart('\n')];
    },
  });
}

/** Where the report that the line speaks of goes, which the reference leaves open. */
function pathAfter(text: string, { number }: SourceLine): readonly Part[] {
  const ending = [...PATHS.keys()].find((words) => text.endsWith(words));
  const field = ending === undefined ? undefined : PATHS.get(ending);
  return field === undefined ? [] : [textPart(', as '), valuePart(field, number, {})];
}

/** Every open box under the gates' heading that is the reference's gives way to ours, at the first one's place. */
function gateList({ items }: ListBlock, translation: Translation): readonly Part[] {
  const first = items.findIndex(isOpenBox);
  return items.flatMap((item, index) => {
    const kept = isOpenBox(item) && isGateLine(item) ? [] : translateItems([item], translation);
    return index === first ? [eachGate(split(item).marker, item.number), ...kept] : kept;
  });
}

function isOpenBox(item: SourceLine): boolean {
  return split(item).text.startsWith('[ ] ');
}

function isGateLine(item: SourceLine): boolean {
  const text = split(item).text.slice('[ ] '.length).toLowerCase();
  return GATE_LINES.some((start) => text.startsWith(start));
}

function styleList({ items }: ListBlock, translation: Translation): readonly Part[] {
  const isOurs = (item: SourceLine): boolean => STYLE_LINES.has(split(item).text);
  const first = items.findIndex(isOurs);
  return items.flatMap((item, index) => {
    if (index === first) return [eachItem(split(item).marker, 'codeStyle', item.number)];
    return isOurs(item) ? [] : translateItems([item], translation);
  });
}

function eachGate(marker: string, line: number): Part {
  return {
    kind: 'each',
    list: { from: 'document', name: 'gates', line },
    body: [
      textPart(`${marker}[`),
      valuePart('mark', line, { from: 'row' }),
      textPart('] '),
      valuePart('text', line, { from: 'row' }),
      textPart('\n'),
    ],
    otherwise: [],
  };
}

function eachItem(
  marker: string,
  list: 'blockers' | 'specChanges' | 'codeStyle',
  line: number,
): Part {
  return {
    kind: 'each',
    list: { from: 'document', name: list, line },
    body: [textPart(marker), valuePart('this', line, { from: 'row' }), textPart('\n')],
    otherwise: [textPart(`${marker}None\n`)],
  };
}

function split({ text }: SourceLine): { readonly marker: string; readonly text: string } {
  const { marker = '', text: rest = '' } = ITEM.exec(text)?.groups ?? {};
  return { marker, text: rest.trim() };
}
