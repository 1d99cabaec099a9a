import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { REPO } from '../../support/engine-repository.ts';
import {
  begin,
  dashboardOf,
  escalations,
  implement,
  merge,
  sessionOf,
  type Session,
} from '../../support/engine-story.ts';
import { missingType } from '../../support/verification-results.ts';

type Step = (engine: Engine, core: Session) => Promise<unknown>;

interface Case {
  /** How far the session came before. */
  readonly given: 'running' | 'in review' | 'blocked';
  readonly when: Step;
  readonly status: string;
  readonly escalations: number;
}

const octokit = (engine: Engine) => engine.user('alice').rest;

const deleteBranch: Step = (engine, { branch }) =>
  octokit(engine).git.deleteRef({ ...REPO, ref: `heads/${branch}` });
const closePull: Step = (engine, { pull }) =>
  octokit(engine).pulls.update({ ...REPO, pull_number: pull, state: 'closed' });
const mergePull: Step = (engine, core) => merge(engine, core);
const editPull: Step = (engine, { pull }) =>
  octokit(engine).pulls.update({ ...REPO, pull_number: pull, title: 'Mine', body: 'Mine' });
const forgetPull: Step = (engine, { pull }) => Promise.resolve(engine.repo.issues.delete(pull));

/** GitHub has the branch away and the pull request still open. */
const deleteWithLag: Step = async (engine, core) => {
  await deleteBranch(engine, core);
  engine.news();
  engine.issue(core.pull).state = 'open';
};

/** Back to the commit before the one that is there. */
const forcePush: Step = async (engine, { branch }) => {
  const { data } = await octokit(engine).repos.getCommit({ ...REPO, ref: branch });
  const sha = data.parents[0]?.sha ?? '';
  await octokit(engine).git.updateRef({ ...REPO, ref: `heads/${branch}`, sha, force: true });
};

const editDocument: Step = async (engine, { branch }) => {
  const files = { 'orchestration-docs/session-core-1.md': '# Mine\n' };
  await engine.push(branch, files);
};

const editEscalation: Step = async (engine) => {
  const [issue] = escalations(engine);
  const edit = { ...REPO, issue_number: issue?.number ?? 0, title: 'Mine', body: 'Mine' };
  await octokit(engine).issues.update(edit);
};

const editDashboard: Step = (engine) =>
  octokit(engine).issues.update({ ...REPO, issue_number: dashboardOf(engine), body: 'Mine' });

const closeDashboard: Step = (engine) =>
  octokit(engine).issues.update({ ...REPO, issue_number: dashboardOf(engine), state: 'closed' });

const deleteComments: Step = async (engine, { pull }) => {
  for (const { id } of [...engine.issue(pull).comments]) {
    await octokit(engine).issues.deleteComment({ ...REPO, comment_id: id });
  }
};

const CASES: Readonly<Record<string, Case>> = {
  'closes the pull request of a session that runs': {
    given: 'running',
    when: closePull,
    status: 'pending',
    escalations: 0,
  },
  'closes the pull request of a session in review': {
    given: 'in review',
    when: closePull,
    status: 'pending',
    escalations: 0,
  },
  'closes the pull request of a blocked session': {
    given: 'blocked',
    when: closePull,
    status: 'blocked',
    escalations: 1,
  },
  'deletes the branch of a session that runs': {
    given: 'running',
    when: deleteBranch,
    status: 'pending',
    escalations: 0,
  },
  'deletes the branch of a session in review': {
    given: 'in review',
    when: deleteBranch,
    status: 'pending',
    escalations: 0,
  },
  'deletes the branch of a blocked session': {
    given: 'blocked',
    when: deleteBranch,
    status: 'blocked',
    escalations: 1,
  },
  'deletes a branch whose pull request GitHub has yet to close': {
    given: 'running',
    when: deleteWithLag,
    status: 'pending',
    escalations: 0,
  },
  'makes a pull request unknown to GitHub': {
    given: 'running',
    when: forgetPull,
    status: 'pending',
    escalations: 0,
  },
  'makes the pull request of a blocked session unknown': {
    given: 'blocked',
    when: forgetPull,
    status: 'blocked',
    escalations: 1,
  },
  'merges a session that was never verified': {
    given: 'running',
    when: mergePull,
    status: 'blocked',
    escalations: 1,
  },
  'merges a session in review': {
    given: 'in review',
    when: mergePull,
    status: 'complete',
    escalations: 0,
  },
  'merges a blocked session': {
    given: 'blocked',
    when: mergePull,
    status: 'blocked',
    escalations: 1,
  },
  'edits the pull request': {
    given: 'running',
    when: editPull,
    status: 'in-progress',
    escalations: 0,
  },
  'edits the escalation': {
    given: 'blocked',
    when: editEscalation,
    status: 'blocked',
    escalations: 0,
  },
  'edits the dashboard': {
    given: 'running',
    when: editDashboard,
    status: 'in-progress',
    escalations: 0,
  },
  'closes the dashboard': {
    given: 'running',
    when: closeDashboard,
    status: 'in-progress',
    escalations: 0,
  },
  'deletes our comments': {
    given: 'in review',
    when: deleteComments,
    status: 'review',
    escalations: 0,
  },
  'pushes with force, back to the document': {
    given: 'in review',
    when: forcePush,
    status: 'review',
    escalations: 0,
  },
  'edits the document': {
    given: 'running',
    when: editDocument,
    status: 'in-progress',
    escalations: 0,
  },
};

describe.each(['seen by its own run', 'seen by the sweep alone'] as const)(
  '%s: a person',
  (seen) => {
    let engine: Engine;
    let core: Session;
    beforeEach(async () => {
      engine = await startEngine();
      core = await begin(engine, 'core');
    });
    afterEach(() => engine.close());

    it.each(Object.entries(CASES))('%s', async (_, { given, when, status, escalations: count }) => {
      if (given === 'in review') await implement(engine, core);
      if (given === 'blocked') await implement(engine, core, { verify: missingType });
      await when(engine, await sessionOf(engine, 'core'));
      if (seen === 'seen by its own run') await engine.deliver();
      else engine.news();
      await engine.run(SCHEDULE);
      expect((await engine.state())['core']?.status).toBe(status);
      expect(escalations(engine)).toHaveLength(count);
      expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    });
  },
);
