import { move } from '../decide/move.ts';
import type { StartStep } from '../decide/situation.ts';
import { entryTransition } from '../decide/situation.ts';
import { PullRequestsNotAllowedError } from '../domain/errors.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { documentMessage, sessionPaths, sessionTitle } from '../domain/session.ts';
import { renderGatesCheck } from '../documents/gates-report.ts';
import { renderReply } from '../documents/reply.ts';
import { renderPullRequestBody } from '../documents/pull-request-body.ts';
import { checkExternalId, GATES_CHECK } from '../domain/checks.ts';
import { callCoder } from './call-coder.ts';
import type { Created, SessionBranch } from './ports.ts';
import { renderSessionDocument, sessionCommands } from './session-document.ts';
import { amendReply, findConversation, findReply, postReply, type Stage } from './stage.ts';
import { waitingCheck } from './waiting-check.ts';

/** Claims the session, then branch, document, pull request, checks and reply, then records that all are done. */
export async function startSession(stage: Stage, step: StartStep): Promise<void> {
  const { module, session } = step;
  const paths = sessionPaths(module.id, session.attempt, stage.world.config.paths.documents);
  // Before the claim: a user's own template may fail, and must not leave a session that cannot begin.
  const text =
    step.verdicts === null
      ? null
      : renderSessionDocument({ ...stage, state: stage.state() }, step, step.verdicts);
  if (step.claim !== null) await stage.commit(step.claim);
  const branch = await stage.hub.ensureSessionBranch({
    name: paths.branch,
    baseSha: session.baseSha,
    continues: step.continues,
    file: { path: paths.document, text },
    message: documentMessage(module.id, session.attempt),
  });
  const { documentSha: headSha } = branch;
  const pull = await openOrTakeBack(stage, step, { name: paths.branch, ...branch });
  stage.opened.push({ number: pull.number, id: pull.id, state: 'open', labels: [] });
  postChecks(stage, step, headSha);
  postStarted(stage, step, pull);
  if (step.continues !== null) postContinued(stage, step, pull, branch);
  if (step.supersedes !== null) supersede(stage, step, step.supersedes, pull);
  await stage.flush();
  const notCalled = await callCoder(stage, step, pull);
  stage.noteStarted(module.id);
  await stage.commit(
    entryTransition(
      `${module.id}: pull request #${pull.number} (attempt ${session.attempt})`,
      module.id,
      { session: { pullRequest: pull.number, headSha, request: null } },
    ),
  );
  const [first] = notCalled;
  if (first !== undefined) throw first;
}

/** Where the repository lets no action create pull requests, the branch and the claim are taken back. */
async function openOrTakeBack(stage: Stage, step: StartStep, branch: Branch): Promise<Created> {
  try {
    return await openPullRequest(stage, step, branch);
  } catch (error) {
    if (error instanceof PullRequestsNotAllowedError) await takeBack(stage, step, branch, error);
    throw error;
  }
}

interface Branch extends SessionBranch {
  readonly name: string;
}

async function takeBack(
  stage: Stage,
  step: StartStep,
  branch: Branch,
  error: PullRequestsNotAllowedError,
): Promise<void> {
  const { module, session, source } = step;
  // What others have committed there is not ours to delete.
  if (!branch.hasWork) await stage.hub.deleteBranch(branch.name);
  await stage.commit(
    move(stage.state(), {
      edge: 'take-back',
      module: module.id,
      recorded: {
        sessionId: null,
        session: {
          attempt: session.attempt - 1,
          branch: null,
          baseSha: null,
          startedAt: null,
          request: null,
          spec: null,
        },
      },
      tail: '(no pull request)',
    }),
  );
  if (source !== null) {
    postReply(stage, source, `start-failed ${session.sessionId}`, {
      kind: 'start-failed',
      module: module.id,
      told: error,
    });
  }
  await stage.flush();
}

function openPullRequest(stage: Stage, step: StartStep, branch: Branch): Promise<Created> {
  const { module, session } = step;
  const { config, repository, base } = stage.world;
  const view = {
    module,
    session,
    repositoryUrl: repository.url,
    documentSha: branch.documentSha,
    paths: config.paths,
    commands: sessionCommands(stage.world, step),
    selfFixLimit: config.selfFixLimit,
    reportFormat: stage.world.reportFormats.implementation,
    request: entryOf(stage.state(), module.id).session.request,
  };
  return stage.hub.ensurePullRequest({
    branch: branch.name,
    base: base.branch,
    title: sessionTitle(module.name, session.attempt, session.maxAttempts),
    body: renderPullRequestBody(view, stage.templates['pull-request-body']),
  });
}

/** Both checks go out together, so that one found on the head means both are there. */
function postChecks(stage: Stage, step: StartStep, sha: string): void {
  const { module, session, verdicts } = step;
  const { world, runUrl } = stage;
  const pull = world.pulls.get(module.id);
  if (pull?.headSha === sha && pull.check !== null) return;
  const { attempt, maxAttempts, baseSha } = session;
  stage.post({
    kind: 'check-run',
    id: null,
    name: GATES_CHECK,
    sha,
    externalId: checkExternalId(`${module.id}-${attempt}`, sha),
    conclusion: 'success',
    detailsUrl: runUrl,
    output: renderGatesCheck({ module, attempt, baseSha, verdicts }),
  });
  stage.post(waitingCheck(stage, { module, attempt, maxAttempts, sha }));
}

function postStarted(stage: Stage, step: StartStep, pull: Created): void {
  const { module, session, source } = step;
  if (source === null) return;
  const { attempt, maxAttempts } = session;
  const pullRequest = pull.number;
  amendReply(stage, source, `request ${module.id}`, {
    kind: 'waited',
    module: module.id,
    pullRequest,
  });
  postReply(stage, source, `start ${session.sessionId}`, {
    kind: 'started',
    module: module.id,
    attempt,
    maxAttempts,
    pullRequest,
  });
}

/** What a branch that does not begin at the base holds, and what is missing in it, told once on its pull request. */
function postContinued(
  stage: Stage,
  { module, session, continues }: StartStep,
  pull: Created,
  { conflicts }: SessionBranch,
): void {
  const key = `continued ${session.sessionId}`;
  const known = stage.world.pulls.get(module.id)?.comments ?? [];
  if (continues === null || findReply(known, key) !== undefined) return;
  const reply = {
    kind: 'continued',
    module: module.id,
    attempt: session.attempt - 1,
    from: continues,
    base: stage.world.base.branch,
    conflicts,
  } as const;
  stage.post({ kind: 'comment', subject: pull.id, body: renderReply(reply, key) });
}

/** The last attempt's pull request gives way to the new one; its branch stays. */
function supersede(stage: Stage, step: StartStep, old: number, pull: Created): void {
  const conversation = findConversation(stage.world, old);
  if (conversation === null) return;
  postReply(stage, old, `superseded ${step.session.sessionId}`, {
    kind: 'stale-pull-request',
    module: step.module.id,
    status: 'in-progress',
    current: pull.number,
  });
  stage.post({ kind: 'close-pull-request', id: conversation.id });
}
