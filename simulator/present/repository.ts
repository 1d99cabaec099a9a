import type { Credential, Repository } from '../model.ts';
import { atLeast, roleOf } from '../permissions.ts';
import { nodeId } from '../world.ts';
import type { World } from '../world.ts';
import { presentAccount } from './account.ts';
import type { Schemas } from './account.ts';

export function repositoryUrl(world: World, repo: Repository): string {
  return `${world.urls.api}/repos/${repo.fullName}`;
}

export function repositoryPage(world: World, repo: Repository): string {
  return `${world.urls.server}/${repo.fullName}`;
}

/** The URL templates every representation of a repository carries. */
function repositoryUrls(url: string) {
  return {
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}

function addresses(world: World, repo: Repository) {
  const page = repositoryPage(world, repo);
  return {
    html_url: page,
    clone_url: `${page}.git`,
    git_url: `git:${page.slice(page.indexOf('//'))}.git`,
    ssh_url: `git@${new URL(world.urls.server).hostname}:${repo.fullName}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
  };
}

function counters(repo: Repository) {
  const open = [...repo.issues.values()].filter((issue) => issue.state === 'open').length;
  return {
    forks: 0,
    forks_count: 0,
    open_issues: open,
    open_issues_count: open,
    size: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
  };
}

/** Features the simulator has nothing of. */
const NOT_THERE = {
  has_projects: false,
  has_wiki: false,
  has_pages: false,
  has_downloads: false,
  has_discussions: false,
};

export function presentRepository(world: World, repo: Repository): Schemas['repository'] {
  const url = repositoryUrl(world, repo);
  return {
    id: repo.id,
    node_id: nodeId('R', repo.id),
    name: repo.name,
    full_name: repo.fullName,
    owner: presentAccount(world, repo.owner),
    private: repo.settings.visibility === 'private',
    visibility: repo.settings.visibility,
    description: null,
    fork: repo.settings.isFork,
    url,
    ...repositoryUrls(url),
    ...addresses(world, repo),
    ...counters(repo),
    default_branch: repo.defaultBranch,
    language: null,
    license: null,
    topics: [],
    has_issues: repo.settings.hasIssues,
    ...NOT_THERE,
    archived: repo.settings.archived,
    disabled: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    created_at: repo.createdAt,
    updated_at: repo.pushedAt,
    pushed_at: repo.pushedAt,
  };
}

function permissionsOf(repo: Repository, credential: Credential) {
  const role = credential.kind === 'user' ? roleOf(repo, credential.account.login) : null;
  return {
    admin: atLeast(role, 'admin'),
    maintain: atLeast(role, 'maintain'),
    push: atLeast(role, 'write'),
    triage: atLeast(role, 'triage'),
    pull: true,
  };
}

export function presentFullRepository(
  world: World,
  repo: Repository,
  credential: Credential,
): Schemas['full-repository'] {
  return {
    ...presentRepository(world, repo),
    has_discussions: false,
    permissions: permissionsOf(repo, credential),
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    subscribers_count: 0,
    network_count: 0,
    pushed_at: repo.pushedAt,
    created_at: repo.createdAt,
    updated_at: repo.pushedAt,
  };
}

/** The shorter form inside workflow runs; a full one minus what its type does not know. */
export function presentMinimalRepository(
  world: World,
  repo: Repository,
): Schemas['minimal-repository'] {
  return { ...presentRepository(world, repo), license: null };
}
