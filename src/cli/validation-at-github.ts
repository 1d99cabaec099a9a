import { configFacts, type ConfigFacts } from '../domain/config-facts.ts';
import { surveyBase, validateBase } from '../github/base.ts';
import { templateReader } from '../template-reader.ts';
import type { Context } from './command.ts';
import { askingGitHub } from './github-access.ts';
import { observerAt } from './observer.ts';

/** Config, spec pack and templates of the base on GitHub; two requests as a rule. */
export async function validateAtGitHub(
  context: Context,
  place: { readonly github: string; readonly author: string },
): Promise<ConfigFacts> {
  const observer = await observerAt(context, place, templateReader().check);
  return askingGitHub(place.github, async () => {
    const { survey } = await surveyBase(observer);
    return configFacts(survey.config, await validateBase(observer, survey));
  });
}
