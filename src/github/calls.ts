import { CoderNotCalledError } from '../domain/errors.ts';
import type { Client, RepositoryName } from './client.ts';
import { isLimited, statusOf } from './answers.ts';

interface Dispatch {
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What starts somebody else: our own workflow, the coder's, and whoever is assigned. */
export function createCalls(client: Client, name: RepositoryName) {
  const dispatchWorkflow = async ({ workflow, ref, inputs }: Dispatch): Promise<void> => {
    await client.rest.actions.createWorkflowDispatch({
      ...name,
      workflow_id: workflow,
      ref,
      inputs,
    });
  };
  return {
    dispatchWorkflow,
    callWorkflow: (dispatch: Dispatch): Promise<void> =>
      orNotCalled('handoff.workflow', () => dispatchWorkflow(dispatch)),
    hasRunNamed: (workflow: string, text: string): Promise<boolean> =>
      hasRunNamed(client, name, workflow, text),
    assign: (issue_number: number, logins: readonly string[]): Promise<void> =>
      orNotCalled('handoff.assignees', async () => {
        await client.rest.issues.update({ ...name, issue_number, assignees: [...logins] });
      }),
  };
}

/** The last hundred: a run is looked for minutes after it was started. */
async function hasRunNamed(
  client: Client,
  name: RepositoryName,
  workflow: string,
  text: string,
): Promise<boolean> {
  try {
    const { data } = await client.rest.actions.listWorkflowRuns({
      ...name,
      workflow_id: workflow,
      event: 'workflow_dispatch',
      per_page: 100,
    });
    return data.workflow_runs.some((run) => run.display_title.includes(text));
  } catch (error) {
    // Without the workflow there are no runs of it; starting it then says what is wrong.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** A refusal that trying again does not mend, told from limits and outages. */
async function orNotCalled(key: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const isRefusal = [403, 404, 410, 422].includes(statusOf(error) ?? 0) && !isLimited(error);
    if (!isRefusal) throw error;
    const why = error instanceof Error ? `GitHub says: ${error.message}` : '';
    throw new CoderNotCalledError(key, why, { cause: error });
  }
}
