import { renderChecks } from './keep-checks.ts';
import { renderConversation } from './keep-issues.ts';
import { readChecks, VERIFICATION_CHECK, type CheckRun } from './read.ts';
import type { Shelf } from './shelf.ts';
import { REPOSITORY, type DemoStage } from './stage.ts';

/** One attempt at a module, as its pull request tells it. */
export interface KeptSession {
  readonly number: number;
  readonly module: string;
  readonly attempt: number;
  /** `open`, `closed` or `merged`. */
  readonly state: string;
  /** What verification concluded of each head, in order. */
  readonly verdicts: readonly string[];
}

/** Keeps every session's pull request and its checks; the oldest first. */
export async function keepSessions(
  stage: DemoStage,
  shelf: Shelf,
): Promise<readonly KeptSession[]> {
  const { api } = stage.maya;
  const pulls = await api.paginate(api.rest.pulls.list, { ...REPOSITORY, state: 'all' });
  const sessions: KeptSession[] = [];
  for (const pull of pulls.sort((a, b) => a.number - b.number)) {
    const { number, title, body, head, base } = pull;
    const [, name = head.ref, module = head.ref, attempt] =
      /^session\/((.+)-(\d+))$/u.exec(head.ref) ?? [];
    const state = pull.merged_at === null ? pull.state : 'merged';
    const conversation = renderConversation(stage, { number, title, body, state });
    await shelf.put(`pull-requests/${number}-${name}.md`, conversation);
    const heads = await checksBetween(stage, base.sha, head.sha);
    await shelf.put(`checks/${name}.md`, heads.map(renderChecks).join('\n\n---\n\n'));
    const verdicts = heads.flatMap(({ checks }) =>
      checks
        .filter(({ name: check, status }) => check === VERIFICATION_CHECK && status === 'completed')
        .map(({ title: said }) => said),
    );
    sessions.push({ number, module, attempt: Number(attempt), state, verdicts });
  }
  return sessions;
}

/** A commit with what was checked on it. */
export interface CheckedCommit {
  readonly sha: string;
  readonly message: string;
  readonly checks: readonly CheckRun[];
}

async function checksBetween(
  stage: DemoStage,
  base: string,
  head: string,
): Promise<readonly CheckedCommit[]> {
  const { data } = await stage.maya.api.rest.repos.compareCommitsWithBasehead({
    ...REPOSITORY,
    basehead: `${base}...${head}`,
  });
  const commits = await Promise.all(
    data.commits.map(async ({ sha, commit }) => {
      return { sha, message: commit.message, checks: await readChecks(stage, sha) };
    }),
  );
  return commits.filter(({ checks }) => checks.length > 0);
}
