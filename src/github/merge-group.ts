import { checkExternalId, VERIFICATION_CHECK } from '../domain/checks.ts';
import type { Trigger } from '../domain/trigger.ts';
import type { MergeGroup } from '../domain/world.ts';
import type { Client, RepositoryName } from './client.ts';

/** GitHub lists no more of a comparison's commits on a page. */
const PER_PAGE = 100;
/** A merge queue builds groups of at most 100 pull requests; what is beyond these pages is told by no commit. */
const MAX_PAGES = 10;

/** The commits between a merge group's two ends, and our check on its head; null where no merge queue woke us. */
export async function readMergeGroup(
  client: Client,
  name: RepositoryName,
  trigger: Trigger,
): Promise<MergeGroup | null> {
  if (trigger.kind !== 'merge-group') return null;
  const { headSha, headRef, baseSha } = trigger;
  const [compared, check] = await Promise.all([
    compare(client, name, `${baseSha}...${headSha}`),
    readCheck(client, name, headSha),
  ]);
  return { headSha, headRef, ...compared, check, result: null, failures: [] };
}

/** Files come with the first page alone: https://docs.github.com/en/rest/commits/commits#compare-two-commits */
async function compare(
  client: Client,
  name: RepositoryName,
  basehead: string,
): Promise<Pick<MergeGroup, 'commits' | 'added' | 'changed'>> {
  const commits: MergeGroup['commits'][number][] = [];
  const added: string[] = [];
  const changed: string[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data } = await client.rest.repos.compareCommitsWithBasehead({
      ...name,
      basehead,
      page,
      per_page: PER_PAGE,
    });
    commits.push(...data.commits.map(({ sha, commit }) => ({ sha, message: commit.message })));
    const files = page === 1 ? (data.files ?? []) : [];
    added.push(...files.filter(({ status }) => status === 'added').map((file) => file.filename));
    changed.push(...files.map((file) => file.filename));
    if (data.commits.length < PER_PAGE) break;
  }
  return { commits, added, changed };
}

/** A foreign check of the same name has another external id. */
async function readCheck(
  client: Client,
  name: RepositoryName,
  ref: string,
): Promise<MergeGroup['check']> {
  const { data } = await client.rest.checks.listForRef({
    ...name,
    ref,
    check_name: VERIFICATION_CHECK,
    per_page: 100,
  });
  const own = data.check_runs.find((run) => run.external_id === checkExternalId('group', ref));
  if (own === undefined) return null;
  return {
    id: own.node_id,
    conclusion: own.conclusion?.toUpperCase() ?? null,
    annotations: own.output.annotations_count,
  };
}
