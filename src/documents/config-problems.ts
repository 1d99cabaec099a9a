import { formatProblem, type Problem } from '../domain/problem.ts';
import { more } from './manual-links.ts';
import { codeSpan, escapeCell, reveal, table } from './markdown.ts';
import { count } from './wording.ts';

/** Every problem in one table: the form for replies, checks and summaries. */
export function renderProblemsMarkdown(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'No problems found.';
  const rows = problems.map(({ file, line, message, fix }) => [
    codeSpan(line === null ? file : `${file}:${String(line)}`),
    escapeCell(message),
    escapeCell(fix),
  ]);
  return `${count(problems.length, 'problem')}, all to be fixed:\n\n${table(['Where', 'What is wrong', 'How to fix it'], rows)}\n\n${more(...problems.map(({ code }) => code))}`;
}

/** Every problem on a line of its own: the form for logs and terminals. */
export function renderProblemsText(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'No problems found.';
  const lines = problems.map((problem) => reveal(formatProblem(problem)).replace(/\s+/g, ' '));
  return [`${count(problems.length, 'problem')}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
