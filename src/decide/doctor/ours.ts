import { findOurWorkflow, type OurWorkflow } from '../../domain/our-workflow.ts';
import { unknown, type Finding, type Subject } from '../../domain/diagnosis.ts';
import type { RepositoryFacts } from '../../domain/repository-facts.ts';
import { readWorkflow, type Workflow } from '../../domain/workflow-file.ts';

/** The workflow that starts sessions; null where there is none, or the files are not known. */
export function ourWorkflowOf({ workflows }: RepositoryFacts): OurWorkflow | null {
  return workflows.known ? findOurWorkflow(workflows.value.files) : null;
}

/** A workflow by its file's name, as the config names the coder's. */
export function workflowNamed({ workflows }: RepositoryFacts, name: string): Workflow | null {
  if (!workflows.known) return null;
  const file = workflows.value.files.find(({ path }) => path.endsWith(`/${name}`));
  return file === undefined ? null : readWorkflow(file);
}

/** What waits for a workflow that is missing, which is told by itself. */
export function withoutWorkflow(subject: Subject): Finding {
  return unknown(
    subject,
    'There is no workflow that starts sessions.',
    'It shows once the workflow is there.',
  );
}

/** What waits for a config that cannot be used, which is told by itself. */
export function withoutConfig(subject: Subject): Finding {
  return unknown(
    subject,
    'There is no config that can be used.',
    'It shows once the config is valid.',
  );
}
