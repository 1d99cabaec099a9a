import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStory } from '../../examples/plex-client-coder/story.ts';
import { pushFiles } from '../../simulator/demo/git.ts';
import { setStage, type DemoStage } from '../../simulator/demo/stage.ts';
import { parseEscalationIssue } from '../../src/documents/escalation-issue.ts';
import { BUILT_IN_FAILURES } from '../../src/domain/failure.ts';
import { HALTS, SELF_FIX } from './failure-rows.ts';
import { amendment, foundation, type ProvocationName } from './provocations.ts';
import { askFor, command, provoke, resolve, type Witness, type WitnessName } from './scenes.ts';

/** All scenes take about a minute on an idle machine with two cores. */
const SCENES_TIMEOUT_MS = 600_000;

const HALT_ORDER = 'impossible-assertion A test counts a report that no behaviour asks for.';

let root: string;
let stage: DemoStage;
const witnesses = new Map<WitnessName, Witness>();

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'sessionwright-failures-'));
  stage = await setStage({
    root: path.join(root, 'stage'),
    node: null,
    onProgress: () => undefined,
  });
  await playScenes();
}, SCENES_TIMEOUT_MS);

afterAll(async () => {
  await stage.close();
  await rm(root, { recursive: true, force: true });
});

/** Two sessions at a time, as many as the example allows; where one halts, its next attempt goes on. */
async function playScenes(): Promise<void> {
  const { maya, planner } = stage;
  const founding = { files: foundation(), message: 'chore: let Sessionwright go on from here' };
  await pushFiles(maya, { branch: 'main', ...founding });
  await askFor(stage, ['playback-session', 'plex-library']);
  await scene('wrong-type', 'own-specification');
  await scene('no-comment', 'undefined-type');
  const { message, resolution } = loadStory().amendment;
  await pushFiles(planner, { branch: 'main', files: amendment(), message });
  await resolve(stage, 'plex-library', resolution);
  await scene('wrong-interval', 'foreign-entry');
  await scene('absent-program', 'unspecified-test');
  witnesses.set('verified-again', await command(stage, 'playback-session', '/session verify'));
  await scene('two-readings');
  await resolve(stage, 'playback-session', 'Every action counts as a report.');
  const halted = await command(stage, 'playback-session', `/session halt ${HALT_ORDER}`);
  witnesses.set('halted-by-command', halted);
}

async function scene(...names: readonly ProvocationName[]): Promise<void> {
  for (const [name, seen] of await provoke(stage, names)) witnesses.set(name, seen);
}

function witnessOf(name: WitnessName): Witness {
  const seen = witnesses.get(name);
  if (seen === undefined) throw new Error(`${name} was not provoked.`);
  return seen;
}

/** The headings of the failures that a check or a comment tells. */
function failuresIn(text: string): readonly string[] {
  return [...text.matchAll(/^#{3,4} (?!Verification: )(.+)$/gmu)].map(([, title = '']) => title);
}

describe.each(SELF_FIX)('$name', (row) => {
  it('makes the check red, with its type, what to do and where', () => {
    const { check } = witnessOf(row.provocation);
    expect(check?.conclusion).toBe('failure');
    expect(check?.title).toBe(`1 failure to fix (self-fix ${row.used} of 5)`);
    expect(check?.summary).toContain('Next: fix what is listed below and push');
    expect(check?.summary).toContain(row.red);
    expect(check?.summary.match(/❌/gu)).toHaveLength(1);
    expect(failuresIn(check?.text ?? '')).toEqual([row.heading]);
    expect(check?.text).toContain(row.advice);
    const [annotation] = check?.annotations ?? [];
    expect(`${annotation?.path}:${annotation?.line}`).toBe(row.place);
    expect(annotation?.level).toBe('failure');
    expect(annotation?.message).toContain(row.message);
  });

  it('is told on the pull request, in the same words', () => {
    const { comment, check, sha } = witnessOf(row.provocation);
    expect(comment).toContain(`### Verification: ${check?.title}`);
    expect(comment).toContain(`head [\`${sha.slice(0, 7)}\`]`);
    expect(failuresIn(comment)).toEqual([row.heading]);
    expect(comment).toContain(row.advice);
  });

  it('is counted once in the state, and the session goes on without an escalation', () => {
    const { entry, sha, escalation, verifications } = witnessOf(row.provocation);
    expect(entry?.status).toBe('in-progress');
    const failedHeads = entry?.$session?.failedHeads ?? [];
    expect(failedHeads).toHaveLength(row.used);
    expect(failedHeads.at(-1)).toEqual({
      sha,
      failures: [expect.stringMatching(new RegExp(`^${row.type}/`, 'u'))],
    });
    expect({ escalation, verifications }).toEqual({ escalation: null, verifications: 1 });
  });
});

describe('a program that is not there is an infrastructure failure', () => {
  it.each(['absent-program', 'verified-again'] as const)(
    'says on the check that the code is not to blame and nothing is counted: %s',
    (name) => {
      const { check, comment } = witnessOf(name);
      expect(check?.conclusion).toBe('failure');
      expect(check?.title).toBe('Could not verify (infrastructure)');
      expect(check?.summary).toContain('No attempt is spent and nothing is counted.');
      expect(check?.summary).toContain('| Lint | ❌ failed with exit code 127 |');
      expect(failuresIn(check?.text ?? '')).toEqual(['Infrastructure: Lint']);
      expect(check?.text).toContain('The command was not found or cannot be executed');
      expect(check?.text).toContain('**To do:** Mend what kept it from running');
      expect(comment).toContain('### Verification: Could not verify (infrastructure)');
      expect(failuresIn(comment)).toEqual(['Infrastructure: Lint']);
    },
  );

  it.each(['absent-program', 'verified-again'] as const)(
    'leaves the module’s entry as the head before left it, but for how often it ran again: %s',
    (name) => {
      const reruns = { sha: witnessOf(name).sha, times: 2, at: expect.any(String) };
      const before = witnessOf('wrong-interval').entry;
      expect(witnessOf(name).entry).toEqual({
        ...before,
        $session: { ...before?.$session, reruns },
      });
      expect(witnessOf(name).escalation).toBeNull();
    },
  );

  it('warns who reviews that the session changed how its code is checked', () => {
    const { check } = witnessOf('absent-program');
    expect(check?.summary).toContain('| Scripts and test configuration | ⚠️ look at it in review');
    expect(check?.summary).toContain('package.json');
  });

  it('is verified again when somebody asks for it', () => {
    const before = witnessOf('absent-program').verifications;
    expect(witnessOf('verified-again').verifications).toBe(before + 1);
  });

  it('is run again by itself, twice at most', () => {
    expect(witnessOf('absent-program').verifications).toBe(3);
  });
});

describe.each(HALTS)('$name', (row) => {
  it('stops the session on its check and its pull request, and points to the escalation', () => {
    const { check, comment, escalation } = witnessOf(row.witness);
    expect(check?.conclusion).toBe('action_required');
    expect(check?.title).toBe(`Halted: ${row.title}`);
    const told = `The session is stopped: ${row.reason} Next: escalation #${escalation?.number} says`;
    expect(check?.summary).toContain(told);
    expect(comment).toContain(`### Verification: Halted: ${row.title}`);
    expect(comment).toContain(told);
  });

  it('blocks the module, with the type and the reason in the state', () => {
    const { entry, escalation } = witnessOf(row.witness);
    expect(entry?.status).toBe('blocked');
    expect(entry?.blockedReason).toBe(row.reason);
    expect(entry?.$session?.escalation).toBe(escalation?.number);
    const history = entry?.$session?.history ?? [];
    expect(history).toHaveLength(row.attempt);
    expect(history.at(-1)).toMatchObject({ outcome: 'halted', failureType: row.type });
  });

  it('escalates to its target, as the config labels and assigns it', () => {
    const { escalation, entry } = witnessOf(row.witness);
    const { body = '', state, labels, assignees } = escalation ?? {};
    expect({ state, labels, assignees }).toEqual({
      state: 'open',
      labels: ['sessionwright', row.label],
      assignees: [row.assignee],
    });
    expect(escalation?.title).toMatch(new RegExp(`^Escalation: .+ is blocked \\(${row.title}\\)$`));
    expect(parseEscalationIssue(body)).toEqual({
      module: row.module,
      attempt: row.attempt,
      sessionId: entry?.sessionId,
      failureType: row.type,
      target: row.target,
    });
    expect(body).toContain(`It is addressed to the **${row.addressee}**.`);
    expect(body).toContain(`**${row.title}.** ${row.reason}\n\n${row.stoppedBy}`);
    expect(body).toContain(`## Decision Needed\n\n${row.question}`);
  });

  it('shows the coder’s report, with nothing to find fault with, or says that there is none', () => {
    const { body = '' } = witnessOf(row.witness).escalation ?? {};
    expect(body).toContain(row.report);
    expect(body).not.toContain('Held against the format');
  });
});

it('tells what the classifier found, and that the coder is not to fix it', () => {
  const { check, escalation } = witnessOf('undefined-type');
  for (const text of [check?.text ?? '', escalation?.body ?? '']) {
    expect(failuresIn(text)).toEqual(['Missing type: Type check']);
    expect(text).toContain('**To do:** HALT (→ Planning Agent)');
    expect(text).toContain('`src/modules/plex-library/PlexLibrary.ts:4` `TS2305`');
  }
});

it('provokes every type of the table', () => {
  const provoked = new Set(
    [...SELF_FIX, ...HALTS].map(({ type }) => type).concat('infrastructure'),
  );
  expect(provoked).toEqual(new Set(BUILT_IN_FAILURES.map(({ id }) => id)));
});

it('asks the simulator for nothing that it does not simulate', () => {
  expect(stage.simulator.unknown).toEqual([]);
});
