import type { Actor, Comment, Issue, PullIssue, Repository } from './model.ts';
import { presentAccount } from './present/account.ts';
import { presentComment, presentIssue } from './present/issue.ts';
import { isPull, presentPull } from './present/pull.ts';
import { presentRepository } from './present/repository.ts';
import { ACTIONS_APP } from './world.ts';
import type { World } from './world.ts';

/** Who does what where: the company every operation keeps. */
export interface Scene {
  readonly world: World;
  readonly repo: Repository;
  readonly actor: Actor;
}

function causeOf(actor: Actor): 'user' | 'app' | 'workflow-token' {
  if (actor.kind === 'user') return 'user';
  return actor.app.id === ACTIONS_APP.id ? 'workflow-token' : 'app';
}

/** Sends an event with what every payload carries: `repository` and `sender`. */
export function emit(scene: Scene, name: string, payload: Readonly<Record<string, unknown>>): void {
  const { world, repo, actor } = scene;
  world.emit({
    name,
    repository: repo.fullName,
    actor: actor.account.login,
    cause: causeOf(actor),
    payload: {
      ...payload,
      repository: presentRepository(world, repo),
      sender: presentAccount(world, actor.account),
    },
  });
}

/** `pull_request` for a pull request and `issues` for an issue; GitHub never sends both. */
export async function emitIssue(
  scene: Scene,
  issue: Issue,
  action: string,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (isPull(issue)) return emitPull(scene, issue, action, extra);
  emit(scene, 'issues', { action, issue: presentIssue(scene.world, scene.repo, issue), ...extra });
}

export async function emitPull(
  scene: Scene,
  issue: PullIssue,
  action: string,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const pull = await presentPull(scene.world, scene.repo, issue);
  emit(scene, 'pull_request', { action, number: issue.number, pull_request: pull, ...extra });
}

export function emitComment(
  scene: Scene,
  issue: Issue,
  comment: Comment,
  action: 'created' | 'edited' | 'deleted',
  extra: Readonly<Record<string, unknown>> = {},
): void {
  emit(scene, 'issue_comment', {
    action,
    issue: presentIssue(scene.world, scene.repo, issue),
    comment: presentComment(scene.world, scene.repo, comment),
    ...extra,
  });
}
