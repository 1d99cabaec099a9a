import { asError } from '../domain/errors.ts';
import { known, tellKnown } from '../domain/diagnosis.ts';
import {
  SESSION_BRANCH,
  type RepositoryFacts,
  type RepositoryTraits,
  type TokenFacts,
  type WorkflowFacts,
} from '../domain/repository-facts.ts';
import { isWorkflowFile, WORKFLOWS_FOLDER } from '../domain/workflow-file.ts';
import { readBranch, readRules } from './branch-facts.ts';
import type { Client, RepositoryName } from './client.ts';
import { orNull } from './answers.ts';
import { surveyFacts, readBaseFacts } from './base-facts.ts';
import type { Observer } from './observer.ts';
import { told } from './told.ts';

/** GitHub's names for what it takes to read these settings, where it does not name them itself. */
const ADMINISTRATION = 'administration: read';

/**
 * What a repository's settings say, as far as the token may read them: all at once, and then what depends on the base
 * branch. It fails only where the repository itself is not to be seen.
 */
export async function readFacts(look: Observer): Promise<Omit<RepositoryFacts, 'checkout'>> {
  const { client, name, configPath, stateBranch } = look;
  const [repository, surveyed, workflows, ...rest] = await Promise.all([
    settled(client.rest.repos.get({ ...name })),
    surveyFacts(look),
    told('contents: read', () => readWorkflows(look)),
    told('metadata: read', () => readVersion(client)),
    told('actions: read', () => readStates(look)),
    told(ADMINISTRATION, async () => {
      const { data } = await client.rest.actions.getGithubActionsPermissionsRepository({ ...name });
      return data.enabled;
    }),
    told(ADMINISTRATION, () => readTokenDefaults(look)),
    told('issues: read', () => readLabels(look)),
    readBranch(look, stateBranch),
    readRules(look, SESSION_BRANCH),
  ]);
  const [version, workflowStates, actionsEnabled, tokenDefaults, labels, state, rules] = rest;
  if (repository.status === 'rejected') throw asError(repository.reason);
  const { data, headers } = repository.value;
  const traits = traitsOf(data);
  const named = surveyed.known ? surveyed.value?.config?.base : null;
  const [found, base] = await Promise.all([
    readBaseFacts(look, surveyed),
    readBranch(look, named ?? traits.defaultBranch),
  ]);
  return {
    url: data.html_url,
    configPath,
    repository: known(traits),
    ...found,
    server: tellKnown(version, (installed) => ({ version: installed })),
    token: known(tokenOf(headers)),
    workflows,
    workflowStates,
    actionsEnabled,
    tokenDefaults,
    base,
    state,
    session: { name: SESSION_BRANCH, exists: known(false), rules, protection: known(null) },
    labels,
  };
}

/** So that what is asked beside it is over when its refusal is told. */
async function settled<T>(asked: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [one] = await Promise.allSettled([asked]);
  return one;
}

interface Repository {
  readonly default_branch: string;
  readonly has_issues: boolean;
  readonly fork: boolean;
  readonly archived: boolean;
}

function traitsOf(repository: Repository): RepositoryTraits {
  return {
    defaultBranch: repository.default_branch,
    hasIssues: repository.has_issues,
    isFork: repository.fork,
    isArchived: repository.archived,
  };
}

function tokenOf(headers: Readonly<Record<string, unknown>>): TokenFacts {
  const scopes = headers['x-oauth-scopes'];
  if (typeof scopes !== 'string') return { kind: 'fine-grained' };
  const named = scopes.split(',').map((scope) => scope.trim());
  return { kind: 'classic', scopes: named.filter((scope) => scope !== '') };
}

async function readWorkflows({ client, name }: Observer): Promise<WorkflowFacts> {
  const listed = await orNull(() =>
    client.rest.repos.getContent({ ...name, path: WORKFLOWS_FOLDER }),
  );
  const entries = listed !== null && Array.isArray(listed.data) ? listed.data : [];
  const paths = entries.map(({ path }) => path).filter(isWorkflowFile);
  const files = await Promise.all(
    paths.map(async (path) => ({ path, text: (await readText(client, name, path)) ?? '' })),
  );
  return { from: 'default branch', files };
}

async function readText(
  client: Client,
  name: RepositoryName,
  path: string,
): Promise<string | null> {
  const mediaType = { format: 'raw' };
  const found = await orNull(() => client.rest.repos.getContent({ ...name, path, mediaType }));
  const data: unknown = found?.data ?? null;
  return typeof data === 'string' ? data : null;
}

/** https://docs.github.com/en/enterprise-server@latest/rest/meta/meta#get-github-enterprise-server-meta-information */
async function readVersion(client: Client): Promise<string | null> {
  const data: unknown = (await client.rest.meta.get()).data;
  if (typeof data !== 'object' || data === null || !('installed_version' in data)) return null;
  return String(data.installed_version);
}

async function readStates({ client, name }: Observer): Promise<ReadonlyMap<string, string>> {
  const list = client.rest.actions.listRepoWorkflows;
  const workflows = await client.paginate(list, { ...name, per_page: 100 });
  return new Map(workflows.map(({ path, state }) => [path, state]));
}

async function readTokenDefaults({ client, name }: Observer) {
  const { data } = await client.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository({
    ...name,
  });
  return {
    mayCreatePullRequests: data.can_approve_pull_request_reviews,
    permissions: data.default_workflow_permissions,
  };
}

async function readLabels({ client, name }: Observer): Promise<readonly string[]> {
  const labels = await client.paginate(client.rest.issues.listLabelsForRepo, {
    ...name,
    per_page: 100,
  });
  return labels.map((label) => label.name);
}
