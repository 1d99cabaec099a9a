import {
  BUILT_IN_REPORT_FORMATS,
  reportTitle,
  sectionTitle,
  type ReportSectionFormat,
} from '../domain/report-format.ts';
import { quoteWithin, type CoderReportView } from './coder-report.ts';
import { codeSpan, escapeInline } from './markdown.ts';
import { parseReport } from './report.ts';

/** What we have to say of an escalation ourselves, by the built-in format's sections in their order. */
const PARTS = ['blocked', 'evidence', 'tried', 'question', 'options'] as const;
type Part = (typeof PARTS)[number];

/** Words by which a repository's own heading is known to ask for one of them. */
const WORDS: Readonly<Record<Part, RegExp>> = {
  blocked: /\b(?:blocked|blockers?|blocking|problem|stopped|halted)\b/,
  evidence: /\bevidence\b/,
  tried: /\b(?:tried|attempts?)\b/,
  question: /\b(?:questions?|decisions? (?:needed|required|wanted))\b/,
  options: /\b(?:options|alternatives)\b/,
};

/** A heading that asks what kind of failure it is, which the coder's report tells best, if it does. */
const KIND = /\b(?:failures?|failed|classification)\b/;

export interface EscalationTexts extends Readonly<Record<Part, string>> {
  /** What kind of failure it is, and whom it is for. */
  readonly kind: string;
}

/** A heading of the issue, and what stands below it. */
export interface EscalationSection {
  readonly title: string;
  readonly text: string;
}

/** Of a section that only the coder could fill; the whole report follows in the issue. */
const SECTION_SHOWN = 4_000;

/**
 * The sections as the repository's format has them: those we know with what we have, the others with what the
 * coder's report says there. What the format has no place for follows under our own headings.
 */
export function escalationSections(
  view: CoderReportView,
  texts: EscalationTexts,
): readonly EscalationSection[] {
  const left = new Set<Part>(PARTS);
  const asked = view.reportFormat.sections.flatMap((section) => {
    const title = escapeInline(sectionTitle(section));
    const part = [...left].find((one) => WORDS[one].test(reportTitle(section.title)));
    if (part === undefined) {
      const text = toldByCoder(view, section) ?? toldByUs(view, section, texts);
      return text === null ? [] : [{ title, text }];
    }
    left.delete(part);
    return [{ title, text: texts[part] }];
  });
  const ours = BUILT_IN_REPORT_FORMATS.escalation.sections.map(({ title }) => title);
  const more = PARTS.flatMap((part, at) =>
    left.has(part) ? [{ title: ours[at] ?? part, text: texts[part] }] : [],
  );
  return [...asked, ...more];
}

/** Null where the report says nothing there. */
function toldByCoder({ report }: CoderReportView, section: ReportSectionFormat): string | null {
  const found = parseReport(report ?? '').sections.find(
    ({ title }) => reportTitle(title) === reportTitle(section.title),
  );
  const text = found?.text.trim() ?? '';
  if (text === '') return null;
  return quoteWithin(text, '(The rest is in the report below.)', SECTION_SHOWN);
}

/** Null where the heading may be left out: only a coder could fill it, and none was asked to, or it need not. */
function toldByUs(
  { report, reportFormat }: CoderReportView,
  { title, required }: ReportSectionFormat,
  { kind }: EscalationTexts,
): string | null {
  if (KIND.test(reportTitle(title))) return kind;
  const isReported = (report ?? '').trim() !== '';
  if (!required || !isReported) return null;
  return `Not told: the coder’s report says nothing here, though ${codeSpan(reportFormat.file)} asks for it.`;
}
