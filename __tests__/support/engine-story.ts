import type { CheckRun } from '../../simulator/model.ts';
import { isDashboard } from '../../src/documents/dashboard.ts';
import { renderReport } from '../../src/documents/report.ts';
import { REPO } from './engine-repository.ts';
import { type Engine } from './engine.ts';
import { type Ran, type RunOptions } from './engine-run.ts';

/** Where a session lies once it has started. */
export interface Session {
  readonly module: string;
  readonly branch: string;
  readonly pull: number;
  /** The issue whose label asked for it. */
  readonly issue: number;
}

const CLASS_NAMES: Readonly<Record<string, string>> = {
  core: 'Core',
  auth: 'Auth',
  library: 'Library',
  player: 'Player',
};

/** Somebody asks for a module by label, and the workflow runs until it is quiet. */
export async function begin(engine: Engine, module: string): Promise<Session> {
  const issue = await engine.openIssue(`Build ${module}`, [`session:${module}`]);
  await engine.deliver();
  return sessionOf(engine, module, issue);
}

/** The same by hand, where issues are turned off. */
export async function beginByDispatch(engine: Engine, module: string): Promise<Session> {
  await engine.user('alice').rest.actions.createWorkflowDispatch({
    ...REPO,
    workflow_id: 'sessions.yml',
    ref: 'main',
    inputs: { module },
  });
  await engine.deliver();
  return sessionOf(engine, module);
}

/** The session that the state says runs. */
export async function sessionOf(engine: Engine, module: string, issue = 0): Promise<Session> {
  const { branch, pullRequest } = (await engine.state())[module]?.$session ?? {};
  if (typeof branch !== 'string' || typeof pullRequest !== 'number') {
    throw new Error(`${module} has no session.`);
  }
  return { module, branch, pull: pullRequest, issue };
}

/** The coder pushes the module's one file with its report, and the workflow runs. */
export async function implement(
  engine: Engine,
  session: Session,
  options: { readonly text?: string } & Pick<RunOptions, 'verify' | 'permissions'> = {},
): Promise<{ readonly sha: string; readonly ran: readonly Ran[] }> {
  const { text = 'export class It {}\n', ...run } = options;
  const file = `src/${session.module}/${CLASS_NAMES[session.module] ?? 'It'}.ts`;
  const files = { [file]: text, ...(await reportFile(engine, session.module)) };
  const sha = await engine.push(session.branch, files, { message: 'Implement it' });
  return { sha, ran: await engine.deliver(run) };
}

/** The implementation report of a module's session, as its coder leaves it. */
export async function reportFile(
  engine: Engine,
  module: string,
): Promise<Readonly<Record<string, string>>> {
  const { sessionId, $session } = (await engine.state())[module] ?? {};
  const attempt = $session?.attempt ?? 0;
  const view = { module: { id: module, name: module }, sessionId: sessionId ?? '', attempt };
  const text = renderReport('implementation', view).replaceAll(/^\W*\[.*$/gmu, 'Told.');
  return { [`orchestration-docs/reports/${module}-${attempt}.md`]: text };
}

/** Merges without running the workflow. */
export async function merge(engine: Engine, session: Session): Promise<void> {
  await engine.user('alice').rest.pulls.merge({ ...REPO, pull_number: session.pull });
}

/** From the label to the merge, with the workflow run for everything. */
export async function complete(engine: Engine, module: string): Promise<Session> {
  const session = await begin(engine, module);
  await implement(engine, session);
  await merge(engine, session);
  await engine.deliver();
  return session;
}

export async function closeIssue(
  engine: Engine,
  number: number,
  options: { readonly as?: 'completed' | 'not_planned'; readonly by?: string } = {},
): Promise<void> {
  const { as = 'completed', by = 'paula' } = options;
  await engine.user(by).rest.issues.update({
    ...REPO,
    issue_number: number,
    state: 'closed',
    state_reason: as,
  });
}

/** Our check runs of that name on a commit, the latest last. */
export function checksOn(engine: Engine, sha: string, name = 'verification'): readonly CheckRun[] {
  return [...engine.repo.checkRuns.values()].filter(
    (run) => run.headSha === sha && run.name === `sessionwright / ${name}`,
  );
}

/** How the one verification check on a commit stands; fails where there are several. */
export function verdictOn(engine: Engine, sha: string): string {
  const checks = checksOn(engine, sha);
  const [check] = checks;
  if (check === undefined) return 'none';
  if (checks.length > 1) return `${checks.length} checks`;
  return check.conclusion ?? check.status;
}

/** The comments that the action wrote on an issue or pull request, without their hidden markers. */
export function saidOn(engine: Engine, number: number): readonly string[] {
  return engine
    .issue(number)
    .comments.filter((comment) => comment.author.login === 'github-actions[bot]')
    .map((comment) => comment.body.replaceAll(/<!--.*?-->/gu, '').trim());
}

/** Open issues, but for pull requests and the dashboard, by title. */
export function openIssues(engine: Engine): readonly string[] {
  return [...engine.repo.issues.values()]
    .filter((issue) => issue.pull === null && issue.state === 'open')
    .map((issue) => issue.title);
}

/** The number of the dashboard's issue. */
export function dashboardOf(engine: Engine): number {
  const found = [...engine.repo.issues.values()].find((issue) => isDashboard(issue.body ?? ''));
  if (found === undefined) throw new Error('There is no dashboard.');
  return found.number;
}

/** All issues of ours whose title says that somebody must decide. */
export function escalations(engine: Engine) {
  return [...engine.repo.issues.values()].filter(
    (issue) =>
      issue.pull === null &&
      issue.author.login === 'github-actions[bot]' &&
      issue.body?.includes('sessionwright:escalation') === true,
  );
}

/** Every branch with the commit it is at: what a run that writes nothing leaves as it was. */
export function refsOf(engine: Engine): Readonly<Record<string, string>> {
  return Object.fromEntries(engine.repo.git.refs);
}
