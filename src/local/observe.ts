import { createModuleGraph } from '../domain/module-graph.ts';
import { ProblemsError } from '../domain/errors.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import type { Problem } from '../domain/problem.ts';
import { readSpecPack, type FormerPack, type PackTools } from '../domain/read-spec.ts';
import type { Config, ModuleConfig } from '../domain/config.ts';
import type { World } from '../domain/world.ts';
import type { Trigger } from '../domain/trigger.ts';
import { validatePack } from '../domain/validate-pack.ts';
import type { Checkout } from './checkout.ts';
import { committedFiles, type Files } from './files.ts';
import { commitOf, type Git } from './git.ts';
import { NO_COMMIT } from './no-commit.ts';
import { readPack, readSpecFile, readText, type LocalPack } from './pack.ts';
import { readState } from './state.ts';

export interface LocalObserver {
  readonly checkout: Checkout;
  /** Where the config and the spec pack are read: the folder as it is, or a commit. */
  readonly files: Files;
  readonly configPath: string;
  /** The commit that sessions would begin from. */
  readonly baseSha: string | null;
  readonly pack: PackTools;
  readonly now: () => string;
}

export interface LocalObservation {
  readonly world: World;
  readonly problems: readonly Problem[];
  /** The ref or file that the state was read from; null where there is none yet. */
  readonly stateFrom: string | null;
}

/**
 * The world as a checkout shows it: config, spec pack and state. Pull requests, issues, checks and roles live on
 * GitHub, so none are seen, and whoever sits here may do everything.
 * @throws ProblemsError where config, prompts, types or state cannot be relied on.
 */
export async function observeCheckout(
  observer: LocalObserver,
  trigger: Trigger,
): Promise<LocalObservation> {
  const { checkout, files, configPath, pack } = observer;
  const local = await readPack(files, configPath);
  const validation = validatePack(local.source);
  if (!validation.usable) {
    const code = local.source.config.kind === 'missing' ? 'config-missing' : 'config-invalid';
    throw new ProblemsError(code, validation.problems);
  }
  const { config } = validation;
  const { state, from } = await readState(checkout.git, files, config.paths.state);
  const [contains, { spec, problems }] = await Promise.all([
    containedMerges(checkout.git, config, state, observer.baseSha),
    readLocalSpec({ local, config, state, git: checkout.git, files }, configPath, pack),
  ]);
  const { repository } = checkout;
  const world: World = {
    ...NOTHING_OF_GITHUB,
    now: observer.now(),
    repository,
    base: {
      branch: config.base ?? repository.defaultBranch,
      sha: observer.baseSha ?? NO_COMMIT,
      contains,
    },
    config,
    graph: createModuleGraph(config.modules),
    ...spec,
    state,
    trigger,
  };
  return { world, problems, stateFrom: from };
}

const NOTHING_OF_GITHUB = {
  source: null,
  comment: null,
  askingLabels: [],
  lostComments: [],
  ownTexts: [],
  labels: new Map(),
  labelledPulls: [],
  mergeGroup: null,
  begun: new Set<string>(),
  pulls: new Map(),
  gone: new Set<string>(),
  foreignPulls: [],
  conversations: new Map(),
  dashboard: null,
  roles: new Map(),
  judgement: null,
  gateResult: null,
} as const;

async function containedMerges(
  git: Git,
  config: Config,
  state: ImplementationState,
  base: string | null,
): Promise<ReadonlyMap<string, boolean>> {
  const merges = [...config.modules.keys()].flatMap(
    (id) => entryOf(state, id).session.mergeSha ?? [],
  );
  const found = await Promise.all(
    [...new Set(merges)].map(async (sha) => {
      const isIn = await git.text('merge-base', '--is-ancestor', sha, base ?? NO_COMMIT);
      return [sha, isIn !== null] as const;
    }),
  );
  return new Map(found);
}

interface Reading {
  readonly local: LocalPack;
  readonly config: Config;
  readonly state: ImplementationState;
  readonly git: Git;
  readonly files: Files;
}

async function readLocalSpec(reading: Reading, path: string, tools: PackTools) {
  const { local, config, files } = reading;
  const { source } = local;
  const [former, planningAgent, codingAgent] = await Promise.all([
    readFormer(reading),
    readSpecFile(files, config.paths.planningAgent),
    readSpecFile(files, config.paths.codingAgent),
  ]);
  const sources = {
    ...source,
    templates: local.templates,
    planningAgent,
    codingAgent,
    handoffTexts: new Map([...former.handoffTexts, ...local.handoffTexts]),
    formerPacks: former.packs,
  };
  return readSpecPack({ path, content: source.config }, sources, tools);
}

/** What the last attempts began from, as far as their commits were fetched: the next document tells what changed. */
async function readFormer({ config, state, git }: Reading) {
  const attempts = [...config.modules.values()].flatMap((module) => {
    const last = entryOf(state, module.id).session.history.at(-1);
    const { baseSha, spec } = last ?? {};
    return baseSha == null ? [] : [{ module, baseSha, handoff: spec?.handoff ?? '' }];
  });
  const packs = new Map<string, FormerPack>();
  const handoffTexts = new Map<string, string>();
  for (const { module, baseSha, handoff } of attempts) {
    if ((await commitOf(git, baseSha)) === null) continue;
    const files = committedFiles(git, baseSha);
    if (!packs.has(baseSha)) packs.set(baseSha, await readFormerPack(files, config));
    const text = await readText(files, handoffPath(config, module));
    if (text !== null && handoff !== '') handoffTexts.set(handoff, text);
  }
  return { packs: [...packs.values()], handoffTexts };
}

async function readFormerPack(files: Files, { paths }: Config): Promise<FormerPack> {
  const [prompts, types] = await Promise.all([
    readText(files, paths.prompts),
    readText(files, paths.types),
  ]);
  return { prompts, types };
}

function handoffPath({ paths }: Config, { id }: ModuleConfig): string {
  return `${paths.handoffs}/${id}.md`;
}
