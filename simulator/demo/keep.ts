import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cloneBare } from './git.ts';
import { readChecks, readFile } from './read.ts';
import { REPOSITORY, type DemoStage } from './stage.ts';

/** Keeps what the story left behind, as files that a person can open. */
export async function keepOutput(stage: DemoStage, output: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const keep = async (name: string, text: string): Promise<void> => {
    const file = path.join(output, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text.endsWith('\n') ? text : `${text}\n`);
  };
  await keep(
    'implementation-state.json',
    await readFile(stage, 'implementation-state.json', 'sessionwright-state'),
  );
  await keepPullRequests(stage, keep);
  await keepIssues(stage, keep);
  await keepSummaries(stage, keep);
  await cloneBare(stage.maya, path.join(output, 'repository.git'));
}

type Keep = (name: string, text: string) => Promise<void>;

async function keepPullRequests(stage: DemoStage, keep: Keep): Promise<void> {
  const { api } = stage.maya;
  const pulls = await api.paginate(api.rest.pulls.list, { ...REPOSITORY, state: 'all' });
  for (const pull of pulls) {
    const name = pull.head.ref.replace('session/', '');
    const document = `orchestration-docs/session-${name}.md`;
    await keep(`documents/session-${name}.md`, await readFile(stage, document, pull.head.sha));
    const comments = await commentsOf(stage, pull.number);
    await keep(
      `pull-requests/${pull.number}-${name}.md`,
      [`# ${pull.title} (#${pull.number}, ${pull.state})`, pull.body ?? '', ...comments].join(
        '\n\n',
      ),
    );
    const { data: compared } = await api.rest.repos.compareCommitsWithBasehead({
      ...REPOSITORY,
      basehead: `${pull.base.sha}...${pull.head.sha}`,
    });
    const checks = await Promise.all(
      compared.commits.map(async ({ sha, commit }) => {
        const runs = await readChecks(stage, sha);
        return runs.map(({ name: check, conclusion, status, title, summary, text }) =>
          [
            `# ${check}: ${conclusion ?? status}`,
            `On ${sha.slice(0, 7)}, "${commit.message}"`,
            `## ${title}`,
            summary,
            text,
          ].join('\n\n'),
        );
      }),
    );
    await keep(`checks/${name}.md`, checks.flat().join('\n\n---\n\n'));
  }
}

async function keepIssues(stage: DemoStage, keep: Keep): Promise<void> {
  const { api } = stage.maya;
  const issues = await api.paginate(api.rest.issues.listForRepo, { ...REPOSITORY, state: 'all' });
  for (const issue of issues.filter((one) => one.pull_request === undefined)) {
    const folder = issue.title.startsWith('Escalation')
      ? `escalations/${issue.number}.md`
      : issue.title.includes('dashboard')
        ? 'dashboard.md'
        : `requests/${issue.number}.md`;
    const comments = await commentsOf(stage, issue.number);
    await keep(
      folder,
      [`# ${issue.title} (#${issue.number}, ${issue.state})`, issue.body ?? '', ...comments].join(
        '\n\n',
      ),
    );
  }
}

async function keepSummaries(stage: DemoStage, keep: Keep): Promise<void> {
  for (const { run, jobs } of stage.runner.runs()) {
    const parts = jobs.flatMap((job) => job.steps.map((step) => step.summary));
    const text = parts.filter((part) => part !== '').join('\n\n');
    if (text !== '') await keep(`job-summaries/${run.id}-${run.event}.md`, text);
  }
}

async function commentsOf(stage: DemoStage, number: number): Promise<readonly string[]> {
  const { data } = await stage.maya.api.rest.issues.listComments({
    ...REPOSITORY,
    issue_number: number,
  });
  return data.map(
    (comment) => `---\n\n**${comment.user?.login ?? 'ghost'}**:\n\n${comment.body ?? ''}`,
  );
}
