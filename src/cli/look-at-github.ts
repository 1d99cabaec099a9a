import { StateMovedError } from '../domain/errors.ts';
import type { Trigger } from '../domain/trigger.ts';
import { observe } from '../github/observe.ts';
import { templateReader } from '../template-reader.ts';
import type { Context } from './command.ts';
import { askingGitHub } from './github-access.ts';
import { observerAt } from './observer.ts';
import type { Seen } from './seen.ts';

/** How often it is looked again where a run moved the state meanwhile. */
const MAX_AGAIN = 4;

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
    atRest(() => observe(observer, trigger, null)),
  );
  const source = { kind: 'github', repository } as const;
  return { world: { ...world, judgement: null }, problems, templates: templates.found(), source };
}

async function atRest<T>(look: () => Promise<T>): Promise<T> {
  for (let again = 0; ; again += 1) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof StateMovedError) || again === MAX_AGAIN) throw error;
    }
  }
}
