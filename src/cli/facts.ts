import type { Told } from '../domain/diagnosis.ts';
import {
  SESSION_BRANCH,
  type BranchFacts,
  type CheckoutFacts,
  type RepositoryFacts,
  type WorkflowFacts,
} from '../domain/repository-facts.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { isWorkflowFile, WORKFLOWS_FOLDER } from '../domain/workflow-file.ts';
import type { ConfigFacts } from '../domain/config-facts.ts';
import { readFacts } from '../github/facts.ts';
import { findCheckout, type Checkout } from '../local/checkout.ts';
import { workingTree } from '../local/files.ts';
import { readText } from '../local/pack.ts';
import type { Context } from './command.ts';
import { askingGitHub, tokenOf } from './github-access.ts';
import type { GitHubOptions } from './github-options.ts';
import { observerAt } from './observer.ts';
import { templateReader } from '../template-reader.ts';
import { assertServer } from './repository.ts';
import { validateCheckout } from './validation.ts';

/** What GitHub and the checkout say: of a repository that was named GitHub alone, without a token the checkout alone. */
export async function factsFor(
  context: Context,
  { github, author }: GitHubOptions,
): Promise<RepositoryFacts> {
  const { io, directory, configPath } = context;
  if (github !== undefined) {
    return { ...(await factsOnGitHub(context, { github, author })), checkout: null };
  }
  const checkout = await findCheckout(directory, configPath, io.env);
  const { remote } = checkout;
  const [config, seen] = await Promise.all([
    validateCheckout(checkout, configPath),
    remote === null || tokenOf(io.env) === null
      ? null
      : onItsServer(context, checkout, { github: remote, author }),
  ]);
  const { inGit: isGit, hasOrigin } = checkout;
  const about: CheckoutFacts = { isGit, hasCommit: checkout.head !== null, hasOrigin, remote };
  if (seen !== null) return { ...seen, checkout: about, config: { known: true, value: config } };
  const workflows = await readWorkflows(checkout);
  return factsHere(context, checkout, { about, config, workflows });
}

interface Place {
  readonly github: string;
  readonly author: string;
}

function onItsServer(context: Context, checkout: Checkout, place: Place) {
  assertServer(checkout, context.io.env);
  return factsOnGitHub(context, place);
}

async function factsOnGitHub(context: Context, place: Place) {
  const observer = await observerAt(context, place, templateReader().check);
  return askingGitHub(place.github, () => readFacts(observer));
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
}

/** GitHub was not asked. */
function factsHere(
  { io, configPath }: Context,
  { repository }: Checkout,
  { about, config, workflows }: Here,
): RepositoryFacts {
  const unasked: Told<never> = {
    known: false,
    why: 'GitHub was not asked.',
    would: wouldAsk(about, tokenOf(io.env) !== null),
  };
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
    stateHistory: unasked,
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

function wouldAsk({ remote }: CheckoutFacts, hasToken: boolean): string {
  const which = remote === null ? ' --github owner/name' : '';
  const ask = `npx sessionwright doctor${which}`;
  if (hasToken) return ask;
  return `GH_TOKEN="$(gh auth token)" ${ask}, or with any other token in GH_TOKEN or GITHUB_TOKEN.`;
}
