import type { RepositoryEvent } from '../ports.ts';
import { runScope } from './contexts.ts';
import { evaluateText, TemplateError } from './expressions.ts';
import { textAt } from './json.ts';
import type { PlannedRun } from './planning.ts';
import type { OpenRun } from './records.ts';
import type { RunContext } from './run-context.ts';
import { WorkflowError } from './workflow.ts';

type Parts = Pick<RunContext, 'host' | 'settings' | 'ledger' | 'slots' | 'groups' | 'stop'>;

/** Opens the record of a run; one that cannot start is failed at once, and null is returned. */
export function openRunContext(parts: Parts, planned: PlannedRun): RunContext | null {
  const { host } = parts;
  const { workflow, event, activation, sha, inputs, calls } = planned;
  const record = openRecord(parts, planned);
  if (workflow instanceof WorkflowError) return fail(parts, record, workflow.message);
  const run: RunContext = {
    ...parts,
    record,
    ...{ workflow, event, activation, sha, inputs, calls },
    home: { repository: event.repository, ref: sha },
    ...{ ceiling: null, namePrefix: '', held: [] },
    trusted: isTrusted(event, activation.trigger),
    variables: host.variables(event.repository),
    secrets: host.secrets(event.repository),
    cancel: new AbortController(),
  };
  try {
    const title = workflow.runName === null ? '' : evaluateTitle(run, workflow.runName);
    const displayTitle = title || defaultTitle(event) || workflow.name;
    record.run = { ...record.run, displayTitle };
    return run;
  } catch (error) {
    if (error instanceof TemplateError) return fail(parts, record, error.message);
    throw error;
  }
}

function evaluateTitle(run: RunContext, runName: string): string {
  return evaluateText(runName, runScope(run, 'run-name')).trim();
}

function fail(parts: Parts, record: OpenRun, reason: string): null {
  record.reason = reason;
  parts.ledger.changeRun(record, 'completed', 'failure');
  return null;
}

function openRecord(parts: Parts, planned: PlannedRun): OpenRun {
  const { workflow, event, activation, sha, path } = planned;
  const name = workflow instanceof WorkflowError ? path : workflow.name;
  return parts.ledger.openRun(
    {
      repository: event.repository,
      workflowPath: path,
      name,
      displayTitle: name,
      event: activation.trigger,
      headBranch: activation.head.branch,
      headSha: activation.head.sha ?? sha,
    },
    event.id,
  );
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#run-name */
function defaultTitle(event: RepositoryEvent): string {
  const { payload } = event;
  const title =
    textAt(payload, 'pull_request', 'title') ||
    textAt(payload, 'issue', 'title') ||
    textAt(payload, 'head_commit', 'message');
  return title.split('\n')[0] ?? '';
}

const UNTRUSTED_DEPENDABOT: readonly string[] = [
  'push',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
];

/**
 * What comes from a fork by `pull_request`, or from Dependabot, gets a token that only reads and no
 * secrets.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 * https://docs.github.com/en/code-security/dependabot/working-with-dependabot/automating-dependabot-with-github-actions
 */
function isTrusted(event: RepositoryEvent, trigger: string): boolean {
  if (event.actor === 'dependabot[bot]') return !UNTRUSTED_DEPENDABOT.includes(trigger);
  if (!trigger.startsWith('pull_request') || trigger === 'pull_request_target') return true;
  const head = textAt(event.payload, 'pull_request', 'head', 'repo', 'full_name');
  return head === '' || head === event.repository;
}
