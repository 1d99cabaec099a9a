import type { Repository } from '../../domain/world.ts';
import type { NewModule } from './new-modules.ts';

/** What is left to do by hand, in its order, with the settings that no file can make. */
export function nextSteps(
  repository: Repository,
  base: string,
  modules: readonly NewModule[],
): readonly string[] {
  const { url, owner } = repository;
  const settings = owner === 'local' ? 'Settings' : `${url}/settings`;
  const [first] = modules;
  const label = `session:${first?.id ?? '<module>'}`;
  return [
    'Write the specification: replace what stands in brackets in the prompts and the context handoffs.',
    'Look at `verification` in the config: are these the commands your project is checked by?',
    `Commit everything and push it to ${base}.`,
    `Turn on "Allow GitHub Actions to create and approve pull requests": ${settings}${owner === 'local' ? ' → Actions → General → Workflow permissions' : '/actions'}.`,
    `Require the status check "sessionwright / verification" on ${base} by a ruleset: ${settings}${owner === 'local' ? ' → Rules → Rulesets' : '/rules'}. It passes by itself on what is no session.`,
    `Create the label ${label} and put it on any issue, with the GitHub CLI: gh label create ${label} && gh issue create --title "Start" --body "" --label ${label}.`,
    'Answer in that issue: the session’s pull request. docs/coders.md tells how a coder is called.',
  ];
}
