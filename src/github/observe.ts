import type { Config } from '../domain/config.ts';
import type { OwnText } from '../domain/own-text.ts';
import { createModuleGraph } from '../domain/module-graph.ts';
import type { Problem } from '../domain/problem.ts';
import { readSpecPack, type ConfigFile } from '../domain/read-spec.ts';
import { isSweep, triggerNumber, triggerSender, type Trigger } from '../domain/trigger.ts';
import type { VerificationResult } from '../domain/verification.ts';
import type { Conversation, Role, World } from '../domain/world.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import { surveyConfigured } from './base.ts';
import { containedCommits } from './containment.ts';
import type { Identity } from './conversations.ts';
import { settleGround, type Ground } from './ground.ts';
import { isForeign, knownEntries, lookFor } from './look.ts';
import { lostCommentsSince } from './lost-comments.ts';
import { readMergeGroup } from './merge-group.ts';
import type { Observer } from './observer.ts';
import { readRole } from './roles.ts';
import { readScene, type Scene } from './scene.ts';
import { assertHistory, readDashboards } from './state-history.ts';

/** The world but for what is judged of a verification, and the state branch's tip that it was read at. */
export interface Observation {
  readonly world: Omit<World, 'judgement'>;
  readonly revision: string | null;
  /** When that tip was committed. */
  readonly movedAt: string | null;
  readonly identity: Identity;
  /** What the modules name of the spec pack and is not there: gates hold those modules, the others go on. */
  readonly problems: readonly Problem[];
}

/** Reads the world as it is: two requests in a row, and beside them one per role or old merge to look up. */
export async function observe(
  observer: Observer,
  trigger: Trigger,
  verification: VerificationResult | null,
): Promise<Observation> {
  const [{ ground, config, file }, senderRole] = await Promise.all([
    readConfiguredGround(observer),
    readSenderRole(observer, trigger),
  ]);
  const base = config.base ?? ground.repository.defaultBranch;
  const viewer = observer.author ?? ground.viewer;
  const identity = { viewer, former: config.trustedAuthors };
  const now = observer.now();
  const swept = isSweep(trigger) ? { swept: { commentsSince: lostCommentsSince(now) } } : {};
  const look = { ...lookFor(config, ground, trigger, verification, now), ...swept };
  const [scene, contains, mergeGroup] = await Promise.all([
    readScene(observer.client, observer.name, look, identity),
    containedCommits(observer.client, observer.name, { config, ground, trigger }),
    readMergeGroup(observer.client, observer.name, trigger),
  ]);
  await assertHistory(observer, ground, readDashboards(observer, { ground, scene, identity }));
  const roles = new Map([
    ...senderRole,
    ...(await readOtherRoles(observer, new Map(senderRole), { config, ground, scene, trigger })),
    // Written with or without `[bot]`, it names a bot: a person of that login gains nothing.
    ...config.allowedBots.map(
      (login) => [`${login.replace(/\[bot\]$/u, '')}[bot]`, 'write'] as const,
    ),
  ]);
  const { problems, spec } = await readSpecPack(file, scene, observer.pack);
  const number = triggerNumber(trigger);
  const { state, repository, revision, movedAt } = ground;
  const world = {
    now,
    repository,
    base: { branch: base, sha: ground.baseSha, contains },
    config,
    graph: createModuleGraph(config.modules),
    ...spec,
    state,
    trigger,
    source: number === null ? null : (scene.conversations.get(number) ?? null),
    comment: scene.comment,
    lostComments: scene.lostComments,
    askingLabels: scene.askingLabels,
    labels: scene.labels,
    labelledPulls: scene.labelledPulls,
    mergeGroup,
    begun: scene.begun,
    pulls: scene.pulls,
    gone: scene.gone,
    foreignPulls: scene.besides.filter((pull) => isForeign(pull, knownEntries(config, ground))),
    conversations: scene.conversations,
    dashboard: state.dashboard === null ? null : (scene.conversations.get(state.dashboard) ?? null),
    ownTexts: ownTexts(scene.ownIssues, observer),
    roles,
    gateResult: verification?.kind === 'gates' ? verification : null,
  };
  return { world, revision, movedAt, identity, problems };
}

function ownTexts(ours: readonly Conversation[], { subjectOf }: Observer): readonly OwnText[] {
  return ours.flatMap((conversation) => {
    const subject = subjectOf(conversation.body);
    return subject === null ? [] : [{ subject, conversation }];
  });
}

async function readConfiguredGround(observer: Observer): Promise<{
  readonly ground: Ground;
  readonly config: Config;
  readonly file: ConfigFile;
}> {
  const { survey, config } = await surveyConfigured(observer);
  const ground = await settleGround(observer.client, observer.name, survey);
  return { ground, config, file: { path: observer.configPath, content: survey.config } };
}

async function readSenderRole(
  observer: Observer,
  trigger: Trigger,
): Promise<readonly (readonly [string, Role])[]> {
  const sender = triggerSender(trigger);
  const asks = trigger.kind === 'label' || trigger.kind === 'comment';
  if (sender === null || !asks || sender.bot) return [];
  return [[sender.login, await readRole(observer.client, observer.name, sender.login)]];
}

interface Seen {
  readonly config: Config;
  readonly ground: Ground;
  readonly scene: Scene;
  readonly trigger: Trigger;
}

/**
 * Who closed a blocked module's escalation or opened one again that was resolved, and who put on a label that was
 * never handled: each counts only from those who may. Nobody is looked up twice in a run.
 */
async function readOtherRoles(
  observer: Observer,
  known: ReadonlyMap<string, Role>,
  { config, ground, scene, trigger }: Seen,
): Promise<readonly (readonly [string, Role])[]> {
  const logins = new Set([
    ...[...config.modules.keys()].flatMap((id) =>
      deciders(entryOf(ground.state, id), scene.conversations, trigger),
    ),
    ...scene.askingLabels.flatMap(({ by }) => by ?? []),
    ...scene.lostComments.map(({ login }) => login),
  ]);
  return Promise.all(
    [...logins]
      .filter((login) => !known.has(login))
      .map(
        async (login) => [login, await readRole(observer.client, observer.name, login)] as const,
      ),
  );
}

function deciders(
  { status, session }: ModuleEntry,
  conversations: Scene['conversations'],
  trigger: Trigger,
): readonly string[] {
  if (status === 'complete') return [];
  if (status === 'blocked') {
    const issue = conversations.get(session.escalation ?? 0);
    const { escalation, pullRequest } = session;
    const isAsked =
      trigger.kind === 'comment' && [escalation, pullRequest].includes(trigger.number);
    if (issue?.closed?.reason !== 'completed') return isAsked ? answerers(issue) : [];
    return [...(issue.closed.by === null ? [] : [issue.closed.by]), ...answerers(issue)];
  }
  return session.history.flatMap(
    ({ escalation }) => conversations.get(escalation ?? 0)?.reopened?.by ?? [],
  );
}

/** Each costs a look-up, and whoever answers an escalation is among the last who spoke there. */
const ANSWERERS_READ = 3;

/** Of an issue; no bot is looked up, since the config says which of them may. */
function answerers(issue: Conversation | undefined): readonly string[] {
  if (issue?.headSha !== undefined) return [];
  const authors = issue?.comments.filter(({ ours }) => !ours).map(({ author }) => author) ?? [];
  const people = authors.filter((author) => author !== 'ghost' && !author.endsWith('[bot]'));
  return [...new Set(people.reverse())].slice(0, ANSWERERS_READ);
}
