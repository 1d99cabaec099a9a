import { DEFAULT_PATHS } from './config-defaults.ts';
import { findFences } from './markdown-fences.ts';
import { parseFrontMatter } from './front-matter.ts';
import { findSections, markdownLines } from './markdown-sections.ts';

/** What a coder leaves when its module is done, and what it leaves when it has to halt. */
export type ReportKind = 'implementation' | 'escalation';

/** What a report has to hold. */
export interface ReportFormat {
  /** The page that asks for it. */
  readonly file: string;
  /** Of the first heading, before the module's name. */
  readonly title: string;
  readonly keys: readonly ReportKey[];
  readonly sections: readonly ReportSectionFormat[];
}

/** A key of the front matter. */
export interface ReportKey {
  readonly name: string;
  /** What the format shows as its value: an example or a placeholder. */
  readonly example: string;
}

export interface ReportSectionFormat {
  readonly title: string;
  /** What the format says that the section is to hold. */
  readonly hint: string;
  /** False where the title ends in words such as `(optional)` or `(if any)`. */
  readonly required: boolean;
}

/** One thing that a report lacks or has wrong. */
export interface ReportGap {
  /** A sentence. */
  readonly message: string;
  /** 1-based; null where no line is to blame. */
  readonly line: number | null;
}

/** The format's section, in our words and in those the orchestration template uses for it. */
const SECTION_TITLES: Readonly<Record<ReportKind, RegExp>> = {
  implementation: /\b(?:implementation report|output format)\b/i,
  escalation: /\b(?:escalation report|escalation format)\b/i,
};

const OPTIONAL = /\((?:optional|if |where )[^()]*\)$/i;

/** No format that anybody fills in has more keys or sections; bounds what a report is held against. */
const MOST = 50;

const KEYS: readonly ReportKey[] = [
  { name: 'module', example: '[module-id]' },
  { name: 'session', example: '[session-id]' },
  { name: 'attempt', example: '[N]' },
];

const FILES_TABLE = [
  '| File   | Purpose                          |',
  '| :----- | :------------------------------- |',
  '| [path] | [what it is for; new or changed] |',
].join('\n');

const COMMANDS_TABLE = [
  '| Command   | Result                                        |',
  '| :-------- | :-------------------------------------------- |',
  '| [command] | [passed, failed or not run, and what it said] |',
].join('\n');

/** What counts where a repository declares nothing: the formats of the files under `templates/agents/`. */
export const BUILT_IN_REPORT_FORMATS: Readonly<Record<ReportKind, ReportFormat>> = {
  implementation: {
    file: DEFAULT_PATHS.codingAgent,
    title: 'Implementation',
    keys: KEYS,
    sections: [
      section('Summary', '[What was built, in two or three sentences.]'),
      section('Files', FILES_TABLE),
      section(
        'Decisions',
        '- [A choice the specification left open, what was chosen, and why; or "None"]',
      ),
      section('Verification', COMMANDS_TABLE),
      section('Known limits', '- [What the next reader should know; or "None"]'),
    ],
  },
  escalation: {
    file: DEFAULT_PATHS.planningAgent,
    title: 'Escalation',
    keys: [
      ...KEYS,
      { name: 'failureType', example: '[missing-type, spec-ambiguity or impossible-assertion]' },
    ],
    sections: [
      section('What is blocked', '[One sentence: what cannot be built.]'),
      section(
        'Evidence',
        '- [Where it shows: file and line, the sentence of the specification, the command and its message]',
      ),
      section('What was tried', '- [What was tried, and why it does not settle the question]'),
      section('Question', '[The one question whose answer lets the work go on.]'),
      section(
        'Options',
        '- [A possible answer and what follows from it; say which one you would take]',
      ),
    ],
  },
};

/**
 * The format that a repository's `coding-agent.md` or `planning-agent.md` declares: the keys and the `##` headings of
 * the first `markdown` block below its heading for the report. The built-in one where there is no such block.
 */
export function parseReportFormat(
  markdown: string | null,
  kind: ReportKind,
  file: string = BUILT_IN_REPORT_FORMATS[kind].file,
): ReportFormat {
  for (const { title, text } of findSections(markdownLines(markdown ?? ''))) {
    if (!SECTION_TITLES[kind].test(title)) continue;
    const block = findFences(markdownLines(text)).find(({ language }) => isMarkdown(language));
    const format = block === undefined ? null : parseBlock(block.lines, kind, file);
    if (format !== null) return format;
  }
  return { ...BUILT_IN_REPORT_FORMATS[kind], file };
}

/** `session`, `session-id` and `Session_ID` are one key. */
export function reportKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^(module|session)id$/, '$1');
}

/** A section's title as it stands in a report: without the words that say that it may be left out. */
export function sectionTitle({ title }: ReportSectionFormat): string {
  return title.replace(OPTIONAL, '').trim();
}

/** Titles are told apart by their words alone. */
export function reportTitle(title: string): string {
  return title
    .replace(OPTIONAL, '')
    .replace(/[\s:.]+$/, '')
    .toLowerCase();
}

function parseBlock(lines: readonly string[], kind: ReportKind, file: string): ReportFormat | null {
  const fields = [...(parseFrontMatter(lines)?.fields ?? [])];
  const headings = findSections(lines);
  const sections = headings.filter(({ level }) => level === 2);
  if (fields.length === 0 && sections.length === 0) return null;
  const [title = ''] = headings.find(({ level }) => level === 1)?.title.split(':', 1) ?? [];
  return {
    file,
    title: title.trim() || BUILT_IN_REPORT_FORMATS[kind].title,
    keys: fields.slice(0, MOST).map(([name, { value }]) => ({ name, example: value })),
    sections: sections.slice(0, MOST).map(({ title, text }) => section(title, text)),
  };
}

function isMarkdown(language: string): boolean {
  return language === 'markdown' || language === 'md';
}

function section(title: string, hint: string): ReportSectionFormat {
  return { title, hint, required: !OPTIONAL.test(title) };
}
