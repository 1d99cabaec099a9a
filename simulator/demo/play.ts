import {
  readStoryFiles,
  type Expectation,
  type Story,
  type StoryPush,
  type StorySession,
} from '../../examples/plex-client-coder/story.ts';
import { breakPush } from './broken.ts';
import { pushFiles } from './git.ts';
import type { Narrator } from './narrator.ts';
import {
  openSessions,
  readChecks,
  readState,
  VERIFICATION_CHECK,
  type SessionPull,
} from './read.ts';
import { everythingSaid, unmetGates } from './said.ts';
import { REPOSITORY, type DemoStage } from './stage.ts';

/** Where the play left its script: which session, and how what happened differs from what was to happen. */
export class PlotError extends Error {}

export interface PlayOptions {
  readonly story: Story;
  readonly narrator: Narrator;
  /** A module whose green solution gets a type error, to show that the demo can fail. */
  readonly breakModule: string | null;
}

/** More rounds than any story takes: one that goes round in circles must end. */
const MAX_ROUNDS = 40;

/** Plays the whole story: every module asked for, implemented, verified, merged; what must stop is resolved. */
export async function play(stage: DemoStage, options: PlayOptions): Promise<void> {
  const { story, narrator } = options;
  const modules = [...new Set(story.sessions.map((session) => session.module))];
  narrator.scene('Maya asks for every module');
  const asked = new Map<number, string>();
  for (const module of modules) asked.set(await askFor(stage, narrator, module), module);
  await stage.runner.idle();
  tellWaits(stage, narrator, asked);
  const played = new Map<StorySession, number>();
  for (let turn = 1; turn <= MAX_ROUNDS; turn += 1) {
    if (await isOver(stage, modules)) return;
    const moves = await nextMoves(stage, story, played);
    const stopped = await resolveEscalation(stage, options);
    if (moves.length === 0 && !stopped) throw await stuck(stage, modules);
    if (moves.length > 0) await playRound(stage, options, moves);
  }
  throw await stuck(stage, modules);
}

interface Move {
  readonly session: StorySession;
  readonly pull: SessionPull;
  readonly push: StoryPush;
  readonly head: { sha: string };
}

/** All pushes, then all checks, then the merges of what is green. */
async function playRound(
  stage: DemoStage,
  options: PlayOptions,
  moves: readonly Move[],
): Promise<void> {
  const { narrator } = options;
  narrator.scene(`The coder works on ${moves.map(({ pull }) => pull.module).join(' and ')}`);
  for (const move of moves) await pushMove(stage, options, move);
  await stage.runner.idle();
  for (const move of moves) await checkMove(stage, narrator, move);
  for (const move of moves) await mergeMove(stage, narrator, move);
  await stage.runner.idle();
}

/** Opens the request for a module and answers its number. */
async function askFor(stage: DemoStage, narrator: Narrator, module: string): Promise<number> {
  const { maya } = stage;
  const { data: issue } = await maya.api.rest.issues.create({
    ...REPOSITORY,
    title: `Build ${module}`,
  });
  const labels = [`session:${module}`];
  await maya.api.rest.issues.addLabels({ ...REPOSITORY, issue_number: issue.number, labels });
  narrator.act('maya', module, `labels #${issue.number} with session:${module}`);
  return issue.number;
}

function tellWaits(
  { simulator }: DemoStage,
  narrator: Narrator,
  asked: ReadonlyMap<number, string>,
): void {
  for (const { number, body } of everythingSaid(simulator)) {
    const module = asked.get(number);
    if (module === undefined) continue;
    for (const gate of unmetGates(body)) narrator.act('reply', module, `waits for: ${gate}`);
  }
}

async function isOver(stage: DemoStage, modules: readonly string[]): Promise<boolean> {
  const state = await readState(stage);
  return modules.every((module) => state[module]?.status === 'complete');
}

/** The next push of every session that has one left, counted as played. */
async function nextMoves(
  stage: DemoStage,
  story: Story,
  played: Map<StorySession, number>,
): Promise<readonly Move[]> {
  const pulls = await openSessions(stage);
  return pulls.flatMap((pull) => {
    const session = story.sessions.find(
      (one) => one.module === pull.module && one.attempt === pull.attempt,
    );
    if (session === undefined) {
      throw new PlotError(`${pull.module}: the story knows no attempt ${pull.attempt}.`);
    }
    const number = played.get(session) ?? 0;
    const push = session.pushes[number];
    if (push === undefined) return [];
    played.set(session, number + 1);
    return [{ session, pull, push, head: { sha: pull.headSha } }];
  });
}

async function pushMove(stage: DemoStage, options: PlayOptions, move: Move): Promise<void> {
  const { pull, push } = move;
  const values = { sessionId: pull.sessionId, now: new Date().toISOString() };
  const breaks = options.breakModule === pull.module && push.expect.result === 'green';
  const scripted = readStoryFiles(push.directory, values);
  const files = breaks ? breakPush(pull.module, scripted) : scripted;
  const { branch } = pull;
  move.head.sha = await pushFiles(stage.coder, { branch, files, message: push.message });
  options.narrator.act('coder', pull.module, `pushes to ${branch}: ${push.message}`);
}

const CONCLUSIONS: Readonly<Record<Expectation['result'], string>> = {
  green: 'success',
  failing: 'failure',
  halt: 'action_required',
};

/** Holds the check against the story. */
async function checkMove(stage: DemoStage, narrator: Narrator, move: Move): Promise<void> {
  const { pull, push, head } = move;
  const checks = await readChecks(stage, head.sha);
  const check = checks.find((one) => one.name === VERIFICATION_CHECK);
  const expected = CONCLUSIONS[push.expect.result];
  if (check?.conclusion !== expected) {
    const found = check === undefined ? 'no check' : (check.conclusion ?? check.status);
    throw new PlotError(
      `${pull.module}, attempt ${pull.attempt}: "${push.message}" was to end in ${expected}, but ended in ${found}.\n${check?.title ?? ''}\n${check?.summary ?? ''}`,
    );
  }
  narrator.check(pull.module, check.conclusion, check.title);
}

async function mergeMove(stage: DemoStage, narrator: Narrator, move: Move): Promise<void> {
  const { pull, push } = move;
  if (push.expect.result !== 'green') return;
  await stage.maya.api.rest.pulls.merge({ ...REPOSITORY, pull_number: pull.number });
  narrator.act('maya', pull.module, `merges #${pull.number}`);
}

/** The planning agent amends the spec pack, says how it was resolved, and closes the escalation. */
async function resolveEscalation(stage: DemoStage, options: PlayOptions): Promise<boolean> {
  const { amendment } = options.story;
  const { planner } = stage;
  const entry = (await readState(stage))[amendment.module];
  const issue = entry?.$session?.escalation ?? null;
  if (entry?.status !== 'blocked' || issue === null) return false;
  options.narrator.scene(`The planner answers escalation #${issue}`);
  const files = readStoryFiles(amendment.directory, { sessionId: '', now: '' });
  await pushFiles(planner, { branch: 'main', files, message: amendment.message });
  options.narrator.act('planner', amendment.module, `pushes to main: ${amendment.message}`);
  const { resolution: body } = amendment;
  await planner.api.rest.issues.createComment({ ...REPOSITORY, issue_number: issue, body });
  await planner.api.rest.issues.update({
    ...REPOSITORY,
    issue_number: issue,
    state: 'closed',
    state_reason: 'completed',
  });
  options.narrator.act('planner', amendment.module, `closes #${issue} as completed`);
  await stage.runner.idle();
  return true;
}

async function stuck(stage: DemoStage, modules: readonly string[]): Promise<PlotError> {
  const state = await readState(stage);
  const open = modules
    .filter((module) => state[module]?.status !== 'complete')
    .map((module) => `${module} is ${state[module]?.status ?? 'pending'}`);
  return new PlotError(`The story is stuck: ${open.join(', ')}.`);
}
