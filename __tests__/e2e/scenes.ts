import { pushFiles } from '../../simulator/demo/git.ts';
import {
  openSessions,
  readChecks,
  readState,
  VERIFICATION_CHECK,
  type CheckRun,
  type SessionPull,
  type State,
} from '../../simulator/demo/read.ts';
import { REPOSITORY, type DemoStage } from '../../simulator/demo/stage.ts';
import { PROVOCATIONS, type ProvocationName } from './provocations.ts';

/** What was to be witnessed: a push, or a command of the coder's. */
export type WitnessName = ProvocationName | 'verified-again' | 'halted-by-command';

/** All that was told of one head of a session, as it stood when the runner was idle. */
export interface Witness {
  readonly sha: string;
  readonly check: CheckRun | undefined;
  /** The pull request's one comment about verification. */
  readonly comment: string;
  readonly entry: State[string] | undefined;
  /** Null while the module's state names none. */
  readonly escalation: Escalation | null;
  /** How often the session's code was run at that head. */
  readonly verifications: number;
}

export interface Escalation {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** The owner asks for modules, each with an issue and its label. */
export async function askFor(stage: DemoStage, modules: readonly string[]): Promise<void> {
  const { rest } = stage.maya.api;
  for (const module of modules) {
    const { data } = await rest.issues.create({ ...REPOSITORY, title: `Build ${module}` });
    const labels = [`session:${module}`];
    await rest.issues.addLabels({ ...REPOSITORY, issue_number: data.number, labels });
  }
  await stage.runner.idle();
}

/** The coder pushes to the sessions of several modules, which are verified side by side. */
export async function provoke<Name extends ProvocationName>(
  stage: DemoStage,
  names: readonly Name[],
): Promise<readonly (readonly [Name, Witness])[]> {
  const pushed: (readonly [Name, SessionPull])[] = [];
  for (const name of names) {
    const { module, files, message } = PROVOCATIONS[name];
    const session = await openSession(stage, module);
    const push = { branch: session.branch, files: files(session), message };
    const headSha = await pushFiles(stage.coder, push);
    pushed.push([name, { ...session, headSha }]);
  }
  await stage.runner.idle();
  return Promise.all(
    pushed.map(async ([name, session]) => [name, await witness(stage, session)] as const),
  );
}

/** The coder gives a command on its session's pull request. */
export async function command(stage: DemoStage, module: string, body: string): Promise<Witness> {
  const session = await openSession(stage, module);
  const subject = { ...REPOSITORY, issue_number: session.number };
  await stage.coder.api.rest.issues.createComment({ ...subject, body });
  await stage.runner.idle();
  return witness(stage, session);
}

/** The planner says how an escalation is resolved and closes it, and the next attempt starts. */
export async function resolve(stage: DemoStage, module: string, body: string): Promise<void> {
  const number = (await readState(stage))[module]?.$session?.escalation ?? null;
  if (number === null) throw new Error(`${module} has no escalation.`);
  const { issues } = stage.planner.api.rest;
  const subject = { ...REPOSITORY, issue_number: number };
  await issues.createComment({ ...subject, body });
  await issues.update({ ...subject, state: 'closed', state_reason: 'completed' });
  await stage.runner.idle();
}

/** The session of a module's latest attempt: an earlier one's pull request may be open still. */
async function openSession(stage: DemoStage, module: string): Promise<SessionPull> {
  const session = (await openSessions(stage)).findLast((one) => one.module === module);
  if (session === undefined) throw new Error(`${module} has no session.`);
  return session;
}

async function witness(stage: DemoStage, session: SessionPull): Promise<Witness> {
  const sha = session.headSha;
  const entry = (await readState(stage))[session.module];
  const escalation = entry?.$session?.escalation ?? null;
  return {
    sha,
    check: (await readChecks(stage, sha)).find(({ name }) => name === VERIFICATION_CHECK),
    comment: await readComment(stage, session.number),
    entry,
    escalation: escalation === null ? null : await readEscalation(stage, escalation),
    verifications: countVerifications(stage, sha),
  };
}

async function readComment(stage: DemoStage, pull: number): Promise<string> {
  const { issues } = stage.maya.api.rest;
  const { data } = await issues.listComments({ ...REPOSITORY, issue_number: pull });
  const bodies = data.map(({ body = '' }) => body);
  return bodies.find((body) => body.startsWith('<!-- sessionwright:verification -->')) ?? '';
}

async function readEscalation(stage: DemoStage, number: number): Promise<Escalation> {
  const { issues } = stage.maya.api.rest;
  const { data } = await issues.get({ ...REPOSITORY, issue_number: number });
  const { title, body, state, labels, assignees } = data;
  return {
    number,
    title,
    body: body ?? '',
    state,
    labels: labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    assignees: (assignees ?? []).map(({ login }) => login),
  };
}

function countVerifications({ runner }: DemoStage, sha: string): number {
  const steps = runner
    .runs()
    .filter(({ run }) => run.headSha === sha)
    .flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
  return steps.filter(({ name, conclusion }) => name === 'Verify' && conclusion === 'success')
    .length;
}
