import type { MarkdownSection } from '../domain/markdown-sections.ts';
import {
  reportKey,
  reportTitle,
  type ReportFormat,
  type ReportGap,
  type ReportKey,
  type ReportSectionFormat,
} from '../domain/report-format.ts';
import { parseReport, reportField, reportMetadata, type Report } from './report.ts';

/** The session that a report has to be of. */
export interface ReportedSession {
  readonly module: string;
  /** Null where the state does not know it. */
  readonly sessionId: string | null;
  readonly attempt: number;
}

/** A report is a few pages; a larger file is not read. */
const REPORT_LIMIT_CHARACTERS = 200_000;

const VALUE_SHOWN = 80;

const COMMENT = /<!--[^]*?(?:-->|$)/g;
const SUBHEADING = /^ {0,3}#{1,6}(?:[ \t].*)?$/gm;
const WORD = /[\p{L}\p{N}\p{So}]/u;

/** What a report lacks or has wrong against its format; of a report that is as it should be, nothing. More sections than asked for are fine. */
export function reportGaps(
  text: string | null,
  format: ReportFormat,
  session: ReportedSession,
): readonly ReportGap[] {
  if (text === null) return [gap('There is no such file.')];
  if (text.length > REPORT_LIMIT_CHARACTERS) {
    const limit = REPORT_LIMIT_CHARACTERS.toLocaleString('en-US');
    return [gap(`The file has more than ${limit} characters and is not read; shorten it.`)];
  }
  const report = parseReport(text);
  return [
    ...frontMatterGaps(report, format.keys),
    ...sessionGaps(report, format.keys, session),
    ...missingSections(report, format.sections),
    ...format.sections.flatMap((section) => sectionGaps(report, section)),
  ];
}

function frontMatterGaps(
  { frontMatter }: Report,
  keys: readonly ReportKey[],
): readonly ReportGap[] {
  if (keys.length === 0) return [];
  if (frontMatter === null) {
    const names = keys.map(({ name }) => code(name)).join(', ');
    return [
      gap(`The file does not begin with front matter, two lines \`---\` around ${names}.`, 1),
    ];
  }
  const lacking = keys.filter(({ name }) => reportField(frontMatter, name) === null);
  const names = lacking.map(({ name }) => code(name)).join(', ');
  return [
    ...(lacking.length === 0 ? [] : [gap(`The front matter lacks ${names}.`, 1)]),
    ...keys.flatMap((key) => {
      const field = reportField(frontMatter, key.name);
      if (field === null || isFilled(field.value, key)) return [];
      return [gap(`The front matter leaves ${code(key.name)} open.`, field.line)];
    }),
  ];
}

/** What stands in brackets is left over where it is the format's own, or where only a session's own value will do. */
function isFilled(value: string, { name, example }: ReportKey): boolean {
  if (!isPlaceholder(value)) return value !== '';
  return value !== example && !['module', 'session', 'attempt'].includes(reportKey(name));
}

function isPlaceholder(text: string): boolean {
  return /^(?:\[[^\]]*\]|<[^>]*>)$/.test(text);
}

/** Whatever the format asks for, a report may not say that it is of another session. */
function sessionGaps(
  report: Report,
  keys: readonly ReportKey[],
  session: ReportedSession,
): readonly ReportGap[] {
  const told = reportMetadata(report);
  const gaps: ReportGap[] = [];
  const check = (key: string, isRight: boolean, expected: string): void => {
    const field = reportField(report.frontMatter, key);
    if (field === null || field.value === '' || isRight) return;
    const asked = keys.find(({ name }) => reportKey(name) === key);
    if (asked !== undefined && !isFilled(field.value, asked)) return;
    const message = `The front matter names ${key} ${code(field.value)}, but this is ${key} ${code(expected)}.`;
    gaps.push(gap(message, field.line));
  };
  const { module, sessionId, attempt } = session;
  check('module', told.module === module, module);
  if (sessionId !== null) check('session', sameId(told.sessionId, sessionId), sessionId);
  check('attempt', told.attempt === attempt, String(attempt));
  return gaps;
}

function missingSections(
  report: Report,
  formats: readonly ReportSectionFormat[],
): readonly ReportGap[] {
  const missing = formats.filter((one) => one.required && sectionsOf(report, one).length === 0);
  if (missing.length === 0) return [];
  const names = missing.map(({ title }) => `"${title}"`).join(', ');
  return [
    gap(
      missing.length === 1
        ? `The section ${names} is missing.`
        : `The sections ${names} are missing.`,
    ),
  ];
}

/** What a section that is there lacks. */
function sectionGaps(report: Report, format: ReportSectionFormat): readonly ReportGap[] {
  const found = sectionsOf(report, format);
  const [first] = found;
  const name = `"${format.title}"`;
  if (first === undefined) return [];
  if (found.some(({ text }) => isWritten(text, format.hint))) return [];
  if (!found.some(({ text }) => hasWords(text))) {
    return [gap(`The section ${name} is empty.`, first.line)];
  }
  return [gap(`The section ${name} still holds what the format says of it.`, first.line)];
}

function sectionsOf(report: Report, { title }: ReportSectionFormat): readonly MarkdownSection[] {
  return report.sections.filter((section) => reportTitle(section.title) === reportTitle(title));
}

/** "None" says something, even where the format has it too. */
function isWritten(text: string, hint: string): boolean {
  if (!hasWords(text)) return false;
  return squeeze(text) !== squeeze(hint) || /^\W*none\W*$/i.test(text);
}

/** Comments, rules, empty list items and headings without text below are no content. */
function hasWords(text: string): boolean {
  return WORD.test(text.replace(COMMENT, '').replace(SUBHEADING, ''));
}

/** A formatter changes blanks and the width of tables. */
function squeeze(text: string): string {
  return text.replace(/\s+|-(?=-)/g, '');
}

function sameId(told: string | null, id: string): boolean {
  return told?.toLowerCase() === id.toLowerCase();
}

function gap(message: string, line: number | null = null): ReportGap {
  return { message, line };
}

function code(text: string): string {
  const line = text.replaceAll('`', "'").replace(/\s+/g, ' ');
  const shown = line.slice(0, VALUE_SHOWN).replace(/[\uD800-\uDBFF]$/, '');
  return `\`${shown}${shown.length < line.length ? '…' : ''}\``;
}
