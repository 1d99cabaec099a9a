import { DEFAULT_PATHS } from '../domain/config-defaults.ts';
import type { PullRequest } from '../domain/world.ts';
import type { Client, RepositoryName } from './client.ts';
import { surveyGround, type GroundLook } from './ground.ts';
import { packLook } from './look.ts';
import { readScene } from './scene.ts';

/**
 * A pull request that can be no session's whatever config and state say: sessions are on branches of this repository
 * that are called so, and a check belongs to a commit, which must not be the head of one. Null of any other.
 */
export async function readStranger(
  client: Client,
  name: RepositoryName,
  number: number,
  look: Pick<GroundLook, 'config' | 'stateBranch' | 'stateFile' | 'repositoryId'>,
): Promise<{ readonly pull: PullRequest; readonly repositoryId: string } | null> {
  const { data, baseSha } = await surveyGround(client, name, { ...look, rev: 'HEAD' });
  const { viewer, repository } = data;
  const paths = { ...packLook(DEFAULT_PATHS, baseSha), pull: number };
  const ours = { viewer: viewer.login, former: [] };
  const { besides } = await readScene(client, name, paths, ours);
  const [pull] = besides;
  if (repository === null || pull?.state !== 'open') return null;
  if (pull.sameRepository && pull.headBranch.startsWith('session/')) return null;
  const branches = await client.paginate(client.rest.git.listMatchingRefs, {
    ...name,
    ref: 'heads/session/',
    per_page: 100,
  });
  const isSessions = branches.some(({ object }) => object.sha === pull.headSha);
  return isSessions ? null : { pull, repositoryId: repository.id };
}
