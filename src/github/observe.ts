import { packPaths } from '../domain/config-reading.ts';
import { parseConfig, type Config } from '../domain/config.ts';
import { ProblemsError } from '../domain/errors.ts';
import type { OwnText, TextSubject } from '../domain/own-text.ts';
import { createModuleGraph } from '../domain/module-graph.ts';
import type { Problem } from '../domain/problem.ts';
import {
  readSpecPack,
  validateSources,
  type ConfigFile,
  type PackTools,
} from '../domain/read-spec.ts';
import { isSweep, triggerNumber, triggerSender, type Trigger } from '../domain/trigger.ts';
import type { VerificationResult } from '../domain/verification.ts';
import type { Conversation, Role, World } from '../domain/world.ts';
import { entryOf, type ModuleEntry } from '../domain/implementation-state.ts';
import type { Client, RepositoryName } from './client.ts';
import { containedCommits } from './containment.ts';
import type { Identity } from './conversations.ts';
import { settleGround, surveyGround, type Ground, type Survey } from './ground.ts';
import { dashboardNumber, isForeign, knownEntries, lookFor, packLook } from './look.ts';
import { lostCommentsSince } from './lost-comments.ts';
import { readMergeGroup } from './merge-group.ts';
import { readRole } from './roles.ts';
import { readScene, type Scene } from './scene.ts';
import { assertSameHistory } from './state-history.ts';

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

/** Whoever wrote something, it does not matter where only the spec pack is read. */
export const NOBODY: Identity = { viewer: '', former: [] };

/** The state file's name, until a config that was read says otherwise. */
const STATE_FILE = 'implementation-state.json';

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
  await assertHistory(observer, ground, scene);
  const roles = new Map([
    ...senderRole,
    ...(await readOtherRoles(observer, new Map(senderRole), { config, ground, scene })),
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

async function assertHistory(
  observer: Observer,
  ground: Ground,
  { conversations }: Scene,
): Promise<void> {
  const issue = conversations.get(dashboardNumber(ground) ?? 0);
  const [dashboard = null] = issue?.ours === true ? ownTexts([issue], observer) : [];
  const { client, name, stateBranch: branch } = observer;
  const state = { branch, tip: ground.revision, recent: ground.revisions };
  await assertSameHistory(client, name, state, dashboard);
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

/** One request, and one more where the config names another base or state file than the first look was at. */
export async function surveyConfigured(
  observer: Observer,
): Promise<{ readonly survey: Survey; readonly config: Config }> {
  const { client, name, repositoryId, configPath, stateBranch } = observer;
  const survey = (rev: string, stateFile: string): Promise<Survey> =>
    surveyGround(client, name, { rev, config: configPath, stateBranch, stateFile, repositoryId });
  let seen = await survey('HEAD', STATE_FILE);
  let config = await readConfig(observer, seen);
  const base = config.base ?? seen.defaultBranch;
  if (base !== seen.defaultBranch || config.paths.state !== STATE_FILE) {
    seen = await survey(`refs/heads/${base}`, config.paths.state);
    config = await readConfig(observer, seen);
  }
  return { survey: seen, config };
}

/** @throws ProblemsError with all that is wrong with the spec pack too, which takes one more request. */
async function readConfig(observer: Observer, survey: Survey): Promise<Config> {
  const { config: content, baseSha } = survey;
  const { client, name, configPath: path } = observer;
  const text = content.kind === 'text' ? content.text : '';
  const config = content.kind === 'text' ? parseConfig(text, path) : null;
  if (config?.ok === true) return config.value;
  const look = packLook(packPaths(text), baseSha);
  const scene = await readScene(client, name, look, NOBODY);
  const { validation, inTemplates } = await validateSources(
    { path, content },
    scene,
    observer.pack,
  );
  const problems = [...validation.problems, ...inTemplates];
  const code = content.kind === 'missing' ? 'config-missing' : 'config-invalid';
  throw new ProblemsError(code, problems);
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
}

/**
 * Who closed a blocked module's escalation or opened one again that was resolved, and who put on a label that was
 * never handled: each counts only from those who may. Nobody is looked up twice in a run.
 */
async function readOtherRoles(
  observer: Observer,
  known: ReadonlyMap<string, Role>,
  { config, ground, scene }: Seen,
): Promise<readonly (readonly [string, Role])[]> {
  const logins = new Set([
    ...[...config.modules.keys()].flatMap((id) =>
      deciders(entryOf(ground.state, id), scene.conversations),
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
): readonly string[] {
  if (status === 'complete') return [];
  if (status === 'blocked') {
    const closed = conversations.get(session.escalation ?? 0)?.closed;
    return closed?.reason === 'completed' && closed.by !== null ? [closed.by] : [];
  }
  return session.history.flatMap(
    ({ escalation }) => conversations.get(escalation ?? 0)?.reopened?.by ?? [],
  );
}
