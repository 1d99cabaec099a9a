import { parseSubject } from '../documents/own-text.ts';
import type { PackTools } from '../domain/read-spec.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import type { Observer } from '../github/observer.ts';
import { sha256 } from '../sha256.ts';
import type { Context } from './command.ts';
import { accessGitHub } from './github-access.ts';

/** Somebody at a terminal who looks at GitHub as the action itself would. */
export async function observerAt(
  { io, configPath }: Context,
  { github, author }: { readonly github: string; readonly author: string },
  checkTemplates: PackTools['checkTemplates'],
): Promise<Observer> {
  return {
    ...(await accessGitHub(io, github)),
    configPath,
    stateBranch: STATE_BRANCH,
    pack: { hash: sha256, checkTemplates },
    now: io.now,
    subjectOf: parseSubject,
    author,
  };
}
