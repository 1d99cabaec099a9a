import type { Failure, FailureRow } from '../domain/failure.ts';
import { commandProves, type CommandResult } from '../domain/verification.ts';
import type { CheckOutput } from '../domain/writes.ts';
import { renderLog } from './command-log.ts';
import { commandResultSign, commandResultWords } from './command-words.ts';
import { renderDiagnostics } from './failure-section.ts';
import { link } from './links.ts';
import { bulletList, codeSpan, escapeCell, escapeInline, table } from './markdown.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { renderNotASessionCheck } from './verification-report.ts';
import { count, duration, failureTitle } from './wording.ts';

/** A session in a merge group, and whether its head was found green. */
interface GroupSessionView {
  readonly module: string;
  readonly attempt: number;
  readonly pullRequest: number | null;
  readonly verified: boolean;
}

export interface MergeGroupView {
  readonly verdict: 'no-session' | 'unverified' | 'green' | 'red' | 'infrastructure' | 'not-run';
  readonly sessions: readonly GroupSessionView[];
  /** Run on what the queue merged; none where that was not to be run, or brought nothing back. */
  readonly commands: readonly CommandResult[];
  /** What those came to, of the failure table's types. */
  readonly failures: readonly Pick<Failure, 'type' | 'source' | 'message'>[];
  readonly table: readonly FailureRow[];
  readonly runUrl: string | null;
}

/** The required check on a merge group's head. */
export function renderMergeGroupCheck(view: MergeGroupView): CheckOutput {
  if (view.verdict === 'no-session') return renderNotASessionCheck();
  const { commands, runUrl } = view;
  const pointer = `*Cut here. The whole log is in ${runUrl === null ? 'the workflow run' : link('the workflow run', runUrl)}.*`;
  const summary = [
    `This merge group holds:\n\n${bulletList(view.sessions.map(sessionLine))}`,
    commandTable(commands),
    nextWords(view.verdict),
  ];
  const failed = commands.filter((command) => !commandProves(command));
  return {
    title: titleOf(view),
    summary: truncate(summary.filter(isWritten).join('\n\n'), BODY_LIMIT, pointer),
    text: truncate(
      failed.map((command) => renderCommand(command, view)).join('\n\n'),
      BODY_LIMIT,
      pointer,
    ),
    annotations: [],
  };
}

function sessionLine({ module, attempt, pullRequest, verified }: GroupSessionView): string {
  const where = pullRequest === null ? '' : ` in #${String(pullRequest)}`;
  const how = verified ? '✅ verified at its head' : '❌ not verified at its head';
  return `${codeSpan(module)}, attempt ${String(attempt)}${where}: ${how}`;
}

function titleOf({ verdict, sessions, commands }: MergeGroupView): string {
  switch (verdict) {
    case 'no-session':
      return 'Not a session';
    case 'unverified':
      return `${count(sessions.filter((one) => !one.verified).length, 'session')} not verified`;
    case 'green':
      return `${count(sessions.length, 'session')} verified together`;
    case 'red':
      return `${count(commands.filter((one) => !commandProves(one)).length, 'command')} failed on what is merged`;
    case 'infrastructure':
    case 'not-run':
      return 'Could not verify (infrastructure)';
  }
}

function nextWords(verdict: MergeGroupView['verdict']): string {
  switch (verdict) {
    case 'no-session':
    case 'green':
      return 'Nothing is left to do: each was verified at its head, and all commands passed on what the queue merged.';
    case 'unverified':
      return 'Next: have the head of each that is not verified turn green, then queue it again. Nothing was run.';
    case 'red':
      return 'Each passes alone, and not with what it is merged with. Next: bring the branch up to date with its base, mend what is listed below, and queue it again.';
    case 'not-run':
      return 'The verify job brought back nothing that can be used. Next: queue it again.';
    case 'infrastructure':
      return 'The runner, the network or the set-up kept the commands from judging what is merged; nothing says that the code is wrong. Next: mend what is listed below, then queue it again.';
  }
}

function commandTable(commands: readonly CommandResult[]): string {
  if (commands.length === 0) return '';
  const rows = commands.map((command) => [
    escapeCell(command.name),
    `${commandResultSign(command)} ${escapeInline(commandResultWords(command))}`,
    duration(command.durationMs),
  ]);
  return table(['Check', 'Result', 'Time'], rows);
}

/** What failed shows unfolded: this check has nothing else to say. */
function renderCommand(command: CommandResult, { failures, table: rows }: MergeGroupView): string {
  const title = `### ${escapeInline(`${command.name}: ${commandResultWords(command)}`)}`;
  const causes = failures
    .filter(({ source }) => source === command.id)
    .map(({ type, message }) => `${failureTitle(rows, type) ?? type}: ${message}`);
  return [
    title,
    ...causes.map(escapeInline),
    renderDiagnostics(command.diagnostics),
    renderLog(command),
  ]
    .filter(isWritten)
    .join('\n\n');
}

function isWritten(part: string): boolean {
  return part !== '';
}
