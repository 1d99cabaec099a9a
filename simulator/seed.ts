import { mkdir, readdir, readFile, readlink, stat, writeFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';

import { GitStore } from './git/git-store.ts';
import type { FileWrite } from './git/object-database.ts';
import type { ObjectStore } from './git/object-store.ts';
import { Lock } from './lock.ts';
import { createLabel } from './operations/labels.ts';
import type { BranchProtection, Repository, Role, Ruleset, Settings } from './model.ts';
import { commitIdentity } from './present/account.ts';
import { nodeId } from './world.ts';
import type { World } from './world.ts';

export interface RepositorySeed {
  readonly owner: string;
  readonly name: string;
  /** `main` unless given. */
  readonly defaultBranch?: string;
  /** Contents by path, or a directory to copy (without `.git` and `node_modules`). */
  readonly files: Readonly<Record<string, string | Buffer>> | string;
  /** Logins to role names. The owner is an admin without being named. */
  readonly collaborators?: Readonly<Record<string, Role>>;
  readonly settings?: Partial<Settings>;
  /** Labels that it has; none unless given. */
  readonly labels?: readonly string[];
  readonly rulesets?: readonly Omit<Ruleset, 'id'>[];
  /** By the branch's name. */
  readonly protections?: Readonly<Record<string, BranchProtection>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

const DEFAULT_SETTINGS: Settings = {
  actionsMayCreatePullRequests: true,
  defaultWorkflowPermissions: 'read',
  actionsEnabled: true,
  hasIssues: true,
  isFork: false,
  archived: false,
  visibility: 'private',
};

/** Refuses workflow files that no branch has yet to those who may not write them, as GitHub does. */
const PRE_RECEIVE = `#!/bin/sh
[ -n "$SIMULATOR_GUARD_WORKFLOWS" ] || exit 0
while read -r _ new ref; do
  case "$ref" in refs/heads/*) ;; *) continue ;; esac
  tree=$(git rev-parse --quiet --verify "$new:.github/workflows") || continue
  case " $SIMULATOR_WORKFLOW_TREES " in *" $tree "*) continue ;; esac
  echo "refusing to allow a GitHub App to create or update workflow without \\\`workflows\\\` permission" >&2
  exit 1
done
`;

/** What GitHub's own repositories accept: pushes, fetches of any SHA, no writing below \`refs/pull\`. */
const GIT_CONFIG = `[http]
	receivepack = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[receive]
	autogc = false
	hideRefs = refs/pull
[gc]
	auto = 0
[transfer]
	fsckObjects = false
`;

/** Where repositories lie: below `root`, with objects of their own unless there are some to share. */
export interface Ground {
  readonly root: string;
  readonly objects: ObjectStore | null;
}

export async function createRepository(
  world: World,
  ground: Ground,
  seed: RepositorySeed,
): Promise<Repository> {
  const fullName = `${seed.owner}/${seed.name}`;
  if (world.repository(fullName) !== null) throw new Error(`${fullName} exists already`);
  const defaultBranch = seed.defaultBranch ?? 'main';
  // A repository that was renamed away keeps its folder.
  const isTaken = world.formerly(fullName) !== null;
  const folder = isTaken ? `${fullName}-${String(world.repositories.size)}` : fullName;
  const git = await createStore(ground, folder, defaultBranch);
  const now = world.now();
  const collaborators = new Map<string, Role>([[seed.owner.toLowerCase(), 'admin']]);
  for (const [login, role] of Object.entries(seed.collaborators ?? {})) {
    world.ensureAccount(login);
    collaborators.set(login.toLowerCase(), role);
  }
  const repo: Repository = {
    id: world.nextId(),
    owner: world.ensureAccount(seed.owner),
    name: seed.name,
    fullName,
    defaultBranch,
    createdAt: now,
    pushedAt: now,
    git,
    lock: new Lock(),
    settings: { ...DEFAULT_SETTINGS, ...seed.settings },
    collaborators,
    labels: new Map(),
    issues: new Map(),
    comments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    runs: new Map(),
    rulesets: (seed.rulesets ?? []).map((ruleset) => ({ ...ruleset, id: world.nextId() })),
    protections: new Map(Object.entries(seed.protections ?? {})),
    workflowStates: new Map(),
    verifiedCommits: new Set(),
    variables: { ...seed.variables },
    secrets: { ...seed.secrets },
  };
  world.repositories.set(fullName.toLowerCase(), repo);
  world.nodes.set(nodeId('R', repo.id), { type: 'Repository', repo });
  for (const name of seed.labels ?? []) createLabel({ world, repo }, name);
  await firstCommit(repo, seed, now);
  return repo;
}

async function createStore(ground: Ground, folder: string, branch: string): Promise<GitStore> {
  const directory = join(ground.root, `${folder}.git`);
  const scratch = join(ground.root, '.scratch', folder);
  const store = await GitStore.create({ directory, scratch }, branch, ground.objects);
  await appendFile(join(directory, 'config'), GIT_CONFIG);
  await mkdir(join(directory, 'hooks'), { recursive: true });
  await writeFile(join(directory, 'hooks', 'pre-receive'), PRE_RECEIVE, { mode: 0o755 });
  return store;
}

async function firstCommit(repo: Repository, seed: RepositorySeed, date: string): Promise<void> {
  const writes =
    typeof seed.files === 'string'
      ? await filesBelow(seed.files, '')
      : Object.entries(seed.files).map(([path, content]) => ({
          path,
          content: Buffer.from(content),
        }));
  const tree = await repo.git.objects.changeTree(null, writes);
  const author = { ...commitIdentity(repo.owner), date };
  const commit = { tree, parents: [], author, committer: author, message: 'Initial commit' };
  const after = await repo.git.objects.writeCommit(commit);
  await repo.git.updateRefs([{ ref: `refs/heads/${repo.defaultBranch}`, before: null, after }]);
}

async function filesBelow(directory: string, prefix: string): Promise<readonly FileWrite[]> {
  const writes: FileWrite[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.name === '.git' || entry.name === 'node_modules') continue;
    const file = join(directory, entry.name);
    const path = prefix + entry.name;
    if (entry.isDirectory()) writes.push(...(await filesBelow(file, `${path}/`)));
    else if (entry.isSymbolicLink()) {
      writes.push({ path, content: Buffer.from(await readlink(file)), mode: '120000' });
    } else {
      const executable = ((await stat(file)).mode & 0o100) !== 0;
      const mode = executable ? '100755' : '100644';
      writes.push({ path, content: await readFile(file), mode });
    }
  }
  return writes;
}
