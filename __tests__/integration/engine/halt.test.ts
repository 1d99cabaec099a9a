import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import {
  configFile,
  PROMPTS,
  PROMPTS_TEXT,
  SHARED_TYPES,
  TYPES,
} from '../../support/engine-repository.ts';
import {
  begin,
  checksOn,
  closeIssue,
  escalations,
  implement,
  merge,
  refsOf,
  reportFile,
  saidOn,
  sessionOf,
  verdictOn,
  type Session,
} from '../../support/engine-story.ts';
import { missingType, typeError } from '../../support/verification-results.ts';

const STATE = 'createCommitOnBranch sessionwright-state';
const CLAIM = 'orchestration-docs/claims/core-1.json';
const REPORT = 'orchestration-docs/reports/core-1-escalation.md';

describe('a session that must stop', () => {
  let engine: Engine;
  let core: Session;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
  });
  afterEach(() => engine.close());

  it('is halted by the claim that its coder pushes', async () => {
    const sha = await claimHalt('spec-ambiguity', 'Two readings of `emit`.');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([
      STATE,
      'POST /repos/{owner}/{repo}/issues',
      'createCheckRun + addComment',
      STATE,
      'updateIssue + removeLabelsFromLabelable + addLabelsToLabelable',
    ]);
    const [escalation] = escalations(engine);
    expect(escalations(engine)).toHaveLength(1);
    expect(escalation).toMatchObject({ state: 'open', author: { login: 'github-actions[bot]' } });
    expect(escalation?.labels.map((label) => label.name)).toEqual([
      'sessionwright',
      'needs-review',
    ]);
    expect(escalation?.assignees.map((person) => person.login)).toEqual(['alice']);
    expect(escalation?.body).toContain('Two readings of');
    expect(escalation?.body).toContain('What I saw.');
    for (const dependent of ['auth', 'library', 'player'])
      expect(escalation?.body).toContain(dependent);
    expect((await engine.state())['core']).toMatchObject({
      status: 'blocked',
      blockedReason: 'Two readings of `emit`.',
      $session: {
        escalation: escalation?.number,
        history: [{ attempt: 1, outcome: 'halted', failureType: 'spec-ambiguity' }],
      },
    });
    expect(saidOn(engine, core.pull)).toHaveLength(1);
    expect(saidOn(engine, core.pull)[0]).toContain(`escalation #${escalation?.number ?? 0}`);
    expect(verdictOn(engine, sha)).toBe('action_required');
    expect(checksOn(engine, sha)[0]?.output.summary).toContain(`#${escalation?.number ?? 0}`);
    expect((await engine.run(engine.latest('pull_request', 'synchronize'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is halted by the classifier where the specification names a type that nothing defines', async () => {
    await implement(engine, core, { verify: missingType });
    expect((await engine.state())['core']).toMatchObject({
      status: 'blocked',
      $session: { history: [{ outcome: 'halted', failureType: 'missing-type' }] },
    });
    const [escalation] = escalations(engine);
    expect(escalation?.labels.map((label) => label.name)).toEqual([
      'sessionwright',
      'needs-planning',
    ]);
    expect(escalation?.assignees.map((person) => person.login)).toEqual(['paula']);
    expect(escalation?.body).toContain('IPayload');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('is halted by its own entry in a state file on its branch, too', async () => {
    const entry = { core: { status: 'blocked', blockedReason: 'Two readings.' } };
    await engine.push(core.branch, { 'implementation-state.json': JSON.stringify(entry) });
    await engine.deliver();
    const { status, blockedReason } = (await engine.state())['core'] ?? {};
    expect([status, blockedReason]).toEqual(['blocked', 'Two readings.']);
  });

  it('must leave the entries of others there alone, and is told whose it changed', async () => {
    const entry = { auth: { status: 'complete' } };
    await pushWork({ 'implementation-state.json': JSON.stringify(entry) });
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('in-progress');
    expect(saidOn(engine, core.pull).at(-1)).toContain('what it says of `auth` is no business');
  });

  it('is halted by a command of somebody who may write', async () => {
    await engine.comment(core.pull, '/session halt impossible-assertion The test asks for luck.');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual([
      STATE,
      'POST /repos/{owner}/{repo}/issues',
      'updateCheckRun + addComment',
      STATE,
      'addComment + addReaction + updateIssue + removeLabelsFromLabelable + addLabelsToLabelable',
    ]);
    expect((await engine.state())['core']).toMatchObject({
      status: 'blocked',
      blockedReason: 'The test asks for luck.',
    });
    expect(saidOn(engine, core.pull).at(-1)).toContain('`core` is halted (`impossible-assertion`)');
    expect(escalations(engine)).toHaveLength(1);
    expect((await engine.run(engine.latest('issue_comment'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('goes on after a HALT that may not be or cannot be followed, and says why', async () => {
    const before = await engine.state();
    for (const [by, body, told] of [
      ['rita', '/session halt missing-type X.', 'takes the role `write`'],
      ['tom', '/session halt missing-type X.', 'takes the role `write`'],
      ['alice', '/session halt boredom X.', 'That is no failure type.'],
      ['alice', '/session halt missing-type', 'A HALT needs a reason'],
    ] as const) {
      await engine.comment(core.pull, body, by);
      const [ran] = await engine.deliver();
      expect(ran?.writes).toEqual(['addComment + addReaction']);
      expect(saidOn(engine, core.pull).at(-1)).toContain(told);
      expect((await engine.run(engine.latest('issue_comment'))).writes).toEqual([]);
    }
    expect(await engine.state()).toEqual(before);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('takes a HALT on an issue for what it is: nothing to halt', async () => {
    await engine.comment(core.issue, '/session halt missing-type X.');
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment + addReaction']);
    expect(saidOn(engine, core.issue).at(-1)).toContain(
      'There is no running session here to halt.',
    );
  });

  it('goes on where the claim file says nothing of a HALT of its own', async () => {
    for (const claim of [
      '{',
      '{"auth":{"status":"blocked","blockedReason":"X."}}',
      '\0\0\0',
      '{"core":{"status":"review"}}',
      `{"core":{"status":"blocked","blockedReason":"${'x'.repeat(20_000)}"}}`,
    ]) {
      const sha = await pushWork({ [CLAIM]: claim });
      await engine.deliver();
      expect(verdictOn(engine, sha)).toBe('success');
    }
  });

  it('goes on where the claim was taken back before anybody looked', async () => {
    await claimHalt('spec-ambiguity', 'Two readings.');
    const claimed = engine.latest('pull_request', 'synchronize');
    await pushWork({ [CLAIM]: null });
    await engine.run(claimed);
    expect((await engine.state())['core']?.status).toBe('review');
  });

  it('does not take a claim from a head that is no longer the head', async () => {
    const old = await claimHalt('spec-ambiguity', 'Two readings.');
    const claimed = engine.latest('pull_request', 'synchronize');
    await pushWork({ [CLAIM]: null });
    const result = {
      version: 1,
      kind: 'verification',
      sha: old,
      module: 'core',
      commands: [],
      shed: [],
    };
    await engine.orchestrate(claimed, { verification: JSON.stringify(result) });
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });

  it('moves nothing on a push to it, which is verified all the same', async () => {
    await claimHalt('spec-ambiguity', 'Two readings.');
    await engine.deliver();
    const before = await engine.state();
    await implement(engine, core, { verify: typeError() });
    expect(await engine.state()).toEqual(before);
  });

  /** The module's work, beside whatever else. */
  async function pushWork(files: Readonly<Record<string, string | null>>): Promise<string> {
    const report = await reportFile(engine, 'core');
    return engine.push(core.branch, { ...files, ...report, 'src/core/Core.ts': 'x\n' });
  }

  async function claimHalt(failureType: string, blockedReason: string): Promise<string> {
    const claim = { core: { status: 'blocked', blockedReason, failureType } };
    return engine.push(core.branch, {
      [CLAIM]: JSON.stringify(claim),
      [REPORT]: '# Escalation\n\nWhat I saw.\n',
    });
  }
});

describe('an escalation whose target has a team', () => {
  it('mentions it, as the config of the base has it', async () => {
    const escalation = 'planning-agent: { team: acme/planners }';
    const config = configFile().replace(/planning-agent: \{.*\}/u, escalation);
    const teamed = await startEngine({ config });
    await implement(teamed, await begin(teamed, 'core'), { verify: missingType });
    expect(escalations(teamed)[0]?.body).toMatch(/For @acme\/planners\.\s*$/u);
    await teamed.close();
  });
});

describe('an escalation that is closed', () => {
  let engine: Engine;
  let core: Session;
  let escalation: number;
  beforeEach(async () => {
    engine = await startEngine();
    core = await begin(engine, 'core');
    await implement(engine, core, { verify: missingType });
    escalation = escalations(engine)[0]?.number ?? 0;
  });
  afterEach(() => engine.close());

  it('as completed starts the next attempt, whose document tells what happened and what changed', async () => {
    await engine.push('main', {
      [TYPES]: `${SHARED_TYPES}\nexport interface IPayload {\n  readonly body: string;\n}\n`,
      [PROMPTS]: PROMPTS_TEXT.replace('Emit every', 'Emit each'),
    });
    await engine.comment(escalation, 'IPayload is there now; **use it**.', 'paula');
    await closeIssue(engine, escalation);
    await engine.deliver();
    const next = await sessionOf(engine, 'core');
    expect(next.branch).toBe('session/core-2');
    const document = (await engine.file(next.branch, 'orchestration-docs/session-core-2.md')) ?? '';
    const context = document.slice(document.indexOf('### Previous Attempts'));
    expect(context).toContain('use it');
    expect(context).toContain(`#${escalation}`);
    expect(context).toContain('- Implementation prompt changed');
    expect(document).toContain('| **Attempt** | 2 of 3 |');
    const entry = (await engine.state())['core'];
    expect(entry).toMatchObject({
      status: 'in-progress',
      blockedReason: null,
      $session: {
        attempt: 2,
        escalation: null,
        history: [
          {
            attempt: 1,
            outcome: 'halted',
            resolvedBy: 'paula',
            resolution: 'IPayload is there now; **use it**.',
            escalation,
            pullRequest: core.pull,
          },
        ],
      },
    });
    expect(saidOn(engine, escalation).join('\n')).toContain(
      `Started \`core\`, attempt 2 of 3: #${next.pull}`,
    );
    expect((await engine.run(engine.latest('issues', 'closed'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it('as completed closes the old pull request with a pointer and keeps its branch', async () => {
    await closeIssue(engine, escalation);
    await engine.deliver();
    const next = await sessionOf(engine, 'core');
    expect(engine.issue(core.pull).state).toBe('closed');
    expect(saidOn(engine, core.pull).at(-1)).toContain(`work on in #${next.pull}`);
    expect(engine.repo.git.branch(core.branch)).not.toBeNull();
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });

  it.each([
    ['not planned', { as: 'not_planned' }, 'not closed as completed'],
    ['completed by somebody who only triages', { by: 'tom' }, 'may not resolve an escalation'],
  ] as const)('as %s leaves the module blocked and says so once', async (_, how, told) => {
    await closeIssue(engine, escalation, how);
    const [ran] = await engine.deliver();
    expect(ran?.writes).toEqual(['addComment']);
    expect(saidOn(engine, escalation).at(-1)).toContain(told);
    expect((await engine.state())['core']?.status).toBe('blocked');
    const before = refsOf(engine);
    expect((await engine.run(engine.latest('issues', 'closed'))).writes).toEqual([]);
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
    expect(refsOf(engine)).toEqual(before);
  });

  it('by its merged old pull request is nothing of the kind: the module stays blocked', async () => {
    await merge(engine, core);
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('blocked');
    expect((await engine.run(SCHEDULE)).writes).toEqual([]);
  });
});
