import type { Told } from '../domain/messages/catalogue.ts';
import type { Problem } from '../domain/problem.ts';
import { renderProblemsMarkdown } from './config-problems.ts';
import { link } from './links.ts';
import { more } from './manual-links.ts';
import { bulletList, escapeInline, fence } from './markdown.ts';
import { truncate } from './truncate.ts';
import { sentence } from './wording.ts';

/** What one run of the action did, for the page of the workflow run. */
export interface JobSummaryView {
  readonly mode: 'plan' | 'verify' | 'orchestrate' | 'repair';
  readonly dryRun: boolean;
  /** What woke the run, in a few words. */
  readonly trigger: string;
  readonly observed: readonly string[];
  readonly decided: readonly string[];
  readonly done: readonly string[];
  /** What a dry run found due, as JSON; null where the run did it. */
  readonly plan: string | null;
  readonly problems: readonly Problem[];
  readonly failure: Told | null;
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/**
 * Characters of a step summary; GitHub takes 1 MiB in UTF-8, three bytes a character at most here
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits).
 */
const SUMMARY_LIMIT = 340_000;

/** The step summary of a run: observed, decided, done, and what stood in the way. */
export function renderJobSummary(view: JobSummaryView): string {
  const parts = [
    `## Sessionwright: ${view.mode}${view.dryRun ? ' (dry run, nothing was changed)' : ''}`,
    `Woken by: ${escapeInline(view.trigger)}.`,
    view.failure === null ? '' : renderFailure(view.failure),
    view.observed.length === 0 ? '' : section('Observed', view.observed, ''),
    section('Decided', view.decided, 'Nothing is due.'),
    section(view.dryRun ? 'Would do' : 'Done', view.done, 'Nothing: zero writes.'),
    view.plan === null ? '' : `### Plan as JSON\n\n${fence(view.plan, 'json')}`,
    view.problems.length === 0 ? '' : `### Problems\n\n${renderProblemsMarkdown(view.problems)}`,
    view.links.length === 0
      ? ''
      : `### Links\n\n${bulletList(view.links.map(({ text, url }) => link(text, url)))}`,
  ];
  const summary = parts.filter((part) => part !== '').join('\n\n');
  return `${truncate(summary, SUMMARY_LIMIT, '*Cut here: GitHub takes no more.*')}\n`;
}

/** What ended a run, and why where that is at hand; all lines stand in the same box. */
export function renderFailure({ code, message, fix }: Told, why = ''): string {
  const lines = [
    ...message.split('\n').map(sentence),
    ...(why === '' ? [] : [`Why: ${why}`]),
    ...`Next: ${fix}`.split('\n'),
    more(code),
  ];
  return ['> [!CAUTION]', ...lines].join('\n> ');
}

function section(title: string, lines: readonly string[], empty: string): string {
  const body = lines.length === 0 ? empty : bulletList(lines.map(escapeInline));
  return `### ${title}\n\n${body}`;
}
