import { checkExternalId, VERIFICATION_CHECK } from '../domain/checks.ts';
import type { DocumentRemains, HeadRemains, PullRequestRemains } from '../domain/remains.ts';
import { sessionPaths } from '../domain/session.ts';
import { isOurLogin } from './conversations.ts';
import type { RemainsLook, SessionKey, Trace } from './remains.ts';
import { orNull } from './answers.ts';

/**
 * The document at a head, and where our commit that brought it began. Null where it is gone, is not this session's,
 * or was not committed by us.
 */
export async function readDocument(
  look: RemainsLook,
  { module, attempt }: SessionKey,
  { head, earlier }: { readonly head: string; readonly earlier: ReadonlySet<string> },
): Promise<DocumentRemains | null> {
  const { client, name, baseBranch, documents, markers } = look;
  const { document: path } = sessionPaths(module, attempt, documents);
  const commits = await client.paginate(client.rest.repos.listCommits, {
    ...name,
    sha: head,
    path,
    per_page: 100,
  });
  const made = commits.at(-1);
  if (made === undefined || !isOurLogin(made.author?.login, look.identity)) return null;
  // As we wrote it: what the coder made of it since is the coder's word.
  const text = await readText({ client, name }, path, made.sha);
  const told = text === null ? null : markers.document(text);
  if (told?.module !== module || told.attempt !== attempt) return null;
  const { sessionId, startedAt, maxAttempts } = told;
  const start = made.parents[0]?.sha ?? null;
  const document = { sessionId, startedAt, maxAttempts, sha: made.sha };
  if (start === null || !earlier.has(start))
    return { ...document, baseSha: start, continues: null };
  const baseSha =
    (await mergedBase({ client, name }, made.sha, head)) ??
    (await containedBase({ client, name }, baseBranch, start));
  return { ...document, baseSha, continues: start };
}

/** What was merged into a branch that goes on from another attempt, right upon its document. */
async function mergedBase(
  { client, name }: Pick<RemainsLook, 'client' | 'name'>,
  document: string,
  head: string,
): Promise<string | null> {
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${document}...${head}`,
  });
  const merge = data.commits.find(
    ({ parents }) => parents.length === 2 && parents[0]?.sha === document,
  );
  return merge?.parents[1]?.sha ?? null;
}

/** The last commit of the base that a head holds: it was the base's tip, where nothing had to be merged. */
async function containedBase(
  { client, name }: Pick<RemainsLook, 'client' | 'name'>,
  base: string,
  head: string,
): Promise<string> {
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${base}...${head}`,
    per_page: 1,
  });
  return data.merge_base_commit.sha;
}

async function readText(
  { client, name }: Pick<RemainsLook, 'client' | 'name'>,
  path: string,
  ref: string,
): Promise<string | null> {
  const found = await orNull(() => client.rest.repos.getContent({ ...name, path, ref }));
  if (found === null || Array.isArray(found.data) || found.data.type !== 'file') return null;
  return Buffer.from(found.data.content, 'base64').toString('utf8');
}

type Pull = NonNullable<Trace['pull']>;

export async function readPull(
  look: RemainsLook,
  pull: Pull,
  isLast: boolean,
): Promise<PullRequestRemains> {
  const { client, name } = look;
  const isClosed = pull.state === 'closed' && pull.merged_at === null;
  const files = isLast
    ? await client.paginate(client.rest.pulls.listFiles, {
        ...name,
        pull_number: pull.number,
        per_page: 100,
      })
    : [];
  return {
    number: pull.number,
    state: pull.merged_at !== null ? 'merged' : isClosed ? 'closed' : 'open',
    headSha: pull.head.sha,
    baseBranch: pull.base.ref,
    mergeSha: pull.merged_at === null ? null : pull.merge_commit_sha,
    endedAt: pull.closed_at,
    closedByUs: isClosed && isOurLogin(await readCloser(look, pull.number), look.identity),
    files: files.filter((file) => file.status !== 'removed').map((file) => file.filename),
  };
}

/** Of an issue or a pull request; the lists do not tell it. */
async function readCloser({ client, name }: RemainsLook, number: number): Promise<string | null> {
  const { data } = await client.rest.issues.get({ ...name, issue_number: number });
  return data.closed_by?.login ?? null;
}

/** The heads from our document on that bear our own check of this session, settled; at most 250, as GitHub compares. */
export async function readHeads(
  look: RemainsLook,
  { module, attempt }: SessionKey,
  { from, head }: { readonly from: string; readonly head: string },
): Promise<readonly HeadRemains[]> {
  const { client, name } = look;
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${from}...${head}`,
  });
  const heads: HeadRemains[] = [];
  for (const { sha } of data.commits) {
    const { data: found } = await client.rest.checks.listForRef({
      ...name,
      ref: sha,
      check_name: VERIFICATION_CHECK,
    });
    const id = checkExternalId(`${module}-${String(attempt)}`, sha);
    const own = found.check_runs.find(
      (run) => run.external_id === id && isOurLogin(`${run.app?.slug ?? ''}[bot]`, look.identity),
    );
    const at = own?.completed_at ?? null;
    if (own !== undefined && at !== null) {
      heads.push({ sha, verdict: verdictOf(own.conclusion), at });
    }
  }
  return heads;
}

function verdictOf(conclusion: string | null): HeadRemains['verdict'] {
  if (conclusion === 'success') return 'green';
  return conclusion === 'failure' ? 'red' : 'other';
}
