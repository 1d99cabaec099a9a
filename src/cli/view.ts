import { graphViewOf, type BoardView } from '../act/graph-view.ts';
import type { Seen } from './seen.ts';

/** The modules as they stand; a checkout without a remote has no page on GitHub to link to. */
export function viewOf({ world, source }: Pick<Seen, 'world' | 'source'>): BoardView {
  const { owner, name, url } = world.repository;
  const isKnown = source.kind === 'github' || source.remote !== null;
  return graphViewOf(world, world.state, {
    title: isKnown ? `${owner}/${name}` : name,
    repositoryUrl: isKnown ? url : null,
  });
}
