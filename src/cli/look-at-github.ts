import type { Trigger } from '../domain/trigger.ts';
import { observe } from '../github/observe.ts';
import { templateReader } from '../template-reader.ts';
import type { Context } from './command.ts';
import { askingGitHub } from './github-access.ts';
import { observerAt } from './observer.ts';
import type { Seen } from './seen.ts';

/** The world as the action itself would see it, through the same requests. */
export async function lookAtGitHub(
  context: Context,
  place: { readonly github: string; readonly author: string },
  trigger: Trigger,
): Promise<Seen> {
  const templates = templateReader();
  const observer = await observerAt(context, place, templates.check);
  const { github: repository } = place;
  const { world, problems } = await askingGitHub(repository, () =>
    observe(observer, trigger, null),
  );
  const source = { kind: 'github', repository } as const;
  return { world: { ...world, judgement: null }, problems, templates: templates.found(), source };
}
