import type { Repository } from './model.ts';
import type { RunnerHost } from './ports.ts';
import { ACTIONS_APP } from './world.ts';
import type { World } from './world.ts';

/** GitHub as the runner sees it. */
export function createRunnerHost(world: World): RunnerHost {
  function repo(fullName: string): Repository {
    // An event may still carry the name from before a rename.
    const found = world.repository(fullName) ?? world.formerly(fullName);
    if (found === null) throw new Error(`There is no repository ${fullName}`);
    return found;
  }
  return {
    urls: world.urls,
    onEvent: (listener) => {
      world.onEvent(listener);
    },
    defaultBranch: (name) => repo(name).defaultBranch,
    ids: (name) => ({ repository: repo(name).id, owner: repo(name).owner.id }),
    resolve: async (name, ref) => repo(name).git.commitOf(ref),
    readFile: async (name, commit, path) => {
      const content = await repo(name).git.objects.blob(`${commit}:${path}`);
      return content === null ? null : content.toString();
    },
    listFiles: async (name, commit, directory) => {
      const { objects } = repo(name).git;
      const found = await objects.find(`${commit}:${directory}`);
      const entries = found?.type === 'tree' ? await objects.tree(found.oid) : null;
      return (entries ?? []).map((entry) =>
        directory === '' ? entry.name : `${directory}/${entry.name}`,
      );
    },
    variables: (name) => repo(name).variables,
    secrets: (name) => repo(name).secrets,
    mintJobToken: (name, permissions) => {
      const token = world.createInstallationToken(repo(name).fullName, ACTIONS_APP, permissions);
      return {
        token,
        revoke: () => {
          world.revoke(token);
        },
      };
    },
    recordRun: (run) => {
      repo(run.repository).runs.set(run.id, run);
    },
  };
}
