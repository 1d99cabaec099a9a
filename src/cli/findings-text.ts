import { reveal } from '../documents/markdown.ts';
import type { Finding } from '../domain/diagnosis.ts';
import type { Context } from './command.ts';

type Colours = Pick<Context, 'colours'>;
type Unknown = Extract<Finding, { readonly verdict: 'unknown' }>;

/**
 * Each finding with what was seen; what is to change, or would tell, stands below. What is not known for the same reason
 * is told once, after all else. Names are somebody else's text.
 */
export function findingsText(
  place: string,
  findings: readonly Finding[],
  { colours }: Colours,
): string {
  const { bold, dim } = colours;
  const groups = groupsOf(findings);
  const folded = new Set<Finding>(groups.flatMap((group) => group.findings));
  const single = findings.filter((one) => !folded.has(one));
  const counted = (verdict: Finding['verdict']) =>
    String(findings.filter((one) => one.verdict === verdict).length);
  return [
    dim(`Looked at ${place}.`),
    ...single.map((one) => findingText(one, { colours })),
    ...groups.map((group) => groupText(group, { colours })),
    bold(`${counted('ok')} ✓, ${counted('wrong')} ✗, ${counted('unknown')} ?`),
  ].join('\n');
}

/** What the same thing would tell. */
interface Group extends Pick<Unknown, 'says' | 'fix'> {
  readonly findings: readonly Unknown[];
}

/** Where that is more than one finding. */
function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    if (finding.verdict !== 'unknown') continue;
    const { says, fix } = finding;
    const key = JSON.stringify([says, fix]);
    const before = groups.get(key)?.findings ?? [];
    groups.set(key, { says, fix, findings: [...before, finding] });
  }
  return [...groups.values()].filter((group) => group.findings.length > 1);
}

function findingText(finding: Finding, { colours }: Colours): string {
  const { bold, dim, green, red, yellow } = colours;
  const { title, verdict, says, link } = finding;
  if (verdict === 'ok') return `${green('✓')} ${title}. ${dim(reveal(says))}`;
  const isWrong = verdict === 'wrong';
  return [
    isWrong ? `${red('✗')} ${bold(title)}` : `${yellow('?')} ${title}`,
    `    ${reveal(says)}`,
    `    ${dim(isWrong ? 'Change:' : 'To know:')} ${reveal(finding.fix)}`,
    `    ${dim(`More: ${link}`)}`,
  ].join('\n');
}

function groupText({ says, fix, findings }: Group, { colours }: Colours): string {
  const { dim, yellow } = colours;
  return [
    `${yellow('?')} Not known of ${String(findings.length)}: ${reveal(says)}`,
    `    ${dim('To know:')} ${reveal(fix)}`,
    ...findings.map(({ title }) => `    ${dim('·')} ${title}`),
  ].join('\n');
}
