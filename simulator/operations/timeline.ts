import type { Scene } from '../events.ts';
import type { Actor, App, Issue, TimelineEvent } from '../model.ts';

export function appOf(actor: Actor): App | null {
  return actor.kind === 'installation' ? actor.app : null;
}

/** Writes an event into the issue's own history. */
export function record(
  { world, actor }: Scene,
  issue: Issue,
  event: Omit<TimelineEvent, 'id' | 'createdAt' | 'actor' | 'app'>,
): void {
  const id = world.nextId();
  const by = { actor: actor.account, app: appOf(actor) };
  issue.events.push({ id, createdAt: world.now(), ...by, ...event });
}
