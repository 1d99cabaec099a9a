import { missingConfigProblem, parseConfig, type Config } from '../domain/config.ts';
import { ProblemsError } from '../domain/errors.ts';
import { createModuleGraph } from '../domain/module-graph.ts';
import type { Problem } from '../domain/problem.ts';
import { triggerNumber, triggerSender, type Trigger } from '../domain/trigger.ts';
import type { VerificationResult } from '../domain/verification.ts';
import type { Role, World } from '../domain/world.ts';
import { entryOf } from '../domain/implementation-state.ts';
import type { Client, RepositoryName } from './client.ts';
import { containedCommits } from './containment.ts';
import { settleGround, surveyGround, type Ground, type Survey } from './ground.ts';
import { lookFor } from './look.ts';
import { readRole } from './roles.ts';
import { readScene, type Scene } from './scene.ts';
import { readSpecPack, type Hash } from './spec-pack.ts';

export interface Observer {
  readonly client: Client;
  readonly name: RepositoryName;
  readonly configPath: string;
  readonly stateBranch: string;
  readonly hash: Hash;
  readonly now: () => string;
}

/** The world but for what is judged of a verification, and the state branch's tip that it was read at. */
export interface Observation {
  readonly world: Omit<World, 'judgement'>;
  readonly revision: string | null;
  readonly viewer: string;
  /** What the modules name of the spec pack and is not there: gates hold those modules, the others go on. */
  readonly problems: readonly Problem[];
}

/** The state file's name, until a config that was read says otherwise. */
const STATE_FILE = 'implementation-state.json';

/** Reads the world as it is: two requests in a row, and beside them one per role or old merge to look up. */
export async function observe(
  observer: Observer,
  trigger: Trigger,
  verification: VerificationResult | null,
): Promise<Observation> {
  const [{ ground, config }, senderRole] = await Promise.all([
    readConfiguredGround(observer),
    readSenderRole(observer, trigger),
  ]);
  const base = config.base ?? ground.repository.defaultBranch;
  const look = lookFor(config, ground, trigger, verification);
  const [scene, contains] = await Promise.all([
    readScene(observer.client, observer.name, look, ground.viewer),
    containedCommits(observer.client, observer.name, { config, ground, trigger }),
  ]);
  const roles = new Map([
    ...senderRole,
    ...(await readCloserRoles(observer, config, ground, scene)),
    // Written with or without `[bot]`, it names a bot: a person of that login gains nothing.
    ...config.allowedBots.map(
      (login) => [`${login.replace(/\[bot\]$/u, '')}[bot]`, 'write'] as const,
    ),
  ]);
  const { problems, ...spec } = await readSpecPack(config, scene, observer);
  const number = triggerNumber(trigger);
  const { state, repository, revision, viewer } = ground;
  const world = {
    now: observer.now(),
    repository,
    base: { branch: base, sha: ground.baseSha, contains },
    config,
    graph: createModuleGraph(config.modules),
    ...spec,
    state,
    trigger,
    source: number === null ? null : (scene.conversations.get(number) ?? null),
    pulls: scene.pulls,
    foreignPull: scene.pull,
    conversations: scene.conversations,
    dashboard: state.dashboard === null ? null : (scene.conversations.get(state.dashboard) ?? null),
    roles,
    gateResult: verification?.kind === 'gates' ? verification : null,
  };
  return { world, revision, viewer, problems };
}

/** One request, and one more where the config names another base or state file than the first look was at. */
async function readConfiguredGround(
  observer: Observer,
): Promise<{ readonly ground: Ground; readonly config: Config }> {
  const { client, name, configPath, stateBranch } = observer;
  const survey = (rev: string, stateFile: string): Promise<Survey> =>
    surveyGround(client, name, { rev, config: configPath, stateBranch, stateFile });
  let seen = await survey('HEAD', STATE_FILE);
  let config = configOf(seen, configPath);
  const base = config.base ?? seen.defaultBranch;
  if (base !== seen.defaultBranch || config.paths.state !== STATE_FILE) {
    seen = await survey(`refs/heads/${base}`, config.paths.state);
    config = configOf(seen, configPath);
  }
  return { ground: await settleGround(client, name, seen), config };
}

function configOf({ configText }: Survey, path: string): Config {
  if (configText === null) {
    throw new ProblemsError('config-missing', [missingConfigProblem(path)]);
  }
  const config = parseConfig(configText, path);
  if (!config.ok) throw new ProblemsError('config-invalid', config.problems);
  return config.value;
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

/** Who closed the escalation of a blocked module: it counts only from those who may write. */
async function readCloserRoles(
  observer: Observer,
  config: Config,
  ground: Ground,
  scene: Scene,
): Promise<readonly (readonly [string, Role])[]> {
  const logins = new Set<string>();
  for (const id of config.modules.keys()) {
    const { status, session } = entryOf(ground.state, id);
    if (status !== 'blocked' || session.escalation === null) continue;
    const closed = scene.conversations.get(session.escalation)?.closed;
    if (closed?.reason === 'completed' && closed.by !== null) logins.add(closed.by);
  }
  return Promise.all(
    [...logins].map(
      async (login) => [login, await readRole(observer.client, observer.name, login)] as const,
    ),
  );
}
