import { reveal } from '../documents/markdown.ts';
import type { Finding } from '../domain/diagnosis.ts';
import type { Context } from './command.ts';

/** Each finding with what was seen; what is to change, or would tell, stands below. Names are somebody else's text. */
export function findingsText(
  place: string,
  findings: readonly Finding[],
  { colours }: Pick<Context, 'colours'>,
): string {
  const { bold, dim, green, red, yellow } = colours;
  const signs = { ok: green('✓'), wrong: red('✗'), unknown: yellow('?') };
  const lines = findings.map((finding) => {
    const { title, verdict, says, link } = finding;
    const head = `${signs[verdict]} ${title}`;
    if (finding.verdict === 'ok') return `${head}. ${dim(reveal(says))}`;
    const label = finding.verdict === 'wrong' ? 'Change:' : 'To know:';
    return [
      verdict === 'wrong' ? bold(head) : head,
      `    ${reveal(says)}`,
      `    ${dim(label)} ${reveal(finding.fix)}`,
      `    ${dim(`More: ${link}`)}`,
    ].join('\n');
  });
  const count = (verdict: Finding['verdict']) =>
    String(findings.filter((one) => one.verdict === verdict).length);
  const sum = `${count('ok')} ✓, ${count('wrong')} ✗, ${count('unknown')} ?`;
  return [dim(`Looked at ${place}.`), ...lines, bold(sum)].join('\n');
}
