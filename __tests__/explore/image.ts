import { createHash } from 'node:crypto';
import type { CheckRun, Comment, Issue, Repository } from '../../simulator/model.ts';
import { isDashboard } from '../../src/documents/dashboard.ts';
import { parseEscalationIssue } from '../../src/documents/escalation-issue.ts';
import type { Engine, State } from '../support/engine.ts';
import type { Happening } from '../support/engine-run.ts';

/** The world as text, and the same without the evidence that only the run which stopped a session had in hand. */
export interface Image {
  readonly exact: string;
  readonly withoutEvidence: string;
}

/**
 * All that anybody can see of the repository, under names that do not hang on the order in which things were made:
 * numbers stand for what they are of, times are forgotten, and SHAs and session ids are told apart only by identity.
 */
export async function imageOf(engine: Engine): Promise<Image> {
  const { repo } = engine;
  const names = namesOf(repo);
  const log = await engine.log();
  const world = {
    state: stateOf(await engine.state()),
    log: byModule(log.filter((line) => !RERUN.test(line)).filter(isTold)),
    branches: await branchesOf(engine),
    issues: sorted([...repo.issues.values()].map((issue) => issueOf(issue, names, isKept))),
    checks: sorted(checksThatCount(repo, log).map(checkOf)),
  };
  const text = JSON.stringify(world, null, 1).replaceAll(STOPPED_BY, 'Stopped.');
  const exact = numberIdentities(forgetNumbers(text, names));
  return { exact, withoutEvidence: forgetEvidence(exact) };
}

/**
 * By what two worlds are known to be the same, with what is due in them: all of it, in the order it was made, so that
 * the same follows from both.
 */
export async function keyOf(engine: Engine, due: readonly unknown[]): Promise<string> {
  const { repo } = engine;
  const names = namesOf(repo);
  const world = {
    due,
    state: await engine.state(),
    log: await engine.log(),
    branches: await branchesOf(engine),
    issues: [...repo.issues.values()].map((issue) => issueOf(issue, names, () => true)),
    checks: [...repo.checkRuns.values()].map(checkOf),
    labels: [...repo.labels.values()].map(({ name }) => name),
  };
  const text = numberIdentities(forgetNumbers(JSON.stringify(world, null, 1), names));
  return createHash('sha1').update(text).digest('base64');
}

/** What of an event its run goes by. */
export function nameOfHappening({ name, payload }: Happening): unknown {
  const told = payload as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const about = told['issue'] ?? told['pull_request'];
  return {
    name,
    action: told['action'],
    number: about?.['number'],
    label: told['label']?.['name'],
    comment: told['comment']?.['body'],
    ref: told['ref'],
    after: told['after'],
    inputs: told['inputs'],
  };
}

function namesOf(repo: Repository): ReadonlyMap<number, string> {
  return new Map([...repo.issues.values()].map((issue) => [issue.number, nameOf(issue)]));
}

/** A stopped session's escalation, comment and check quote the failures; a run that finishes a dead one's work has none. */
function forgetEvidence(text: string): string {
  return text
    .replaceAll(/(<!-- sessionwright:escalation [^>]*>)[^\n]*/gu, '$1"')
    .replaceAll(/(### Verification: Halted)[^\n]*/gu, '$1"')
    .replaceAll(/("conclusion": "action_required",\n)[^]*?\n {3}\}/gu, '$1');
}

/** Only the run that stopped a session knows who did: the state does not keep it, so a run that finishes its work cannot tell. */
const STOPPED_BY = /(?:Stopped by|An earlier run stopped it) [^"\\]*/gu;

function nameOf(issue: Issue): string {
  if (issue.pull !== null) return `PULL<${issue.pull.headRef}>`;
  const body = issue.body ?? '';
  if (isDashboard(body)) return 'DASHBOARD';
  const escalation = parseEscalationIssue(body);
  if (escalation !== null) return `ESCALATION<${escalation.module}-${escalation.attempt}>`;
  return `ISSUE<${issue.number}>`;
}

/**
 * That an escalation was resolved is announced by the run that saw it alone; the start of the attempt tells the same.
 * So it may be there or not, but not twice.
 */
function isKept({ body }: Comment, index: number, all: readonly Comment[]): boolean {
  if (!body.includes('sessionwright:reply key=resumed')) return true;
  return all.slice(0, index).some((earlier) => earlier.body === body);
}

/**
 * A request that starts in the run which takes it in is told by its claim's commit; where that run has to finish an
 * earlier session first, it gets a commit of its own before that. Both say the same.
 */
function isTold(line: string, index: number, log: readonly string[]): boolean {
  const module = /^([^:]*): requested$/u.exec(line)?.[1];
  if (module === undefined) return true;
  const next = log.slice(index + 1).find((later) => later.startsWith(`${module}: `));
  return next?.startsWith(`${module}: pending → in-progress `) !== true;
}

/** A verify job that died is counted in the log and in the state, so that no head is run again for ever. */
const RERUN = /: head [0-9a-f]{7} is verified again \([12] of 2\)$/u;

/**
 * Without that count, which tells of the faults themselves; and by name, since modules stand there in the order in
 * which they came up, which two events may do either way.
 */
function stateOf(state: State): unknown {
  const entries = Object.entries(state).map(([id, entry]) => {
    if (!('$session' in entry)) return [id, entry] as const;
    return [id, { ...entry, $session: { ...entry.$session, reruns: undefined } }] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}

/** Modules move independently of each other; of each, every line counts, in its order. */
function byModule(log: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const modules: Record<string, string[]> = {};
  for (const line of log) (modules[/^[^:]*/u.exec(line)?.[0] ?? ''] ??= []).push(line);
  return Object.fromEntries(Object.entries(modules).sort(([a], [b]) => a.localeCompare(b)));
}

async function branchesOf(engine: Engine) {
  const { repo } = engine;
  const heads = repo.git.branches().filter(({ name }) => name !== 'sessionwright-state');
  const seen = heads.map(async ({ name, oid }) => ({
    name,
    oid,
    message: (await repo.git.objects.commit(oid))?.message,
    document: await engine.file(
      name,
      `orchestration-docs/session-${name.replace('session/', '')}.md`,
    ),
  }));
  return (await Promise.all(seen)).sort((a, b) => a.name.localeCompare(b.name));
}

function issueOf(
  issue: Issue,
  names: ReadonlyMap<number, string>,
  isCounted: (comment: Comment, index: number, all: readonly Comment[]) => boolean,
) {
  const { number, title, body, state, stateReason, closedBy, pull } = issue;
  return {
    name: names.get(number),
    title,
    body,
    state,
    stateReason,
    closedBy: closedBy?.login ?? null,
    labels: issue.labels.map((label) => label.name).sort(),
    assignees: issue.assignees.map((one) => one.login).sort(),
    pull:
      pull === null ? null : { head: pull.headSha, base: pull.baseRef, merge: pull.mergeCommitSha },
    comments: sorted(
      issue.comments.filter(isCounted).map((comment) => ({
        by: comment.author.login,
        body: comment.body,
        reactions: comment.reactions.map((one) => `${one.account.login} ${one.content}`).sort(),
      })),
    ),
  };
}

/**
 * An update of a check run can only add annotations (https://docs.github.com/en/rest/checks/runs#update-a-check-run),
 * so one that bears some is followed by another, and GitHub shows the latest of a name; so is a completed one whose head
 * is verified again, since none goes back to waiting. All others count.
 */
function checksThatCount(repo: Repository, log: readonly string[]): readonly CheckRun[] {
  const isVerifiedAgain = log.some((line) => RERUN.test(line));
  const runs = [...repo.checkRuns.values()];
  return runs.filter(({ annotations, name, headSha, status }, index) => {
    const isFollowed = runs
      .slice(index + 1)
      .some((later) => later.name === name && later.headSha === headSha);
    const had = annotations.length > 0 || (isVerifiedAgain && status === 'completed');
    return !(had && isFollowed);
  });
}

function checkOf(run: CheckRun) {
  return {
    name: run.name,
    on: run.headSha,
    as: run.externalId,
    status: run.status,
    conclusion: run.conclusion,
    output: { ...run.output, annotations: run.annotations },
  };
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gu;
const SHA = /\b[0-9a-f]{40}\b/gu;

/** By what does not differ between two plays. */
function sorted<T>(values: readonly T[]): readonly T[] {
  const key = (value: T): string =>
    JSON.stringify(value).replaceAll(TIME, '').replaceAll(UUID, '').replaceAll(SHA, '');
  return values
    .map((value) => ({ value, key: key(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}

function forgetNumbers(text: string, names: ReadonlyMap<number, string>): string {
  const name = (whole: string, before: string, number: string): string =>
    names.has(Number(number)) ? `${before}${names.get(Number(number)) ?? ''}` : whole;
  return text
    .replaceAll(/(#)(\d+)\b/gu, name)
    .replaceAll(/(\/(?:issues|pull)\/)(\d+)\b/gu, name)
    .replaceAll(/("(?:pullRequest|escalation|source|dashboard)": ?)(\d+)\b/gu, name);
}

/** Every SHA and session id becomes the place at which it is first told of. */
function numberIdentities(text: string): string {
  const known = new Map<string, string>();
  const identity = (kind: string) => (value: string) => {
    const name = known.get(value) ?? `${kind}${known.size}`;
    known.set(value, name);
    return name;
  };
  const told = text
    .replaceAll(TIME, 'TIME')
    .replaceAll(UUID, identity('UUID'))
    .replaceAll(SHA, identity('SHA'));
  const short = new Map([...known].map(([value, name]) => [value.slice(0, 7), name]));
  return told.replaceAll(/\b[0-9a-f]{7}\b/gu, (value) => short.get(value) ?? 'SHORT');
}
