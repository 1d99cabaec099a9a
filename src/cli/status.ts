import type { BoardModule } from '../act/graph-view.ts';
import { orphanFacts } from '../decide/orphans.ts';
import { addressOf } from '../documents/graph/graph-view.ts';
import { progressOf, type Progress } from '../documents/progress.ts';
import type { OrphanFacts } from '../domain/answer.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { orphansOf } from '../domain/orphans.ts';
import type { Seen } from './seen.ts';
import { viewOf } from './view.ts';

/** A module on the board. */
export interface StatusModule extends Pick<
  BoardModule,
  | 'id'
  | 'name'
  | 'status'
  | 'dependsOn'
  | 'requested'
  | 'ready'
  | 'attempt'
  | 'maxAttempts'
  | 'pullRequest'
  | 'escalation'
  | 'waitsFor'
  | 'note'
> {
  /** Its open question, else its pull request. */
  readonly url: string | null;
}

/** The dashboard for a terminal, and for programs as it is. */
export interface Status {
  readonly title: string;
  readonly paused: boolean;
  readonly progress: Progress;
  /** The longest chain still to be done, first to last: ids. */
  readonly criticalPath: readonly string[];
  readonly modules: readonly StatusModule[];
  /** Under way, and not in the config any more. */
  readonly orphans: readonly OrphanFacts[];
}

export function statusOf(seen: Pick<Seen, 'world' | 'source'>): Status {
  const { config, state } = seen.world;
  const view = viewOf(seen);
  return {
    title: view.title,
    paused: config.paused,
    progress: progressOf(view.modules),
    criticalPath: view.criticalPath,
    modules: view.modules.map((module) => ({
      id: module.id,
      name: module.name,
      status: module.status,
      dependsOn: module.dependsOn,
      requested: module.requested,
      ready: module.ready,
      attempt: module.attempt,
      maxAttempts: module.maxAttempts,
      pullRequest: module.pullRequest,
      escalation: module.escalation,
      waitsFor: module.waitsFor,
      note: module.note,
      url: addressOf(view, module),
    })),
    orphans: orphansOf(config, state).map(({ id }) => orphanFacts(id, entryOf(state, id))),
  };
}
