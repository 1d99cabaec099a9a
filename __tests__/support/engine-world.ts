import { type Engine } from './engine.ts';

/** All that a person can see of the repository afterwards, but for what differs between any two runs, and for what to forget. */
export async function worldOf(engine: Engine, forget: RegExp): Promise<unknown> {
  const { repo } = engine;
  const issues = [...repo.issues.values()].map((issue) => ({
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    head: issue.pull?.headRef ?? null,
    merged: issue.pull !== null && issue.pull.mergedAt !== null,
    labels: issue.labels.map((label) => label.name),
    comments: issue.comments.map((comment) => `${comment.author.login}: ${comment.body}`),
  }));
  const checks = [...repo.checkRuns.values()].map((run) => ({
    on: repo.git.branches().find((branch) => branch.oid === run.headSha)?.name ?? 'an older commit',
    name: run.name,
    conclusion: run.conclusion,
    title: run.output.title,
  }));
  const branches = repo.git.branches().map((branch) => branch.name);
  const world = { branches, issues, checks, state: await engine.state(), log: await engine.log() };
  return JSON.parse(blur(JSON.stringify(world).replaceAll(forget, ''))) as unknown;
}

function blur(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gu, 'UUID')
    .replaceAll(/\b[0-9a-f]{40}\b/gu, 'SHA')
    .replaceAll(/\b[0-9a-f]{7}\b/gu, 'sha')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, 'TIME')
    .replaceAll(/127\.0\.0\.1:\d+/gu, 'HOST');
}
