import type { TextSubject } from '../domain/own-text.ts';
import type { PackTools } from '../domain/read-spec.ts';
import type { Client, RepositoryName } from './client.ts';

/** Who looks at a repository, at which one, and for what. */
export interface Observer {
  readonly client: Client;
  readonly name: RepositoryName;
  /** Null where only its name is known. */
  readonly repositoryId: number | null;
  readonly configPath: string;
  readonly stateBranch: string;
  readonly pack: PackTools;
  readonly now: () => string;
  /** What a text of ours is of, by its marker. */
  readonly subjectOf: (body: string) => TextSubject | null;
  /** Whom the action writes as, with its `[bot]`; whoever looks where it is left out, as the action itself does. */
  readonly author?: string;
}
