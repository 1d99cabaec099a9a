import type { Engine } from '../../../support/engine.ts';
import {
  configFile,
  MODULES,
  PROMPTS,
  PROMPTS_TEXT,
  REPO,
} from '../../../support/engine-repository.ts';
import { client, commit, STATE_BRANCH } from '../../../support/engine-git.ts';
import {
  begin,
  closeIssue,
  complete,
  escalations,
  implement,
  merge,
  reportFile,
  sessionOf,
} from '../../../support/engine-story.ts';
import { missingType, typeError, type Verifier } from '../../../support/verification-results.ts';

/** What somebody does in a scenario, of the module `core`. */

export async function running(engine: Engine): Promise<void> {
  await begin(engine, 'core');
}

export async function inReview(engine: Engine): Promise<void> {
  await implement(engine, await begin(engine, 'core'));
}

export async function completed(engine: Engine): Promise<void> {
  await complete(engine, 'core');
}

/** Blocked by the classifier, its escalation open. */
export async function blocked(engine: Engine): Promise<void> {
  await implement(engine, await begin(engine, 'core'), { verify: missingType });
}

/** After a HALT that was resolved: the second attempt runs. */
export async function resumed(engine: Engine): Promise<void> {
  await blocked(engine);
  await closeIssue(engine, escalationOf(engine));
  await engine.deliver();
}

/** A request that waits, since the config pauses new sessions. */
export async function waiting(engine: Engine): Promise<void> {
  await engine.openIssue('Build core', ['session:core']);
  await engine.deliver();
}

/** Cancelled by a person, so that it is pending again. */
export async function cancelled(engine: Engine): Promise<void> {
  await running(engine);
  await say('/session cancel')(engine);
  await engine.deliver();
}

export function escalationOf(engine: Engine): number {
  return escalations(engine)[0]?.number ?? 0;
}

/** A comment on the session's pull request. */
export function say(body: string, by = 'alice') {
  return async (engine: Engine): Promise<void> => {
    await engine.comment((await sessionOf(engine, 'core')).pull, body, by);
  };
}

/** A comment on an issue of somebody's. */
export function ask(body: string, by = 'alice') {
  return async (engine: Engine): Promise<void> => {
    await engine.comment(await engine.openIssue('About it'), body, by);
  };
}

export async function putLabel(engine: Engine): Promise<void> {
  await engine.openIssue('Build core', ['session:core']);
}

/** The run that starts the session dies at the first write that this matches; what was sent before it is there. */
export async function cutOffAt(engine: Engine, write: RegExp, ask = pushTrailer): Promise<void> {
  await ask(engine);
  let isDead = false;
  const undo = engine.sim.intercept({
    before: (call) => {
      isDead ||= call.access === 'write' && write.test(JSON.stringify(call.body ?? ''));
      if (isDead) throw new Error('The process died.');
      return undefined;
    },
  });
  await engine.deliver().catch(() => undefined);
  undo();
}

/** Claimed, by a run that died before there was a branch. */
export function claimed(engine: Engine, ask = pushTrailer): Promise<void> {
  return cutOffAt(engine, /refs\/heads\/session\/core-1/u, ask);
}

export async function pushTrailer(engine: Engine): Promise<void> {
  await engine.push('main', { 'a.txt': 'a\n' }, { message: 'Go\n\nStart-Session: core' });
}

export function dispatch(inputs: Readonly<Record<string, string>>, ref = 'main') {
  return async (engine: Engine): Promise<void> => {
    await engine
      .user('alice')
      .rest.actions.createWorkflowDispatch({ ...REPO, workflow_id: 'sessions.yml', ref, inputs });
  };
}

export async function dispatchFromOutside(engine: Engine): Promise<void> {
  await engine.user('alice').rest.repos.createDispatchEvent({
    ...REPO,
    event_type: 'sessionwright',
    client_payload: { module: 'core' },
  });
}

/** Changes the config on the base. */
export function configure(top: string) {
  return async (engine: Engine): Promise<void> => {
    await engine.push('main', { '.github/sessionwright.yml': configFile({ top }) });
  };
}

/** Renames the module `core` in the config on the base, and what rests on it. */
export async function takeOut(engine: Engine): Promise<void> {
  const modules = MODULES.replace('core: {', 'heart: {').replaceAll('[core]', '[heart]');
  await engine.push('main', { '.github/sessionwright.yml': configFile({ modules }) });
}

/** The coder pushes; nothing is run yet. */
export function push(text = 'export class It {}\n') {
  return async (engine: Engine): Promise<void> => {
    const { branch } = await sessionOf(engine, 'core');
    const files = { 'src/core/Core.ts': text, ...(await reportFile(engine, 'core')) };
    await engine.push(branch, files, { message: 'Implement it' });
  };
}

/** The coder pushes with a token that starts nothing, and dispatches the workflow on its own branch. */
export function pushAndDispatch(text?: string) {
  return async (engine: Engine): Promise<void> => {
    await push(text)(engine);
    const { branch, pull } = await sessionOf(engine, 'core');
    await dispatch({ 'pull-request': String(pull) }, branch)(engine);
  };
}

/** The coder pushes that many heads, each of which comes to the same. */
export function pushed(texts: readonly string[], verify: Verifier = typeError()) {
  return async (engine: Engine): Promise<void> => {
    await running(engine);
    for (const text of texts) {
      await implement(engine, await sessionOf(engine, 'core'), { text, verify });
    }
  };
}

export async function claimHalt(engine: Engine): Promise<void> {
  const { branch } = await sessionOf(engine, 'core');
  const claim = {
    status: 'blocked',
    blockedReason: 'Two readings.',
    failureType: 'spec-ambiguity',
  };
  await engine.push(branch, {
    'orchestration-docs/claims/core-1.json': JSON.stringify({ core: claim }),
  });
}

export async function mergeIt(engine: Engine): Promise<void> {
  await merge(engine, await sessionOf(engine, 'core'));
}

export function setPull(state: 'open' | 'closed') {
  return async (engine: Engine): Promise<void> => {
    const { pull } = await sessionOf(engine, 'core');
    await engine.user('alice').rest.pulls.update({ ...REPO, pull_number: pull, state });
  };
}

export async function closeEscalation(engine: Engine): Promise<void> {
  await closeIssue(engine, escalationOf(engine));
}

export async function reopenEscalation(engine: Engine, by = 'paula'): Promise<void> {
  const issue = { ...REPO, issue_number: escalationOf(engine) };
  await engine.user(by).rest.issues.update({ ...issue, state: 'open' });
}

export async function changePrompt(engine: Engine): Promise<void> {
  await engine.push('main', { [PROMPTS]: PROMPTS_TEXT.replace('Emit every', 'Emit each') });
}

/** The state as it would be had the session begun long ago. */
export async function letTimePass(engine: Engine): Promise<void> {
  const file = 'implementation-state.json';
  const text = (await engine.file(STATE_BRANCH, file)) ?? '';
  const long = text.replaceAll(/"(startedAt|headAt)": "[^"]+"/gu, '"$1": "2020-01-01T00:00:00Z"');
  const octokit = client(engine.sim, engine.sim.createUserToken('alice'));
  await commit(octokit, engine.repo, { branch: STATE_BRANCH, files: { [file]: long } });
}

/** Of nothing that concerns a session. */
export async function closeAnIssue(engine: Engine): Promise<void> {
  await closeIssue(engine, await engine.openIssue('Something else'), { by: 'alice' });
}

/** Several of them, one after the other. */
export function all(...steps: readonly ((engine: Engine) => Promise<unknown>)[]) {
  return async (engine: Engine): Promise<void> => {
    for (const step of steps) await step(engine);
  };
}

/** A step whose events reach the workflow. */
export function told(step: (engine: Engine) => Promise<unknown>) {
  return async (engine: Engine): Promise<void> => {
    await step(engine);
    await engine.deliver();
  };
}
