import { jest } from '@jest/globals';
import type * as Commit from '../../../src/github/commit.ts';
import type * as Conversations from '../../../src/github/conversations.ts';
import type * as Hub from '../../../src/github/hub.ts';
import type * as Judge from '../../../src/judge.ts';
import type * as Others from '../../../src/modes/others.ts';
import type * as Roles from '../../../src/github/roles.ts';
import type * as SessionBranch from '../../../src/github/session-branch.ts';

/**
 * Modules of the action with one defence taken out, put in place of the real ones for what is imported next. Nothing
 * in the action itself can switch a defence off.
 */

const SOURCE = '../../../src/';

type Weaken = () => Promise<() => void>;

/** Puts a weakened module in place for what is imported next; the answer takes it away again. */
async function replace<Module extends object>(
  path: string,
  weaken: (module: Module) => Partial<Module>,
): Promise<() => void> {
  // First the real one: from then on, who asks for it gets the replacement.
  const real = (await import(`${SOURCE}${path}`)) as Module;
  jest.unstable_mockModule(`${SOURCE}${path}`, () => ({ ...real, ...weaken(real) }));
  return () => void jest.unstable_unmockModule(`${SOURCE}${path}`);
}

/** Commits upon whatever the branch is at by now. */
export const withoutCompareAndSwap: Weaken = () =>
  replace<typeof Commit>('github/commit.ts', ({ commitMutation }) => ({
    commitMutation: async (client, name, commit) => {
      try {
        return await commitMutation(client, name, commit);
      } catch {
        const { data } = await client.rest.repos.getBranch({ ...name, branch: commit.branch });
        return commitMutation(client, name, { ...commit, parent: data.commit.sha });
      }
    },
  }));

/** Takes every branch of the right name. */
export const withoutBranchAdoptionRules: Weaken = () =>
  replace<typeof SessionBranch>('github/session-branch.ts', ({ ensureSessionBranch }) => ({
    ensureSessionBranch: async (maker, branch) => {
      const { client, name } = maker;
      try {
        return await ensureSessionBranch(maker, branch);
      } catch {
        const { data } = await client.rest.repos.getBranch({ ...name, branch: branch.name });
        return { documentSha: data.commit.sha, hasWork: true, conflicts: false };
      }
    },
  }));

/** Goes by the marker alone. */
export const withoutIdentity: Weaken = () =>
  replace<typeof Conversations>('github/conversations.ts', () => ({ isOurs: () => true }));

/** Takes a result for whatever head is there. */
export const withoutShaBinding: Weaken = () =>
  replace<typeof Judge>('judge.ts', ({ judge }) => ({
    isResultOf: () => true,
    judge: (world, verification) => {
      const head = world.pulls.get(verification?.module ?? '')?.headSha;
      return verification === null || head === undefined
        ? judge(world, verification)
        : judge(world, { ...verification, sha: head });
    },
  }));

/** Creates without looking whether it was created before. */
export const withoutReadBack: Weaken = () =>
  replace<typeof Hub>('github/hub.ts', ({ createHub }) => ({
    createHub: (options) => ({
      ...createHub(options),
      ensureIssue: async ({ title, body, labels }) => {
        const { client, name } = options;
        const { data } = await client.rest.issues.create({
          ...name,
          title,
          body,
          labels: [...labels],
        });
        return { number: data.number, id: data.node_id, url: data.html_url };
      },
    }),
  }));

/** Takes everybody for an administrator. */
export const withoutPermissionCheck: Weaken = () =>
  replace<typeof Roles>('github/roles.ts', () => ({ readRole: () => Promise.resolve('admin') }));

/** Takes nobody for still at work on what they claimed. */
export const withoutWaiting: Weaken = () =>
  replace<typeof Others>('modes/others.ts', ({ watchOthers }) => ({
    watchOthers: (time) => ({
      ...watchOthers(time),
      waitSince: () => () => Promise.resolve(false),
    }),
  }));
