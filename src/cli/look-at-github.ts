import { parseSubject } from '../documents/own-text.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import type { Trigger } from '../domain/trigger.ts';
import { observe } from '../github/observe.ts';
import { sha256 } from '../sha256.ts';
import { templateReader } from '../template-reader.ts';
import type { Context } from './command.ts';
import { accessGitHub, askingGitHub } from './github-access.ts';
import type { Seen } from './seen.ts';

/** The world as the action itself would see it, through the same requests. */
export async function lookAtGitHub(
  { io, configPath }: Context,
  { github, author }: { readonly github: string; readonly author: string },
  trigger: Trigger,
): Promise<Seen> {
  const access = await accessGitHub(io, github);
  const templates = templateReader();
  const observer = {
    ...access,
    configPath,
    stateBranch: STATE_BRANCH,
    pack: { hash: sha256, checkTemplates: templates.check },
    now: io.now,
    subjectOf: parseSubject,
    author,
  };
  const { world, problems } = await askingGitHub(github, () => observe(observer, trigger, null));
  const source = { kind: 'github', repository: github } as const;
  return { world: { ...world, judgement: null }, problems, templates: templates.found(), source };
}
