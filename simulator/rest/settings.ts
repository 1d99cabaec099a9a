import { load } from 'js-yaml';

import { workflowId } from '../operations/dispatches.ts';
import { WORKFLOWS_DIRECTORY } from '../operations/workflow-files.ts';
import { paginate } from '../pagination.ts';
import { demand } from '../permissions.ts';
import type { Schemas } from '../present/account.ts';
import { repositoryPage, repositoryUrl } from '../present/repository.ts';
import { nodeId } from '../world.ts';
import { mayRead, ok } from './request.ts';
import type { Reply, RestRequest, Route } from './request.ts';

function mayAdminister({ repo, credential }: RestRequest): void {
  demand(repo, credential, { permission: 'administration', access: 'read', role: 'admin' });
}

/** https://docs.github.com/rest/actions/permissions#get-github-actions-permissions-for-a-repository */
function getActions(request: RestRequest): Reply<Schemas['actions-repository-permissions']> {
  mayAdminister(request);
  return ok({ enabled: request.repo.settings.actionsEnabled, allowed_actions: 'all' });
}

/** https://docs.github.com/rest/actions/permissions#get-default-workflow-permissions-for-a-repository */
function getTokenDefaults(
  request: RestRequest,
): Reply<Schemas['actions-get-default-workflow-permissions']> {
  mayAdminister(request);
  const { defaultWorkflowPermissions, actionsMayCreatePullRequests } = request.repo.settings;
  return ok({
    default_workflow_permissions: defaultWorkflowPermissions,
    can_approve_pull_request_reviews: actionsMayCreatePullRequests,
  });
}

/** Those of the default branch (https://docs.github.com/rest/actions/workflows#list-repository-workflows). */
async function listWorkflows(
  request: RestRequest,
): Promise<Reply<{ total_count: number; workflows: readonly Schemas['workflow'][] }>> {
  const { repo, url } = request;
  mayRead(request, 'actions');
  const tip = repo.git.branch(repo.defaultBranch) ?? '';
  const directory = await repo.git.objects.find(`${tip}:${WORKFLOWS_DIRECTORY}`);
  const files = directory === null ? [] : ((await repo.git.objects.tree(directory.oid)) ?? []);
  const paths = files
    .filter(({ name, type }) => type === 'blob' && /\.ya?ml$/u.test(name))
    .map(({ name }) => `${WORKFLOWS_DIRECTORY}/${name}`);
  const part = paginate(url, paths);
  const workflows = await Promise.all(
    part.items.map((path) => presentWorkflow(request, path, tip)),
  );
  const body = { total_count: paths.length, workflows };
  return { status: 200, body, headers: part.headers };
}

async function presentWorkflow(
  { world, repo }: RestRequest,
  path: string,
  tip: string,
): Promise<Schemas['workflow']> {
  const content = (await repo.git.objects.blob(`${tip}:${path}`))?.toString() ?? '';
  const id = workflowId(path);
  const page = repositoryPage(world, repo);
  return {
    id,
    node_id: nodeId('W', id),
    name: nameOf(content) ?? path,
    path,
    state: repo.workflowStates.get(path) ?? 'active',
    created_at: repo.createdAt,
    updated_at: repo.createdAt,
    url: `${repositoryUrl(world, repo)}/actions/workflows/${String(id)}`,
    html_url: `${page}/blob/${repo.defaultBranch}/${path}`,
    badge_url: `${page}/workflows/${path}/badge.svg`,
  };
}

function nameOf(content: string): string | null {
  const file: unknown = load(content);
  if (typeof file !== 'object' || file === null || !('name' in file)) return null;
  return typeof file.name === 'string' ? file.name : null;
}

export const settingRoutes: readonly Route[] = [
  { method: 'GET', template: '/actions/permissions', handle: getActions },
  { method: 'GET', template: '/actions/permissions/workflow', handle: getTokenDefaults },
  { method: 'GET', template: '/actions/workflows', handle: listWorkflows },
];
