import type { Checkout } from '../../local/checkout.ts';
import type { GitHubKind } from './github-kind.ts';
import type { NewModule } from './new-modules.ts';

interface Beginning {
  readonly base: string;
  readonly on: GitHubKind;
  readonly modules: readonly NewModule[];
}

/** What is left to do by hand, in its order, with the settings that no file can make. */
export function nextSteps(
  { remote, repository: { url } }: Pick<Checkout, 'remote' | 'repository'>,
  { base, on, modules }: Beginning,
): readonly string[] {
  const [actions, rules] =
    remote === null
      ? ['Settings → Actions → General → Workflow permissions', 'Settings → Rules → Rulesets']
      : [`${url}/settings/actions`, `${url}/settings/rules`];
  const [first] = modules;
  const label = `session:${first?.id ?? '<module>'}`;
  return [
    'Write the specification: replace what stands in brackets in the prompts and the context handoffs.',
    'Look at `verification` in the config: are these the commands your project is checked by?',
    ...(on === 'server' ? [SERVER] : []),
    `Commit everything and push it to ${base}; sessionwright validate tells what is wrong before.`,
    `Turn on "Allow GitHub Actions to create and approve pull requests": ${actions}.`,
    `Require the status check "sessionwright / verification" on ${base} by a ruleset: ${rules}. It passes by itself on what is no session.`,
    `Create the label ${label} and put it on any issue, with the GitHub CLI: gh label create ${label} && gh issue create --title "Start" --body "" --label ${label}.`,
    `Answer in that issue: the session’s pull request. How a coder is called: ${DOCS}/coders.md.`,
  ];
}

const DOCS = 'https://github.com/sessionwright/sessionwright/blob/v0/docs';

const SERVER = `Let the server reach the actions by GitHub Connect or a copy, and write into the workflow which runners it has: ${DOCS}/workflows.md#github-enterprise-server.`;
