import type { Config } from './config-types.ts';
import type { Problem } from './problem.ts';
import type { ValidatedSources } from './read-spec.ts';
import type { SpecFile } from './spec-file.ts';

/** What a config comes to with its spec pack and the user's own templates, and all that is wrong with them. */
export type ConfigFacts =
  /** Each problem holds back a module, or all of them where it is a template's. */
  | { readonly kind: 'usable'; readonly config: Config; readonly problems: readonly Problem[] }
  /** There is none, or there is one that cannot be relied on, with what it names. */
  | { readonly kind: 'missing' | 'unusable'; readonly problems: readonly Problem[] };

export function configFacts(
  content: SpecFile,
  { validation, inTemplates }: ValidatedSources,
): ConfigFacts {
  const problems = [...validation.problems, ...inTemplates];
  if (validation.usable) return { kind: 'usable', config: validation.config, problems };
  return { kind: content.kind === 'missing' ? 'missing' : 'unusable', problems };
}
