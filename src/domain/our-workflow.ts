import {
  readWorkflow,
  type Permissions,
  type Workflow,
  type WorkflowFile,
} from './workflow-file.ts';

/** What of a repository's workflows starts this action, and how. */
export interface OurWorkflow {
  readonly workflow: Workflow;
  /** Whether it calls the reusable workflow, and not the action in jobs of its own. */
  readonly isCaller: boolean;
  /** Of the job that writes, or what the whole file gives. */
  readonly permissions: Permissions;
  /** Whether the action writes under the workflow's own token, and not an App's. */
  readonly ownToken: boolean;
  /** Whether a token is handed on to call coders with. */
  readonly handsTokenOn: boolean;
}

const REUSABLE = /\/\.github\/workflows\/sessions\.ya?ml@/u;
const OWN_TOKEN = /^\$\{\{\s*(?:github\.token|secrets\.GITHUB_TOKEN)\s*\}\}$/u;

/** The workflow that starts sessions; null where none of the files does. */
export function findOurWorkflow(files: readonly WorkflowFile[]): OurWorkflow | null {
  for (const file of files) {
    const workflow = readWorkflow(file);
    const ours = workflow === null ? null : (callerOf(workflow) ?? inlinedOf(workflow));
    if (ours !== null) return ours;
  }
  return null;
}

function callerOf(workflow: Workflow): OurWorkflow | null {
  const job = workflow.jobs.find(({ uses }) => REUSABLE.test(uses));
  if (job === undefined) return null;
  const { secrets } = job;
  return {
    workflow,
    isCaller: true,
    permissions: job.permissions ?? workflow.permissions,
    ownToken: true,
    // No secret of a repository can bear a name with a hyphen, so that inheriting them hands this one on to nobody
    // (https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets).
    handsTokenOn: secrets !== 'inherit' && (secrets['handoff-token'] ?? '') !== '',
  };
}

function inlinedOf(workflow: Workflow): OurWorkflow | null {
  for (const { steps, permissions } of workflow.jobs) {
    const step = steps.find((one) => one.with['mode'] === 'orchestrate');
    if (step === undefined) continue;
    return {
      workflow,
      isCaller: false,
      permissions: permissions ?? workflow.permissions,
      ownToken: isOwnToken(step.with['github-token'] ?? ''),
      handsTokenOn: (step.with['handoff-token'] ?? '') !== '',
    };
  }
  return null;
}

/** An action's input that is left out is the workflow's own token, by custom. */
export function isOwnToken(input: string): boolean {
  return input === '' || OWN_TOKEN.test(input);
}
