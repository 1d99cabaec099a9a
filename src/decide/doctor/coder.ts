import { CODER_INPUTS, isAgent, needsToken } from '../../domain/coder-call.ts';
import type { Config } from '../../domain/config.ts';
import {
  fine,
  judged,
  unknown,
  wrong,
  type Finding,
  type Subject,
} from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import { isOwnToken } from '../../domain/our-workflow.ts';
import type { RepositoryFacts } from '../../domain/repository-facts.ts';
import { isGranted, type Workflow, type WorkflowStep } from '../../domain/workflow-file.ts';
import { ourWorkflowOf, withoutConfig, withoutWorkflow, workflowNamed } from './ours.ts';

export function judgeCoderCall(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'coder-call',
    title: 'The coder can be called',
    link: manualPage('coders.md#how-a-coder-is-called'),
  };
  return withConfig(subject, facts, (config) => {
    const { workflow } = config.handoff;
    if (workflow !== null) {
      const refused = whyNotDispatched(subject, facts, workflow);
      if (refused !== null) return refused;
    }
    const keys = needsToken(config);
    const ours = ourWorkflowOf(facts);
    if (keys.length === 0) {
      return fine(subject, workflow === null ? whomNobodyCalls(config) : `By ${workflow}.`);
    }
    if (ours === null) return withoutWorkflow(subject);
    if (ours.handsTokenOn) {
      return unknown(
        subject,
        `${keys.join(', ')} take a token of a user or an App, which is handed on; no secret can be read.`,
        `Is the secret there? ${facts.url}/settings/secrets/actions`,
      );
    }
    return wrong(
      subject,
      `${keys.join(', ')} take a token of a user or an App, and ${ours.workflow.path} hands none on.`,
      ours.isCaller
        ? "Beside with: write secrets: { handoff-token: '${{ secrets.SESSIONWRIGHT_HANDOFF_TOKEN }}' }."
        : "Give the step with mode: orchestrate handoff-token: '${{ secrets.SESSIONWRIGHT_HANDOFF_TOKEN }}'.",
    );
  });
}

function whomNobodyCalls({ handoff }: Config): string {
  const people = handoff.assignees.join(', ');
  return people === ''
    ? 'Nobody is: people take sessions up themselves, or a job of your own that reads the output started.'
    : `${people}.`;
}

/** GitHub takes no dispatch of a workflow that is not there, nor with an input that it does not declare. */
function whyNotDispatched(subject: Subject, facts: RepositoryFacts, name: string): Finding | null {
  if (!facts.workflows.known) return unknown(subject, facts.workflows.why, facts.workflows.would);
  const coder = workflowNamed(facts, name);
  if (coder === null) {
    return wrong(
      subject,
      `handoff.workflow names ${name}, which is not under .github/workflows.`,
      'Put it on the default branch, or correct the name in the config.',
    );
  }
  const missing = CODER_INPUTS.filter((input) => !coder.inputs.has(input));
  if (coder.events.has('workflow_dispatch') && missing.length === 0) return null;
  return wrong(
    subject,
    `${coder.path} does not declare ${missing.length === 0 ? 'workflow_dispatch' : `the inputs ${missing.join(', ')}`}.`,
    `In ${coder.path}, under on: workflow_dispatch: inputs: declare all eight.`,
  );
}

/** What GITHUB_TOKEN pushes starts nothing (https://docs.github.com/en/actions/concepts/security/github_token#when-github_token-triggers-workflow-runs). */
export function judgeCoderPushes(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'coder-pushes',
    title: 'What the coder pushes is verified',
    link: manualPage('coders.md#which-token-pushes'),
  };
  return withConfig(subject, facts, (config) => {
    const coder = coderWorkflow(facts, config);
    if (coder === null) return pushesOfOthers(subject, config);
    if (coder.jobs.some(({ steps }) => steps.some(checksOutWithAnother))) {
      return fine(subject, `${coder.path} pushes under an identity of its own.`);
    }
    const mayDispatch = coder.jobs.some(
      ({ permissions, steps }) =>
        isGranted(permissions ?? coder.permissions ?? {}, 'actions', 'write') &&
        steps.some(({ run }) => /\bgh workflow run\b|\/dispatches\b/u.test(run)),
    );
    if (mayDispatch) return fine(subject, `${coder.path} ends by starting the verification.`);
    return wrong(
      subject,
      `${coder.path} pushes with the workflow’s own token, which starts nothing, and does not start it itself.`,
      `Its last step: gh workflow run ${ownFile(facts)} --ref "$BRANCH" -f pull-request="$PULL_REQUEST", with actions: write.`,
    );
  });
}

function pushesOfOthers(subject: Subject, { handoff }: Config): Finding {
  const agents = handoff.assignees.filter(isAgent);
  if (handoff.comment === null && handoff.labels.length === 0 && agents.length === 0) {
    return fine(subject, 'People push under their own names.');
  }
  return unknown(
    subject,
    'The coder is called by a comment, a label or an assignment: it pushes under an identity that is not seen from here.',
    'An App’s or a user’s pushes start the verification; for Copilot press "Approve and run workflows", or comment /session verify.',
  );
}

/** Whoever may change workflow files can read the secrets: docs/workflows.md. */
export function judgeCoderWorkflows(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'coder-workflows',
    title: 'The coder’s token may not change workflows',
    link: manualPage('workflows.md#a-github-app'),
  };
  return withConfig(subject, facts, (config) => {
    const coder = coderWorkflow(facts, config);
    const look =
      'Its token: no permission Workflows (an App, a fine-grained token), no scope workflow (a classic one).';
    if (coder === null) {
      return config.handoff.comment === null && config.handoff.labels.length === 0
        ? unknown(subject, 'No workflow of a coder is named in the config.', look)
        : unknown(subject, 'The coder’s token is not seen from here.', look);
    }
    const steps = coder.jobs.flatMap((job) => job.steps);
    if (steps.some((step) => step.with['permission-workflows'] === 'write')) {
      return wrong(
        subject,
        `${coder.path} makes a token with permission-workflows: write.`,
        `In ${coder.path}, take that line out.`,
      );
    }
    if (steps.some(checksOutWithAnother)) {
      return unknown(subject, `${coder.path} pushes with a token of its own.`, look);
    }
    return fine(subject, 'It has the workflow’s own token, which never may.');
  });
}

function withConfig(
  subject: Subject,
  { config }: RepositoryFacts,
  judge: (config: Config) => Finding,
): Finding {
  return judged(subject, config, (seen) =>
    seen.kind === 'usable' ? judge(seen.config) : withoutConfig(subject),
  );
}

function coderWorkflow(facts: RepositoryFacts, { handoff }: Config): Workflow | null {
  return handoff.workflow === null ? null : workflowNamed(facts, handoff.workflow);
}

function checksOutWithAnother(step: WorkflowStep): boolean {
  return step.uses.startsWith('actions/checkout@') && !isOwnToken(step.with['token'] ?? '');
}

function ownFile(facts: RepositoryFacts): string {
  const path = ourWorkflowOf(facts)?.workflow.path ?? 'sessions.yml';
  return path.slice(path.lastIndexOf('/') + 1);
}
