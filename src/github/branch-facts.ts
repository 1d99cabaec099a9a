import * as v from 'valibot';
import { asError } from '../domain/errors.ts';
import { known, tellKnown, type Told } from '../domain/diagnosis.ts';
import type {
  BranchFacts,
  BranchProtection,
  BranchRule,
  Demand,
  RequiredCheck,
} from '../domain/repository-facts.ts';
import type { Client, RepositoryName } from './client.ts';
import { orNull, statusOf } from './answers.ts';
import { told } from './told.ts';

interface Look {
  readonly client: Client;
  readonly name: RepositoryName;
}

/** What rulesets and a branch protection rule ask of a branch, whether it is there or not. */
export async function readBranch(look: Look, branch: string): Promise<BranchFacts> {
  const [rules, short] = await Promise.all([
    readRules(look, branch),
    told('contents: read', () => readShort(look, branch)),
  ]);
  const exists = tellKnown(short, (seen) => seen !== null);
  const protection = await readProtection(look, branch, short);
  return { name: branch, exists, rules, protection };
}

/** The branch need not exist (https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch). */
export async function readRules(look: Look, branch: string): Promise<Told<readonly BranchRule[]>> {
  return told('metadata: read', async () => {
    const rules = await listRules(look, branch);
    const ids = [...new Set(rules.flatMap(({ ruleset_id: id }) => id ?? []))];
    const apps = new Map(
      await Promise.all(ids.map(async (id) => [id, await readBypassApps(look, id)] as const)),
    );
    return rules.map((rule) => ({
      type: rule.type,
      checks: checksOf(rule),
      bypassApps: apps.get(rule.ruleset_id ?? 0) ?? null,
    }));
  });
}

/**
 * None where there can be none: GitHub Enterprise Server before rulesets has no such page, and a private repository on a
 * free plan (https://docs.github.com/en/get-started/learning-about-github/githubs-plans) gets an offer in its place.
 */
async function listRules({ client, name }: Look, branch: string) {
  try {
    const ask = { ...name, branch, per_page: 100 };
    return await client.paginate(client.rest.repos.getBranchRules, ask);
  } catch (error) {
    const status = statusOf(error);
    const isOffer = status === 403 && asError(error).message.startsWith('Upgrade to GitHub ');
    if (status === 404 || isOffer) return [];
    throw error;
  }
}

const checksRule = v.object({
  type: v.literal('required_status_checks'),
  parameters: v.object({
    required_status_checks: v.array(
      v.object({ context: v.string(), integration_id: v.nullish(v.number()) }),
    ),
  }),
});

function checksOf(rule: unknown): readonly RequiredCheck[] {
  const parsed = v.safeParse(checksRule, rule);
  if (!parsed.success) return [];
  return parsed.output.parameters.required_status_checks.map(({ context, integration_id }) => ({
    context,
    app: integration_id ?? null,
  }));
}

/** Told only to those who may change the ruleset; an organization's is not to be read here. */
async function readBypassApps(
  { client, name }: Look,
  ruleset_id: number,
): Promise<readonly number[] | null> {
  const seen = await told('administration: write', () =>
    client.rest.repos.getRepoRuleset({ ...name, ruleset_id }),
  );
  const actors = seen.known ? seen.value.data.bypass_actors : undefined;
  if (actors === undefined) return null;
  return actors.flatMap(({ actor_type, actor_id, bypass_mode }) =>
    actor_type === 'Integration' && bypass_mode !== 'pull_request' ? (actor_id ?? []) : [],
  );
}

type Short = Awaited<ReturnType<typeof readShort>>;

/** Null where there is no such branch. */
async function readShort({ client, name }: Look, branch: string) {
  const found = await orNull(() => client.rest.repos.getBranch({ ...name, branch }));
  return found?.data ?? null;
}

/** Which checks a protection rule requires is told to whoever may read contents; all of it to admins alone. */
async function readProtection(
  { client, name }: Look,
  branch: string,
  short: Told<Short>,
): Promise<Told<BranchProtection | null>> {
  if (!short.known) return short;
  if (short.value?.protected !== true || short.value.protection.enabled === false) {
    return known(null);
  }
  const { required_status_checks: required } = short.value.protection;
  const checks = (required?.checks ?? []).map(({ context, app_id }) => ({ context, app: app_id }));
  const whole = await told('administration: read', () =>
    client.rest.repos.getBranchProtection({ ...name, branch }),
  );
  return known({ checks, demands: whole.known ? demandsOf(whole.value.data) : null });
}

interface Protection {
  readonly required_pull_request_reviews?: {
    readonly bypass_pull_request_allowances?: { readonly apps?: Apps };
  };
  readonly required_status_checks?: unknown;
  readonly restrictions?: { readonly apps?: Apps } | null;
  readonly lock_branch?: { readonly enabled?: boolean };
}

type Apps = readonly ({ readonly id?: number } | null)[];

/** What a commit through the API cannot meet, by the words of the settings' page. */
function demandsOf(protection: Protection): readonly Demand[] {
  const { required_pull_request_reviews: reviews, required_status_checks: checks } = protection;
  const { restrictions } = protection;
  return [
    demand(
      'Require a pull request before merging',
      reviews,
      reviews?.bypass_pull_request_allowances,
    ),
    demand('Require status checks to pass', checks),
    demand('Restrict who can push to matching branches', restrictions, restrictions),
    demand('Lock branch', protection.lock_branch?.enabled === true ? true : null),
  ].flatMap((one) => one ?? []);
}

function demand(
  asks: string,
  setting: unknown,
  letsBy?: { readonly apps?: Apps } | null,
): Demand | null {
  if (setting === undefined || setting === null) return null;
  return { asks, bypassApps: (letsBy?.apps ?? []).flatMap((app) => app?.id ?? []) };
}
