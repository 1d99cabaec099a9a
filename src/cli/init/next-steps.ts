import type { GitHubKind } from './github-kind.ts';
import type { NewModule } from './new-modules.ts';
import { lines, pushSteps, type Beginning } from './push-steps.ts';

interface Written {
  readonly base: string;
  readonly on: GitHubKind;
  readonly modules: readonly NewModule[];
}

/** What is left to do by hand, in its order, with the settings that no file can make. */
export function nextSteps(checkout: Beginning, { base, on, modules }: Written): readonly string[] {
  const { url } = checkout.repository;
  const [actions, rules] =
    checkout.remote === null
      ? ['Settings → Actions → General → Workflow permissions', 'Settings → Rules → Rulesets']
      : [`${url}/settings/actions`, `${url}/settings/rules`];
  const [first] = modules;
  const label = `session:${first?.id ?? 'ready'}`;
  return [
    'Write the specification: replace what stands in brackets in the prompts and the context handoffs.',
    'Look at `verification` in the config and at `setup` in the workflow: are these the commands your project is checked by, and do they find what they need?',
    ...(on === 'server' ? [SERVER] : []),
    ...pushSteps(checkout, { base, on }),
    `Turn on "Allow GitHub Actions to create and approve pull requests": ${actions}`,
    `Require the status check "sessionwright / verification" on ${base} by a ruleset: ${rules}\nWhat is no session gets it at once, green.`,
    lines('Create the label to ask with, and look whether all is set; with the GitHub CLI:', [
      `gh label create ${label}`,
      'GH_TOKEN="$(gh auth token)" npx sessionwright doctor',
    ]),
    `${lines('Put the label on any issue:', [
      `gh issue create --title "Start" --body "" --label ${label}`,
    ])}\nIn that issue comes the answer: the session’s pull request. How a coder is called: ${DOCS}/coders.md`,
  ];
}

const DOCS = 'https://github.com/sessionwright/sessionwright/blob/v0/docs';

const SERVER = `Let the server reach the actions by GitHub Connect or a copy, and write into the workflow which runners it has: ${DOCS}/workflows.md#github-enterprise-server`;
