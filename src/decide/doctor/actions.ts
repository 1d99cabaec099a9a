import { fine, judged, unknown, wrong, type Finding } from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { RepositoryFacts } from '../../domain/repository-facts.ts';
import { isGranted } from '../../domain/workflow-file.ts';
import { ourWorkflowOf, withoutWorkflow } from './ours.ts';

const SETTINGS =
  'https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository';

export function judgeActions({ actionsEnabled, url }: RepositoryFacts): Finding {
  const subject = { id: 'actions', title: 'Actions are on', link: SETTINGS };
  return judged(subject, actionsEnabled, (isOn) =>
    isOn
      ? fine(subject, 'They are.')
      : wrong(
          subject,
          'They are off.',
          `Settings → Actions → General → Actions permissions: ${url}/settings/actions`,
        ),
  );
}

/** A workflow can be off by itself, and is after sixty days without a commit in a public repository. */
export function judgeEnabled(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'workflow-on',
    title: 'The workflow is on',
    link: 'https://docs.github.com/en/actions/how-tos/manage-workflow-runs/disable-and-enable-workflows',
  };
  const ours = ourWorkflowOf(facts);
  if (ours === null) return withoutWorkflow(subject);
  const { path } = ours.workflow;
  return judged(subject, facts.workflowStates, (states) => {
    const state = states.get(path);
    if (state === 'active') return fine(subject, 'It is.');
    const name = path.slice(path.lastIndexOf('/') + 1);
    const turnOn = `Actions → the workflow → Enable workflow: ${facts.url}/actions/workflows/${name}`;
    if (state === undefined) {
      return unknown(
        subject,
        `GitHub does not list ${path} yet.`,
        `Look there: ${facts.url}/actions`,
      );
    }
    return wrong(subject, `It is ${state.replaceAll('_', ' ')}.`, turnOn);
  });
}

/** What the job that writes needs: docs/workflows.md. */
const NEEDED = ['actions', 'checks', 'contents', 'issues', 'pull-requests'];
const BLOCK = NEEDED.map((name) => `${name}: write`).join(', ');

export function judgeTokenPermissions(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'token-permissions',
    title: 'The workflow’s token may do what it has to',
    link: manualPage('workflows.md#permissions'),
  };
  const ours = ourWorkflowOf(facts);
  if (ours === null) return withoutWorkflow(subject);
  const { permissions, ownToken, workflow } = ours;
  if (!ownToken) {
    return unknown(
      subject,
      'The action writes under another token, whose permissions stand in no file.',
      `The App → Permissions: ${BLOCK}.`,
    );
  }
  if (permissions === null) {
    return judged(subject, facts.tokenDefaults, (defaults) =>
      defaults.permissions === 'write'
        ? fine(subject, 'It has all, by the repository’s setting. Naming them would be safer.')
        : wrong(
            subject,
            `${workflow.path} names none, and by the repository’s setting it may only read.`,
            `In ${workflow.path}, under permissions: of that job: ${BLOCK}.`,
          ),
    );
  }
  const missing = NEEDED.filter((name) => !isGranted(permissions, name, 'write'));
  if (missing.length === 0) return fine(subject, BLOCK);
  return wrong(
    subject,
    `In ${workflow.path} the job that writes lacks ${missing.map((name) => `${name}: write`).join(', ')}.`,
    `Add that under its permissions:, and an organization must not forbid it.`,
  );
}

/** The setting covers the workflow's own token alone. */
export function judgePullRequests(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'actions-pull-requests',
    title: 'Actions may create pull requests',
    link: manualPage('troubleshooting.md#pull-requests-not-allowed'),
  };
  if (ourWorkflowOf(facts)?.ownToken === false) {
    return fine(subject, 'An App’s token opens them, whatever the setting says.');
  }
  return judged(subject, facts.tokenDefaults, ({ mayCreatePullRequests }) =>
    mayCreatePullRequests
      ? fine(subject, 'They may.')
      : wrong(
          subject,
          'They may not.',
          `Settings → Actions → General → Workflow permissions → "Allow GitHub Actions to create and approve pull requests": ${facts.url}/settings/actions`,
        ),
  );
}
