import type { UserTemplates } from '../documents/template.ts';
import type { Problem } from '../domain/problem.ts';
import type { World } from '../domain/world.ts';

/** The world as a command sees it, and where it was seen. */
export interface Seen {
  readonly world: World;
  /** What the spec pack lacks; the modules concerned wait. */
  readonly problems: readonly Problem[];
  /** The user's own. */
  readonly templates: UserTemplates;
  readonly source: Source;
}

export type Source =
  | {
      readonly kind: 'checkout';
      readonly root: string;
      /** `owner/name`; null without a remote `origin`. */
      readonly remote: string | null;
      /** The ref or file of the state; null where there is none yet. */
      readonly state: string | null;
    }
  | { readonly kind: 'github'; readonly repository: string };
