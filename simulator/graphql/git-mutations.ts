import { ApiError, unprocessable } from '../errors.ts';
import { ZERO_OID } from '../git/git-store.ts';
import type { RefChange } from '../git/git-store.ts';
import type { FileWrite } from '../git/object-database.ts';
import type { JsonBody } from '../json-body.ts';
import type { Repository } from '../model.ts';
import { commitFiles } from '../operations/commits.ts';
import { changeOf, isRefName, moveRefs } from '../operations/refs.ts';
import { canSee } from '../permissions.ts';
import type { Context } from './context.ts';
import { commitNode, refNode } from './git-nodes.ts';
import { write } from './mutation.ts';
import type { Mutation } from './mutation.ts';
import { refTarget, target } from './targets.ts';

/** The branch to commit on: by the ref's id, or by repository and name. */
function branchTarget(context: Context, input: JsonBody) {
  const branch = input.object('branch');
  if (branch === undefined) throw unprocessable('No branch was given.');
  if (branch.has('id')) return refTarget(context, branch, 'id');
  const fullName = branch.string('repositoryNameWithOwner');
  const repo = context.world.repository(fullName);
  if (repo === null || !canSee(repo, context.credential)) {
    throw new ApiError(404, `Could not resolve to a Repository with the name '${fullName}'.`);
  }
  const name = branch.string('branchName');
  return { repo, ref: name.startsWith('refs/heads/') ? name : `refs/heads/${name}` };
}

/** https://docs.github.com/graphql/reference/mutations#createcommitonbranch, a compare-and-swap. */
function demandHead(repo: Repository, ref: string, expected: string): void {
  const head = repo.git.refs.get(ref);
  if (head === undefined) {
    throw new ApiError(404, `No such branch: "${ref.slice('refs/heads/'.length)}"`);
  }
  if (head === expected) return;
  // GitHub really writes two spaces there.
  const message = `Expected branch to point to "${expected}" but it did not.  Pull and try again.`;
  throw new ApiError(409, message, undefined, 'STALE_DATA');
}

async function fileWrites(
  repo: Repository,
  head: string,
  changes: JsonBody | undefined,
): Promise<readonly FileWrite[]> {
  const deletions = (changes?.objects('deletions') ?? []).map((file) => file.string('path'));
  for (const path of deletions) {
    if ((await repo.git.objects.find(`${head}:${path}`)) !== null) continue;
    const message = `A path was requested for deletion which does not exist as of commit oid \`${head}\``;
    throw unprocessable(message);
  }
  const additions = (changes?.objects('additions') ?? []).map((file) => ({
    path: file.string('path'),
    content: Buffer.from(file.string('contents'), 'base64'),
  }));
  return [...deletions.map((path) => ({ path, oid: null })), ...additions];
}

const createCommitOnBranch: Mutation = (context, input) => {
  const { repo, ref } = branchTarget(context, input);
  const expected = input.string('expectedHeadOid');
  const text = input.object('message');
  const body = text?.optional('body') ?? '';
  const headline = text?.string('headline') ?? '';
  return write(context, repo, 'contents', 'write', async (scene) => {
    demandHead(repo, ref, expected);
    const writes = await fileWrites(repo, expected, input.object('fileChanges'));
    const message = body === '' ? headline : `${headline}\n\n${body}`;
    const oid = await commitFiles(scene, expected, message, writes);
    await moveRefs(scene, [changeOf(repo, ref, oid)]);
    return { commit: commitNode(context, repo, oid), ref: refNode(context, repo, ref) };
  });
};

async function demandCommit(repo: Repository, oid: string): Promise<void> {
  const found = /^[0-9a-f]{40}$/.test(oid) ? await repo.git.objects.find(oid) : null;
  if (found === null) throw unprocessable('Oid does not exist in this repository');
}

const createRef: Mutation = (context, input) => {
  const { repo } = target(context, input, 'repositoryId', 'Repository');
  const ref = input.string('name');
  const oid = input.string('oid');
  return write(context, repo, 'contents', 'write', async (scene) => {
    if (!isRefName(ref)) throw unprocessable(`"${ref}" is not a valid ref name.`);
    if (repo.git.refs.has(ref)) {
      throw unprocessable(`A ref named "${ref}" already exists in the repository.`);
    }
    await demandCommit(repo, oid);
    await moveRefs(scene, [changeOf(repo, ref, oid)]);
    return { ref: refNode(context, repo, ref) };
  });
};

const updateRef: Mutation = (context, input) => {
  const { repo, ref } = refTarget(context, input, 'refId');
  const oid = input.string('oid');
  return write(context, repo, 'contents', 'write', async (scene) => {
    await demandCommit(repo, oid);
    await demandFastForward(repo, ref, oid, input.boolean('force'));
    await moveRefs(scene, [changeOf(repo, ref, oid)]);
    return { ref: refNode(context, repo, ref) };
  });
};

async function demandFastForward(
  repo: Repository,
  ref: string,
  after: string,
  force: boolean,
): Promise<void> {
  const before = repo.git.refs.get(ref);
  if (force || before === undefined) return;
  if (await repo.git.history.isAncestor(before, after)) return;
  throw unprocessable('Update is not a fast forward');
}

const deleteRef: Mutation = (context, input) => {
  const { repo, ref } = refTarget(context, input, 'refId');
  return write(context, repo, 'contents', 'write', async (scene) => {
    if (ref === `refs/heads/${repo.defaultBranch}`) {
      throw unprocessable('Cannot delete the default branch');
    }
    await moveRefs(scene, [changeOf(repo, ref, null)]);
    return {};
  });
};

/** One update of `updateRefs`: a zero `beforeOid` means it must not exist, a zero `afterOid` deletes. */
async function plannedUpdate(repo: Repository, update: JsonBody): Promise<RefChange> {
  const ref = update.string('name');
  const change = changeOf(repo, ref, update.string('afterOid'));
  const expected = update.optional('beforeOid');
  if (expected !== undefined && expected !== (change.before ?? ZERO_OID)) {
    const message = `Reference update failed: ${ref} is not at ${expected}`;
    throw new ApiError(409, message, undefined, 'STALE_DATA');
  }
  if (change.after === ZERO_OID) return { ...change, after: null };
  if (!isRefName(ref)) throw unprocessable(`"${ref}" is not a valid ref name.`);
  await demandCommit(repo, update.string('afterOid'));
  await demandFastForward(repo, ref, update.string('afterOid'), update.boolean('force'));
  return change;
}

const updateRefs: Mutation = (context, input) => {
  const { repo } = target(context, input, 'repositoryId', 'Repository');
  return write(context, repo, 'contents', 'write', async (scene) => {
    const changes: RefChange[] = [];
    for (const update of input.objects('refUpdates') ?? []) {
      changes.push(await plannedUpdate(repo, update));
    }
    await moveRefs(
      scene,
      changes.filter((change) => change.before !== change.after),
    );
    return {};
  });
};

export const gitMutations: Readonly<Record<string, Mutation>> = {
  createCommitOnBranch,
  createRef,
  updateRef,
  updateRefs,
  deleteRef,
};
