import { notFound } from '../errors.ts';
import {
  dispatchRepository,
  dispatchWorkflow,
  findWorkflow,
  workflowId,
} from '../operations/dispatches.ts';
import { paginate } from '../pagination.ts';
import type { WorkflowRun } from '../ports.ts';
import type { Schemas } from '../present/account.ts';
import { presentMinimalRepository, repositoryPage, repositoryUrl } from '../present/repository.ts';
import { nodeId } from '../world.ts';
import { mayRead, NO_CONTENT, ok, param, writing } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

async function postWorkflowDispatch(request: RestRequest): Promise<Reply<null>> {
  const { body } = request;
  const scene = writing(request, 'actions', 'write');
  const inputs = body.object('inputs')?.value ?? {};
  await dispatchWorkflow(scene, param(request, 'id'), body.string('ref'), inputs);
  return NO_CONTENT;
}

function postRepositoryDispatch(request: RestRequest): Reply<null> {
  const { body } = request;
  const scene = writing(request, 'contents', 'write');
  const payload = body.object('client_payload')?.value ?? {};
  dispatchRepository(scene, body.string('event_type'), payload);
  return NO_CONTENT;
}

function runAddresses({ world, repo }: RestRequest, run: WorkflowRun) {
  const url = `${repositoryUrl(world, repo)}/actions/runs/${String(run.id)}`;
  return {
    url,
    html_url: `${repositoryPage(world, repo)}/actions/runs/${String(run.id)}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(world, repo)}/check-suites/${String(run.id)}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${repositoryUrl(world, repo)}/actions/workflows/${String(workflowId(run.workflowPath))}`,
  };
}

function getRun(request: RestRequest): Reply<Schemas['workflow-run']> {
  mayRead(request, 'actions');
  const run = request.repo.runs.get(Number(param(request, 'id')));
  if (run === undefined) throw notFound();
  return ok(presentRun(request, run));
}

/** https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow */
async function listWorkflowRuns(
  request: RestRequest,
): Promise<Reply<{ total_count: number; workflow_runs: readonly Schemas['workflow-run'][] }>> {
  const { repo, url } = request;
  mayRead(request, 'actions');
  const path = await findWorkflow(repo, param(request, 'id'));
  const event = url.searchParams.get('event');
  const runs = [...repo.runs.values()]
    .filter((run) => run.workflowPath === path && (event === null || run.event === event))
    .sort((a, b) => b.id - a.id);
  const part = paginate(url, runs);
  const body = {
    total_count: runs.length,
    workflow_runs: part.items.map((run) => presentRun(request, run)),
  };
  return { status: 200, body, headers: part.headers };
}

function presentRun(request: RestRequest, run: WorkflowRun): Schemas['workflow-run'] {
  const { world, repo } = request;
  const repository = presentMinimalRepository(world, repo);
  return {
    id: run.id,
    node_id: nodeId('WFR', run.id),
    name: run.name,
    path: run.workflowPath,
    display_title: run.displayTitle,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    run_number: run.id,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId(run.workflowPath),
    ...runAddresses(request, run),
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.createdAt,
    head_commit: null,
    repository,
    head_repository: repository,
  };
}

export const actionRoutes: readonly Route[] = [
  {
    method: 'POST',
    template: '/actions/workflows/{id}/dispatches',
    handle: postWorkflowDispatch,
  },
  { method: 'GET', template: '/actions/workflows/{id}/runs', handle: listWorkflowRuns },
  { method: 'GET', template: '/actions/runs/{id}', handle: getRun },
  { method: 'POST', template: '/dispatches', handle: postRepositoryDispatch },
];
