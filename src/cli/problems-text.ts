import { reveal } from '../documents/markdown.ts';
import { count } from '../documents/wording.ts';
import type { Problem } from '../domain/problem.ts';
import type { Context } from './command.ts';

/**
 * Every problem with its place, which terminals make a link of, what is wrong, and below it the fix. Files hold what
 * they want, so nothing of it may steer the terminal.
 */
export function problemsText(problems: readonly Problem[], { colours }: Pick<Context, 'colours'>) {
  const { bold, dim, red } = colours;
  const lines = problems.map(({ file, line, message, fix }) => {
    const place = line === null ? file : `${file}:${line}`;
    const [what = '', ...more] = reveal(fix).split('\n');
    const rest = more.map((one) => `\n         ${one}`).join('');
    return `${bold(reveal(place))}\n    ${reveal(message)}\n    ${dim('Fix:')} ${what}${rest}`;
  });
  return [`${red('✗')} ${count(problems.length, 'problem')}`, ...lines].join('\n\n');
}
