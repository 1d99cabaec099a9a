import type { Told } from '../domain/diagnosis.ts';
import {
  SESSION_BRANCH,
  type BranchFacts,
  type CheckoutFacts,
  type ConfigFacts,
  type RepositoryFacts,
  type WorkflowFacts,
} from '../domain/repository-facts.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { isWorkflowFile, WORKFLOWS_FOLDER } from '../domain/workflow-file.ts';
import { validatePack } from '../domain/validate-pack.ts';
import { readFacts } from '../github/facts.ts';
import { findCheckout, type Checkout } from '../local/checkout.ts';
import { workingTree } from '../local/files.ts';
import { readPack, readText } from '../local/pack.ts';
import type { Context } from './command.ts';
import { accessGitHub, askingGitHub, tokenOf } from './github-access.ts';
import { assertServer } from './repository.ts';

/** What GitHub and the checkout say: of a repository that was named GitHub alone, without a token the checkout alone. */
export async function factsFor(
  context: Context,
  github: string | undefined,
): Promise<RepositoryFacts> {
  const { io, directory, configPath } = context;
  if (github !== undefined) return { ...(await factsOnGitHub(context, github)), checkout: null };
  const checkout = await findCheckout(directory, configPath, io.env);
  const { remote } = checkout;
  const [config, seen] = await Promise.all([
    readConfig(checkout, configPath),
    remote === null || tokenOf(io.env) === null ? null : onItsServer(context, checkout, remote),
  ]);
  const about: CheckoutFacts = { isGit: checkout.head !== null, remote };
  if (seen !== null) return { ...seen, checkout: about, config: { known: true, value: config } };
  const workflows = await readWorkflows(checkout);
  return factsHere(checkout, { about, config, workflows, configPath });
}

function onItsServer(context: Context, checkout: Checkout, remote: string) {
  assertServer(checkout, context.io.env);
  return factsOnGitHub(context, remote);
}

async function factsOnGitHub({ io, configPath }: Context, repository: string) {
  const access = await accessGitHub(io, repository);
  const look = { ...access, configPath, stateBranch: STATE_BRANCH };
  return askingGitHub(repository, () => readFacts(look));
}

async function readConfig({ root }: Checkout, configPath: string): Promise<ConfigFacts> {
  const { source } = await readPack(workingTree(root), configPath);
  if (source.config.kind === 'missing') return { kind: 'missing' };
  const validation = validatePack(source);
  const problems = validation.problems.length;
  if (!validation.usable) return { kind: 'unusable', problems };
  return { kind: 'usable', config: validation.config, problems };
}

async function readWorkflows({ root }: Checkout): Promise<WorkflowFacts> {
  const here = workingTree(root);
  const names = (await here.list(WORKFLOWS_FOLDER)).filter(isWorkflowFile).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const path = `${WORKFLOWS_FOLDER}/${name}`;
      return { path, text: (await readText(here, path)) ?? '' };
    }),
  );
  return { from: 'checkout', files };
}

interface Here {
  readonly about: CheckoutFacts;
  readonly config: ConfigFacts;
  readonly workflows: WorkflowFacts;
  readonly configPath: string;
}

/** GitHub was not asked. */
function factsHere(
  { repository }: Checkout,
  { about, config, workflows, configPath }: Here,
): RepositoryFacts {
  const unasked = {
    known: false,
    why: 'GitHub was not asked.',
    would:
      about.remote === null
        ? 'Add --github owner/name, and a token in GITHUB_TOKEN or GH_TOKEN.'
        : 'Set GITHUB_TOKEN or GH_TOKEN; with the GitHub CLI: GH_TOKEN="$(gh auth token)".',
  } as const satisfies Told<never>;
  const branch = (name: string): BranchFacts => {
    return { name, exists: unasked, rules: unasked, protection: unasked };
  };
  const base = config.kind === 'usable' ? config.config.base : null;
  return {
    url: repository.url,
    configPath,
    checkout: about,
    repository: unasked,
    config: { known: true, value: config },
    server: unasked,
    token: unasked,
    workflows: { known: true, value: workflows },
    workflowStates: unasked,
    actionsEnabled: unasked,
    tokenDefaults: unasked,
    base: branch(base ?? repository.defaultBranch),
    state: branch(STATE_BRANCH),
    session: branch(SESSION_BRANCH),
    labels: unasked,
  };
}
