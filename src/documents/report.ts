import {
  type FrontMatterField,
  parseFrontMatter,
  renderFrontMatter,
} from '../domain/front-matter.ts';
import { findSections, markdownLines, type MarkdownSection } from '../domain/markdown-sections.ts';
import {
  BUILT_IN_REPORT_FORMATS,
  reportKey,
  type ReportFormat,
  type ReportKind,
} from '../domain/report-format.ts';
import { escapeInline } from './markdown.ts';

/** A report as it was found. */
export interface Report {
  /** Null where the file does not begin with any. */
  readonly frontMatter: ReadonlyMap<string, FrontMatterField> | null;
  readonly sections: readonly MarkdownSection[];
  /** Without the front matter. */
  readonly body: string;
}

/** The session that a report is of. */
export interface ReportView {
  readonly module: { readonly id: string; readonly name: string };
  readonly sessionId: string;
  readonly attempt: number;
}

/** What a report's front matter says of its session; null what it does not say. */
export interface ReportMetadata {
  readonly module: string | null;
  readonly sessionId: string | null;
  readonly attempt: number | null;
}

const ATTEMPT = /^([1-9][0-9]{0,5})(?: of [1-9][0-9]{0,5})?$/;

/** Reads a report, whatever it is: what is not there is not in the answer. */
export function parseReport(text: string): Report {
  const lines = markdownLines(text);
  const frontMatter = parseFrontMatter(lines);
  const length = frontMatter?.length ?? 0;
  // In its place stand empty lines, so that the sections keep their line numbers.
  const body = lines.slice(length);
  return {
    frontMatter: frontMatter?.fields ?? null,
    sections: findSections([...Array.from({ length }, () => ''), ...body]),
    body: body.join('\n'),
  };
}

/** A report of this session to be filled in: its front matter is, its sections say what belongs there. */
export function renderReport(
  kind: ReportKind,
  view: ReportView,
  format: ReportFormat = BUILT_IN_REPORT_FORMATS[kind],
): string {
  const own = new Map([
    ['module', view.module.id],
    ['session', view.sessionId],
    ['attempt', String(view.attempt)],
  ]);
  const fields = format.keys.map(
    ({ name, example }) => [name, own.get(reportKey(name)) ?? example] as const,
  );
  const parts = [
    ...(fields.length === 0 ? [] : [renderFrontMatter(fields)]),
    `# ${format.title}: ${escapeInline(view.module.name)}`,
    ...format.sections.map(({ title, hint }) => `## ${title}\n\n${hint}`.trimEnd()),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The session that a report says it is of. */
export function reportMetadata({ frontMatter }: Report): ReportMetadata {
  const value = (key: string): string | null => reportField(frontMatter, key)?.value ?? null;
  const [, attempt] = ATTEMPT.exec(value('attempt') ?? '') ?? [];
  return {
    module: value('module'),
    sessionId: value('session'),
    attempt: attempt === undefined ? null : Number(attempt),
  };
}

/** A key's value where there is one, however the key is spelt. */
export function reportField(
  frontMatter: Report['frontMatter'],
  name: string,
): FrontMatterField | null {
  for (const [key, field] of frontMatter ?? []) {
    if (reportKey(key) === reportKey(name)) return field;
  }
  return null;
}
