import {
  fine,
  judged,
  unknown,
  wrong,
  type Finding,
  type Subject,
} from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { CheckoutFacts, RepositoryFacts } from '../../domain/repository-facts.ts';
import type { Problem } from '../../domain/problem.ts';
import { READY } from '../../domain/labels.ts';
import { ourWorkflowOf } from './ours.ts';

const GITHUB_DOCS = 'https://docs.github.com/en';

export function judgeCheckout(checkout: CheckoutFacts): Finding {
  const subject = {
    id: 'checkout',
    title: 'The folder is a checkout of a repository on GitHub',
    link: manualPage('cli.md#what-is-looked-at'),
  };
  const { isGit, hasCommit, hasOrigin, remote } = checkout;
  if (!isGit) return wrong(subject, 'It is no git repository.', `git init && ${COMMIT}`);
  if (!hasCommit) return wrong(subject, 'There is no commit here.', COMMIT);
  if (remote !== null) return fine(subject, `origin is ${remote}.`);
  if (!hasOrigin) return wrong(subject, 'There is no remote origin.', `git remote add ${ADDRESS}`);
  const says = 'The remote origin is no repository on GitHub.';
  return wrong(subject, says, `git remote set-url ${ADDRESS}`);
}

const COMMIT = 'git add --all && git commit --message "chore: sessions"';
const ADDRESS = 'origin https://github.com/OWNER/NAME.git';

export function judgeConfig({ config, configPath, checkout, url }: RepositoryFacts): Finding {
  const subject = {
    id: 'config',
    title: 'Config and spec pack are valid',
    link: manualPage('configuration.md'),
  };
  const place = checkout === null ? ` --github ${new URL(url).pathname.slice(1)}` : '';
  const each = `npx sessionwright validate${place} tells each with its line and fix.`;
  return judged(subject, config, (seen) => {
    switch (seen.kind) {
      case 'no-base':
        return wrong(
          subject,
          'The branch that it would be on is not there.',
          `Push the base branch with ${configPath}; where base in the config names a branch that is gone, correct that.`,
        );
      case 'missing':
        return wrong(
          subject,
          `There is no ${configPath}.`,
          'npx sessionwright init writes one; commit it and push it.',
        );
      case 'unusable':
        return wrong(subject, `Nothing can run: ${placesOf(seen.problems)}.`, each);
      case 'usable':
        if (seen.problems.length > 0) {
          return wrong(subject, `Modules are held back: ${placesOf(seen.problems)}.`, each);
        }
        return fine(subject, `Modules: ${String(seen.config.modules.size)}.`);
    }
  });
}

/** How many, and in which files. */
function placesOf(problems: readonly Problem[]): string {
  const files = [...new Set(problems.map(({ file }) => file))];
  const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  return `${count}, in ${files.join(', ')}`;
}

/** A classic token's scopes are told by a header (https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps). */
export function judgeToken({ token }: RepositoryFacts): Finding {
  const subject = {
    id: 'token',
    title: 'The token that this looks with may look',
    link: `${GITHUB_DOCS}/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps`,
  };
  return judged(subject, token, (seen) => {
    if (seen.kind === 'fine-grained') {
      return fine(subject, 'It has permissions of its own; what it may not read is told as ?.');
    }
    const scopes = seen.scopes.join(', ') || 'none';
    if (seen.scopes.includes('repo')) return fine(subject, `A classic token; scopes: ${scopes}.`);
    return unknown(
      subject,
      `A classic token; scopes: ${scopes}.`,
      'Settings → Developer settings → Personal access tokens: the scope repo reads all that is asked here.',
    );
  });
}

export function judgeRepository({ repository, url }: RepositoryFacts): Finding {
  const subject = {
    id: 'archived',
    title: 'The repository can be written to',
    link: manualPage('troubleshooting.md#repository-archived'),
  };
  return judged(subject, repository, ({ isArchived }) =>
    isArchived
      ? wrong(subject, 'It is archived.', `Danger Zone → Unarchive: ${url}/settings`)
      : fine(subject, 'It is not archived.'),
  );
}

/** https://docs.github.com/en/actions/how-tos/manage-workflow-runs/disable-and-enable-workflows */
export function judgeFork(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'fork',
    title: 'Workflows run, should this be a fork',
    link: `${GITHUB_DOCS}/actions/how-tos/manage-workflow-runs/disable-and-enable-workflows`,
  };
  return judged(subject, facts.repository, ({ isFork }) => {
    if (!isFork) return fine(subject, 'It is no fork.');
    const path = ourWorkflowOf(facts)?.workflow.path;
    const { workflowStates: states, url } = facts;
    const state = path !== undefined && states.known ? states.value.get(path) : undefined;
    if (state === 'active') return fine(subject, 'It is a fork, and its workflow is on.');
    const turnOn = `A fork’s workflows are off until somebody turns them on: ${url}/actions`;
    if (state !== undefined) return wrong(subject, `It is a fork; workflow: ${state}.`, turnOn);
    return unknown(subject, 'It is a fork, whose workflows may be off.', turnOn);
  });
}

export function judgeIssues({ repository, url }: RepositoryFacts): Finding {
  const subject = {
    id: 'issues',
    title: 'Issues are on',
    link: manualPage('concepts.md'),
  };
  return judged(subject, repository, ({ hasIssues }) =>
    hasIssues
      ? fine(subject, 'Requests, escalations and the dashboard have their place.')
      : wrong(
          subject,
          'They are off: no dashboard, and escalations are comments on pull requests.',
          `Settings → General → Features → Issues: ${url}/settings`,
        ),
  );
}

/** Only GitHub Enterprise Server tells a version (https://docs.github.com/en/enterprise-server@latest/rest/meta/meta). */
export function judgeServer(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'server',
    title: 'The workflow fits the server',
    link: manualPage('workflows.md#github-enterprise-server'),
  };
  return judged(subject, facts.server, ({ version }) => {
    if (version === null) return fine(subject, 'It is github.com.');
    const server = `GitHub Enterprise Server ${version}`;
    const ours = ourWorkflowOf(facts);
    if (ours === null) {
      return unknown(subject, `It is ${server}.`, 'Take examples/workflows/ghes.yml.');
    }
    if (!ours.isCaller) return fine(subject, `It is ${server}; both jobs are in the file itself.`);
    return wrong(
      subject,
      `It is ${server}, which knows no reusable workflow of github.com.`,
      `Put examples/workflows/ghes.yml in place of ${ours.workflow.path}.`,
    );
  });
}

export function judgeLabels({ labels, config }: RepositoryFacts): Finding {
  const subject: Subject = {
    id: 'labels',
    title: 'There is a label to ask with',
    link: manualPage('troubleshooting.md#nothing-happens-when-a-label-is-put-on'),
  };
  return judged(subject, labels, (names) => {
    const asked = names.flatMap((name) => /^session:(.*)$/su.exec(name)?.[1] ?? []);
    const usable = config.known && config.value.kind === 'usable' ? config.value.config : null;
    const ids = usable === null ? null : [READY, ...usable.modules.keys()];
    const strange = asked.filter((id) => ids !== null && !ids.includes(id));
    const first = ids?.[1] ?? READY;
    if (strange.length > 0) {
      return wrong(
        subject,
        `No module is named so: ${strange.map((id) => `session:${id}`).join(', ')}.`,
        `Rename or delete them; one that works: gh label create session:${first}`,
      );
    }
    if (asked.length > 0) return fine(subject, `${asked.map((id) => `session:${id}`).join(', ')}.`);
    return wrong(subject, 'None begins with session:.', `gh label create session:${first}`);
  });
}
