import { resultOf } from '../../support/verification-results.ts';
import type { Engine } from '../../support/engine.ts';
import { SCHEDULE, type Happening } from '../../support/engine-run.ts';
import { begin, escalations, implement, sessionOf } from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';
import { encodeResult } from '../../../src/verification/handoff.ts';

/** Plays something that a defence is there for, and says what came of it that must not; nothing where it held. */
export type Scenario = (engine: Engine) => Promise<readonly string[]>;

/** Lets `other` run whole, once, just before a write of the run whose body holds `text`. */
function before(engine: Engine, text: string, other: () => Promise<unknown>): void {
  const undo = engine.sim.intercept({
    before: async (call) => {
      if (!JSON.stringify([call.body]).includes(text)) return undefined;
      undo();
      await other();
      return undefined;
    },
  });
}

/** Two runs serve one request, the second in the midst of the first. */
export const twoRuns: Scenario = async (engine) => {
  await engine.openIssue('Build auth', ['session:auth']);
  await engine.deliver();
  await engine.openIssue('Build core', ['session:core']);
  const event: Happening = engine.latest('issues', 'labeled');
  before(engine, '"branchName":"sessionwright-state"', () => engine.orchestrate(event));
  await engine.orchestrate(event);
  const claims = (await engine.log()).filter((line) => line.startsWith('core: pending → in-'));
  return claims.length === 1 ? [] : [`double session: claimed ${String(claims.length)} times`];
};

/** Somebody made the session's branch beforehand. */
export const branchBeforehand: Scenario = async (engine) => {
  await engine.openIssue('Build auth', ['session:auth']);
  await engine.deliver();
  await engine.push('session/core-1', { 'trap.txt': 'theirs\n' });
  await engine.openIssue('Build core', ['session:core']);
  await engine.deliver().catch(() => undefined);
  const pulls = [...engine.repo.issues.values()].flatMap((issue) => issue.pull ?? []);
  const theirs = pulls.filter(({ headRef }) => headRef === 'session/core-1');
  return theirs.map(() => 'foreign branch adopted: it has a pull request of ours');
};

/** Somebody copied the escalation's marker into an issue of their own, before there was one. */
export const markerCopied: Scenario = async (engine) => {
  const core = await begin(engine, 'core');
  const { rest } = engine.user('alice');
  await rest.issues.create({
    owner: 'acme',
    repo: 'app',
    title: 'Mine',
    body: '<!-- sessionwright:escalation module=core attempt=1 -->',
    labels: ['sessionwright'],
  });
  await implement(engine, core, { verify: missingType });
  const { escalation } = (await engine.state())['core']?.$session ?? {};
  const author = engine.issue(escalation ?? 0).author.login;
  return author === 'github-actions[bot]' ? [] : [`foreign issue adopted: it is ${author}'s`];
};

/** The coder pushes while the earlier head is verified, and the result comes after the push. */
export const pushWhileVerified: Scenario = async (engine) => {
  const core = await begin(engine, 'core');
  await engine.push(core.branch, { 'src/core/Core.ts': 'export class Core {}\n' });
  const event = engine.latest('pull_request', 'synchronize');
  const { planned, outputs } = await engine.plan(event);
  const [run] = planned;
  if (run === undefined) throw new Error('Nothing was planned.');
  const sha = await engine.push(core.branch, { 'src/core/Core.ts': 'broken\n' });
  const verification = encodeResult(resultOf(run));
  await engine.orchestrate(event, { verification, plan: outputs['plan'] ?? '' });
  const judged = [...engine.repo.checkRuns.values()].filter(
    (check) => check.headSha === sha && check.conclusion !== null,
  );
  return judged.map(
    (check) => `stale result accepted: ${check.name} is ${String(check.conclusion)}`,
  );
};

/** The answer to the escalation's creation is lost: GitHub made the issue, the run never heard. */
export const lostAnswer: Scenario = async (engine) => {
  const core = await begin(engine, 'core');
  const undo = engine.sim.intercept({
    after: (call) => {
      if (call.kind !== 'rest' || call.method !== 'POST') return undefined;
      if (call.route !== '/repos/{owner}/{repo}/issues') return undefined;
      undo();
      throw new Error('The connection was reset.');
    },
  });
  await implement(engine, core, { verify: missingType }).catch(() => undefined);
  await engine.run(SCHEDULE);
  const made = escalations(engine).length;
  return made === 1 ? [] : [`double issue: ${String(made)} escalations`];
};

/** Somebody who may only read asks for a session. */
export const readerAsks: Scenario = async (engine) => {
  const issue = await engine.openIssue('Build core');
  await engine.comment(issue, '/session start core', 'rita');
  await engine.deliver();
  const session = await sessionOf(engine, 'core').catch(() => null);
  return session === null ? [] : ['unauthorised start: core has a session'];
};
