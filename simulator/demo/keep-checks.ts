import type { WorkflowRunRecord } from '../runner/runner.ts';
import type { CheckedCommit } from './keep-sessions.ts';
import { plannedOf } from './planned.ts';
import { BASE_CHECK, readChecks, type CheckRun } from './read.ts';
import type { Shelf } from './shelf.ts';
import { REPOSITORY, type DemoStage } from './stage.ts';

/** A commit's checks, with their annotations, as one text. */
export function renderChecks({ sha, message, checks }: CheckedCommit): string {
  const [subject = ''] = message.split('\n');
  return checks
    .map((check) =>
      [
        `# ${check.name}: ${check.conclusion ?? check.status}`,
        `On ${sha.slice(0, 7)}, "${subject}"`,
        `## ${check.title}`,
        check.summary,
        check.text,
        renderAnnotations(check.annotations),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    )
    .join('\n\n---\n\n');
}

function renderAnnotations(annotations: CheckRun['annotations']): string {
  if (annotations.length === 0) return '';
  const lines = annotations.map(
    ({ path, line, level, message }) =>
      `- \`${path}:${line}\` ${level}: ${message.replaceAll('\n', '\n  ')}`,
  );
  return `## Annotations\n\n${lines.join('\n')}`;
}

/** Keeps what the gates said of each commit of the base branch. */
export async function keepBaseChecks(stage: DemoStage, shelf: Shelf): Promise<void> {
  const { api } = stage.maya;
  const commits = await api.paginate(api.rest.repos.listCommits, { ...REPOSITORY, sha: 'main' });
  for (const { sha, commit } of commits.reverse()) {
    const checks = (await readChecks(stage, sha)).filter(({ name }) => name === BASE_CHECK);
    if (checks.length === 0) continue;
    const text = renderChecks({ sha, message: commit.message, checks });
    await shelf.put(`checks/base-${sha.slice(0, 7)}.md`, text);
  }
}

/** Keeps what the jobs of each run wrote to their summaries. */
export async function keepJobSummaries(stage: DemoStage, shelf: Shelf): Promise<void> {
  let kept = 0;
  for (const record of stage.runner.runs()) {
    const parts = record.jobs.flatMap((job) => job.steps.map((step) => step.summary));
    const text = parts.filter((part) => part !== '').join('\n\n');
    if (text === '') continue;
    kept += 1;
    const number = String(kept).padStart(2, '0');
    await shelf.put(`job-summaries/${number}-${record.run.event}-${subjectOf(record)}.md`, text);
  }
}

const TRANSITION = /^([a-z0-9-]+): .*(?:→|requested|\(attempt \d+\))/u;

/** The module a run was about, or else what it did or what started it. */
function subjectOf({ run, jobs }: WorkflowRunRecord): string {
  const plans = jobs.map(plannedOf).filter((plan) => plan !== null);
  const verified = plans.find((plan) => plan.kind === 'verification')?.module;
  const moved = jobs.flatMap((job) => job.log.flatMap((line) => TRANSITION.exec(line)?.[1] ?? []));
  const title = run.displayTitle.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  const slug = title.replaceAll(/^-|-$/gu, '').slice(0, 70);
  return verified ?? moved[0] ?? (plans.length > 0 ? 'gates' : slug);
}
