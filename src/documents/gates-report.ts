import type { GateCommandConfig, ModuleConfig } from '../domain/config.ts';
import { unmetGates, type GateRun, type GateVerdict } from '../domain/gate.ts';
import type { CommandResult } from '../domain/verification.ts';
import type { CheckOutput } from '../domain/writes.ts';
import { renderLog } from './command-log.ts';
import { commandResultWords } from './command-words.ts';
import { renderDiagnostics } from './failure-section.ts';
import { codeSpan, escapeCell, escapeInline, table } from './markdown.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count } from './wording.ts';

export interface GatesCheckView {
  readonly module: Pick<ModuleConfig, 'id' | 'name'>;
  readonly attempt: number;
  readonly baseSha: string;
  /** Null where they held and are told by the document alone. */
  readonly verdicts: readonly GateVerdict[] | null;
}

export interface BaseCheckView {
  readonly sha: string;
  readonly gates: readonly GateCommandConfig[];
  readonly gateRun: GateRun;
  /** The commands' logs, where the run that handed the result over is this one. */
  readonly commands: readonly CommandResult[];
}

const VERDICT_SIGNS: Readonly<Record<GateVerdict['verdict'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  unknown: '❔ unknown',
};

const RESULT_SIGNS: Readonly<Record<GateRun['results'][string] | 'missing', string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  infrastructure: '⚠️ could not run',
  missing: '❔ not run',
};

const POINTER = '*Cut here: GitHub takes no more. The whole log is in the workflow run.*';

const IN_THE_DOCUMENT =
  'All of them passed there, and the base has moved on since: the document’s Gate Verification tells them.';

/** The output of `sessionwright / gates` on a document's commit: why its session could start. */
export function renderGatesCheck(view: GatesCheckView): CheckOutput {
  const verdicts = view.verdicts ?? [];
  const unmet = unmetGates(verdicts).length;
  const title =
    unmet === 0
      ? 'All gates passed'
      : `${String(unmet)} of ${count(verdicts.length, 'gate')} not passed`;
  const intro = `The gates of ${codeSpan(view.module.id)}, attempt ${String(view.attempt)}, judged on base ${codeSpan(view.baseSha)}.`;
  const summary = `${intro}\n\n${view.verdicts === null ? IN_THE_DOCUMENT : verdictTable(verdicts)}`;
  return { title, summary: truncate(summary, BODY_LIMIT, POINTER), text: '', annotations: [] };
}

function verdictTable(verdicts: readonly GateVerdict[]): string {
  const rows = verdicts.map((verdict) => [
    escapeCell(verdict.title),
    VERDICT_SIGNS[verdict.verdict],
    escapeCell(verdict.reason),
    escapeCell(verdict.clears),
  ]);
  return table(['Gate', 'Verdict', 'Why', 'What clears it'], rows);
}

/** The output of `sessionwright / base`: the gate commands' result, once per base commit. */
export function renderBaseCheck({ sha, gates, gateRun, commands }: BaseCheckView): CheckOutput {
  const results = gates.map((gate) => ({
    gate,
    result: gateRun.results[gate.id] ?? ('missing' as const),
  }));
  const failed = results.filter(({ result }) => result !== 'passed');
  const rows = results.map(({ gate, result }) => [
    escapeCell(gate.name),
    codeSpan(gate.run),
    RESULT_SIGNS[result],
  ]);
  const next = nextWords(results.map(({ result }) => result));
  const summary = `The gate commands on ${codeSpan(sha)}. ${next}\n\n${table(['Gate', 'Command', 'Result'], rows)}`;
  const logs = failed.flatMap(({ gate }) => commands.filter(({ id }) => id === gate.id));
  return {
    title:
      failed.length === 0
        ? 'Gate commands passed'
        : `${String(failed.length)} of ${count(gates.length, 'gate command')} not passed`,
    summary: truncate(summary, BODY_LIMIT, POINTER),
    text: truncate(logs.map(renderCommand).join('\n\n'), BODY_LIMIT, POINTER),
    annotations: [],
  };
}

function nextWords(results: readonly (keyof typeof RESULT_SIGNS)[]): string {
  if (results.includes('failed')) {
    return 'No session starts from this commit. Next: mend the base branch and push; whatever waits starts by itself.';
  }
  if (results.every((result) => result === 'passed')) return 'Sessions may start from this commit.';
  return 'Sessions wait until the rest has run as well. Next: nothing to do; it is run again by itself.';
}

/** What failed shows unfolded: this check has nothing else to say. */
function renderCommand(command: CommandResult): string {
  const title = `### ${escapeInline(`${command.name}: ${commandResultWords(command)}`)}`;
  const parts = [
    title,
    renderDiagnostics(command.diagnostics, command.diagnosticsOmitted),
    renderLog(command),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
