import { parseSubject } from '../documents/own-text.ts';
import type { Chance } from '../domain/chance.ts';
import { tokenProblems } from '../domain/coder-call.ts';
import { SessionwrightError } from '../domain/errors.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import type { Time } from '../domain/time.ts';
import { createClient, type Client, type ClientOptions } from '../github/client.ts';
import { createHub } from '../github/hub.ts';
import { observe } from '../github/observe.ts';
import { proxiedFetch } from '../github/proxy.ts';
import { createStateStore } from '../github/state-store.ts';
import type { Inputs } from '../inputs.ts';
import type { Outside } from '../run.ts';
import { sha256 } from '../sha256.ts';
import { templateReader } from '../template-reader.ts';
import { VERSION } from '../domain/version.ts';
import type { Environment } from './environment.ts';
import { watchOthers } from './others.ts';

/** The first wait after a lost race, doubled with each; jitter spreads the runs that lost it together. */
const BACK_OFF_MS = 100;

/** The first wait after a lost answer: lists show what it made only a little later. */
const CATCH_UP_MS = 4000;

/** GitHub, the clock and chance, as a run needs them. */
export async function createOutside(
  inputs: Inputs,
  environment: Environment,
  log: { readonly info: (line: string) => void; readonly debug: (line: string) => void },
  time: Time,
  chance: Chance,
): Promise<Outside> {
  const { client, coderClient } = await createClients(inputs, environment, { log, time });
  const name = { owner: environment.owner, repo: environment.repo };
  const others = watchOthers(time);
  return {
    observe: async (trigger, verification) => {
      const templates = templateReader();
      const seen = await observe(
        {
          client,
          name,
          repositoryId: environment.repositoryId,
          configPath: inputs.config,
          stateBranch: STATE_BRANCH,
          pack: { hash: sha256, checkTemplates: templates.check },
          now: () => new Date(time.now()).toISOString(),
          subjectOf: parseSubject,
        },
        trigger,
        verification,
      );
      const { world, revision, identity, problems } = seen;
      const file = world.config.paths.state;
      // Under a new name where it was renamed: GitHub leads reads there, and a commit names the repository itself.
      const now = { owner: world.repository.owner, repo: world.repository.name };
      const hubOptions = { name: now, repositoryId: world.repository.id, identity };
      return {
        world,
        revision,
        problems: [
          ...problems,
          ...tokenProblems(world.config, inputs.config, coderClient !== null),
        ],
        templates: templates.found(),
        store: others.noting(createStateStore({ client, name: now, branch: STATE_BRANCH, file })),
        waitForOthers: others.waitSince(seen),
        hub: createHub({ client, ...hubOptions }),
        coderHub: coderClient === null ? null : createHub({ client: coderClient, ...hubOptions }),
      };
    },
    dispatch: dispatcher(environment),
    backOff: async (round) => {
      const most = BACK_OFF_MS * 2 ** round;
      await time.sleep(chance.between(most / 2, most));
    },
    catchUp: (round) => time.sleep(CATCH_UP_MS * 2 ** (round - 1)),
    newSessionId: () => chance.newSessionId(),
    tell: log.info,
    noteStarted: () => undefined,
    version: VERSION,
    stateBranch: STATE_BRANCH,
    runUrl: environment.runUrl,
  };
}

/** A session's head is verified on its own branch, all else on the default one. */
function dispatcher({ workflow }: Environment): Outside['dispatch'] {
  return async (run, world, hub) => {
    if (workflow === null) throw unknownWorkflow();
    const pull = run.kind === 'verification' ? world.pulls.get(run.module) : undefined;
    await hub.dispatchWorkflow({
      workflow,
      ref: pull?.headBranch ?? world.repository.defaultBranch,
      inputs: pull === undefined ? {} : { 'pull-request': String(pull.number) },
    });
  };
}

/** Ours, and the one that coders take orders from, where its token was given. */
export async function createClients(
  { githubToken, handoffToken }: Inputs,
  { apiUrl }: Environment,
  shared: Pick<ClientOptions, 'log' | 'time'>,
): Promise<{ readonly client: Client; readonly coderClient: Client | null }> {
  const fetch = await proxiedFetch(process.env);
  const proxied = fetch === null ? {} : { fetch };
  const clientOf = (token: string): Client =>
    createClient({ token, apiUrl, version: VERSION, ...shared, ...proxied });
  return {
    client: clientOf(githubToken),
    coderClient: handoffToken === '' ? null : clientOf(handoffToken),
  };
}

function unknownWorkflow(): SessionwrightError {
  return SessionwrightError.of('unknown-workflow', {});
}
