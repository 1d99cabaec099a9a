import { boardOf } from '../documents/board.ts';
import { reveal } from '../documents/markdown.ts';
import { orphanWords } from '../documents/orphan.ts';
import { progressBar } from '../documents/progress.ts';
import { count } from '../documents/wording.ts';
import type { Context } from './command.ts';
import type { Status, StatusModule } from './status.ts';

type Colours = Pick<Context, 'colours'>;

/** Names and reasons are somebody else's text, so nothing of them may steer the terminal. */
export function statusText(status: Status, source: string, { colours }: Colours): string {
  const { bold, dim, green, yellow } = colours;
  const { progress, modules } = status;
  const board = boardOf(modules);
  const made = `${String(progress.done)} of ${count(progress.total, 'module')} complete`;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Running', board.running.map((one) => line(one, attemptOf(one), { colours }))],
    ['Waiting', board.waiting.map((one) => line(one, `for ${one.waitsFor ?? '—'}`, { colours }))],
    ['Blocked', board.blocked.map((one) => line(one, `for ${one.waitsFor ?? '—'}`, { colours }))],
    ['Ready, not asked for', board.ready.map((one) => line(one, '', { colours }))],
    ['Not asked for', board.unasked.map((one) => line(one, one.waitsFor ?? '', { colours }))],
    ['Done', board.done.map((one) => line(one, '', { colours }))],
    ['Not in the config any more', status.orphans.map(orphanLine)],
  ];
  return [
    dim(source),
    [
      bold(reveal(status.title)),
      `${green(progressBar(progress))} ${made}, ${String(progress.percent)} %`,
      ...(status.paused ? [yellow('Paused: nothing starts.')] : []),
    ].join('\n'),
    ...sections.flatMap(([title, lines]) =>
      lines.length === 0
        ? []
        : [[`${bold(title)} ${dim(`(${String(lines.length)})`)}`, ...lines].join('\n')],
    ),
    ...criticalPath(status, { colours }),
  ].join('\n\n');
}

function attemptOf({ attempt, maxAttempts, waitsFor }: StatusModule): string {
  const next = waitsFor === null ? '' : `, for ${waitsFor}`;
  return `attempt ${String(attempt)} of ${String(maxAttempts)}${next}`;
}

function line(module: StatusModule, about: string, { colours }: Colours): string {
  const { cyan, dim, yellow } = colours;
  const { id, name, status, url, note } = module;
  const words = [
    `  ${signOf(status, { colours })} ${reveal(name)} ${dim(id)}`,
    ...(about === '' ? [] : [reveal(about)]),
    ...(url === null ? [] : [cyan(url)]),
    ...(note === null ? [] : [yellow(`(${reveal(note)})`)]),
  ];
  return words.join('  ');
}

/** Told apart by form too, where there are no colours. */
function signOf(status: StatusModule['status'], { colours }: Colours): string {
  const { blue, dim, green, magenta, red } = colours;
  switch (status) {
    case 'complete':
      return green('✓');
    case 'review':
      return magenta('◐');
    case 'in-progress':
      return blue('▸');
    case 'blocked':
      return red('✗');
    case 'pending':
      return dim('·');
  }
}

function orphanLine(facts: Status['orphans'][number]): string {
  const { what, next } = orphanWords(facts);
  return `  ${facts.module}: ${what} Next: ${next}`;
}

function criticalPath({ criticalPath, modules }: Status, { colours }: Colours): readonly string[] {
  if (criticalPath.length < 2) return [];
  const names = new Map(modules.map(({ id, name }) => [id, name]));
  const chain = criticalPath.map((id) => reveal(names.get(id) ?? id)).join(' → ');
  return [`${colours.bold('Critical path')}, ${count(criticalPath.length, 'module')}: ${chain}`];
}
