import type { RepositoryEvent } from '../ports.ts';
import { at, isList, plainText, textAt } from './json.ts';
import { matchesPatterns } from './patterns.ts';
import type { TriggerFilter, Workflow } from './workflow.ts';

/** A way an event may start workflows: each event name under `on:` is one. */
export interface Activation {
  /** The name under `on:`, and the run's `GITHUB_EVENT_NAME`. */
  readonly trigger: string;
  /** `GITHUB_REF`. */
  readonly ref: string;
  /** What names the commit of `GITHUB_SHA`, where the workflow files are read too. */
  readonly commit: string;
  /** What the run is listed under, which for pull requests is their head. */
  readonly head: { readonly branch: string | null; readonly sha: string | null };
  /** Whether the run waits for "Approve workflows to run". */
  readonly needsApproval: boolean;
}

export type Activations =
  | { readonly kind: 'activated'; readonly activations: readonly Activation[] }
  | { readonly kind: 'ignored'; readonly reason: string };

const PULL_REQUEST_DEFAULTS: readonly string[] = ['opened', 'synchronize', 'reopened'];
const DISPATCHES: readonly string[] = ['workflow_dispatch', 'repository_dispatch'];
const MERGE_BRANCH_EVENTS: readonly string[] = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
];

/**
 * How an event may start workflows, and on which ref. What a workflow's own token caused starts
 * nothing but dispatches, and pull requests it opened or pushed to start runs that wait for approval.
 * https://docs.github.com/en/actions/concepts/security/github_token#when-github_token-triggers-workflow-runs
 */
export function activationsOf(event: RepositoryEvent, defaultBranch: string): Activations {
  const byWorkflow = event.cause === 'workflow-token' && !DISPATCHES.includes(event.name);
  const approvable =
    event.name === 'pull_request' &&
    PULL_REQUEST_DEFAULTS.includes(textAt(event.payload, 'action'));
  if (byWorkflow && !approvable) {
    return { kind: 'ignored', reason: 'Events caused with GITHUB_TOKEN start no workflow' };
  }
  const skip = skipInstruction(event);
  if (skip !== null) return { kind: 'ignored', reason: `The head commit says ${skip}` };
  const activations = refsOf(event, `refs/heads/${defaultBranch}`);
  return {
    kind: 'activated',
    activations: activations.map((one) => ({ ...one, needsApproval: byWorkflow })),
  };
}

type UnapprovedActivation = Omit<Activation, 'needsApproval'>;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
function refsOf(event: RepositoryEvent, defaultRef: string): readonly UnapprovedActivation[] {
  const { name, payload } = event;
  if (name === 'push') return [pushed(event, defaultRef)];
  if (MERGE_BRANCH_EVENTS.includes(name)) return pullRequestActivations(event, defaultRef);
  if (name === 'workflow_dispatch') {
    return [onRef(name, qualified(textAt(payload, 'ref') || defaultRef))];
  }
  if (name === 'merge_group') {
    const ref = textAt(payload, 'merge_group', 'head_ref');
    return [{ ...onRef(name, ref), commit: textAt(payload, 'merge_group', 'head_sha') || ref }];
  }
  if (name === 'create') {
    const kind = textAt(payload, 'ref_type') === 'tag' ? 'tags' : 'heads';
    return [onRef(name, `refs/${kind}/${textAt(payload, 'ref')}`)];
  }
  if (name === 'release')
    return [onRef(name, `refs/tags/${textAt(payload, 'release', 'tag_name')}`)];
  return [onRef(name, defaultRef)];
}

function onRef(trigger: string, ref: string): UnapprovedActivation {
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  return { trigger, ref, commit: ref, head: { branch, sha: null } };
}

function qualified(ref: string): string {
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

/** A deleted branch has no commit: its run uses the default branch. */
function pushed(event: RepositoryEvent, defaultRef: string): UnapprovedActivation {
  if (at(event.payload, 'deleted') === true) return onRef('push', defaultRef);
  const ref = textAt(event.payload, 'ref');
  return { ...onRef('push', ref), commit: textAt(event.payload, 'after') || ref };
}

/**
 * The webhook `pull_request` starts two kinds of workflow: `pull_request` on the merge of the two
 * branches, and `pull_request_target`, since December 2025 always on the default branch.
 * https://github.blog/changelog/2025-11-07-actions-pull_request_target-and-environment-branch-protections-changes
 */
function pullRequestActivations(
  event: RepositoryEvent,
  defaultRef: string,
): readonly UnapprovedActivation[] {
  const pull = at(event.payload, 'pull_request');
  const head = { branch: textAt(pull, 'head', 'ref'), sha: textAt(pull, 'head', 'sha') || null };
  const number = plainText(at(event.payload, 'number') ?? at(pull, 'number'));
  const merged = event.name === 'pull_request' && at(pull, 'merged') === true;
  const ref = merged ? `refs/heads/${textAt(pull, 'base', 'ref')}` : `refs/pull/${number}/merge`;
  const merge = { ...onRef(event.name, ref), head };
  if (event.name !== 'pull_request') return [merge];
  return [{ ...onRef('pull_request_target', defaultRef), head }, merge];
}

const SKIP = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/iu;

/** https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs */
function skipInstruction(event: RepositoryEvent): string | null {
  if (event.name !== 'push') return null;
  const message = textAt(event.payload, 'head_commit', 'message');
  return (
    SKIP.exec(message)?.[0] ?? /\n\n(?:.+\n)*(skip-checks: *true)\s*$/u.exec(message)?.[1] ?? null
  );
}

export type Match = { readonly kind: 'match' } | { readonly kind: 'no-match'; reason: string };

/** Whether a workflow's `on:` asks for this event, with the reason if not. */
export function matchTrigger(
  workflow: Workflow,
  activation: Activation,
  event: RepositoryEvent,
): Match {
  const filter = Object.hasOwn(workflow.on, activation.trigger)
    ? workflow.on[activation.trigger]
    : undefined;
  if (!filter) return noMatch(`has no \`on: ${activation.trigger}\``);
  const checks = [dispatchProblem, typeProblem, cronProblem, refProblem, pathProblem];
  for (const check of checks) {
    const problem = check(filter, activation, event, workflow);
    if (problem !== null) return noMatch(problem);
  }
  return { kind: 'match' };
}

function noMatch(reason: string): Match {
  return { kind: 'no-match', reason };
}

type Check = (
  filter: TriggerFilter,
  activation: Activation,
  event: RepositoryEvent,
  workflow: Workflow,
) => string | null;

const dispatchProblem: Check = (_filter, activation, event, workflow) => {
  if (activation.trigger !== 'workflow_dispatch') return null;
  const wanted = textAt(event.payload, 'workflow');
  const same = wanted === workflow.path || workflow.path.endsWith(`/${wanted}`);
  return same ? null : `is not the dispatched workflow ${wanted}`;
};

const typeProblem: Check = (filter, activation, event) => {
  const action = textAt(event.payload, 'action');
  const types = filter.types ?? defaultTypes(activation.trigger);
  if (types === null || types.includes(action)) return null;
  return `does not list the activity type ${action}`;
};

function defaultTypes(trigger: string): readonly string[] | null {
  return trigger === 'pull_request' || trigger === 'pull_request_target'
    ? PULL_REQUEST_DEFAULTS
    : null;
}

const cronProblem: Check = (filter, activation, event) => {
  const cron = textAt(event.payload, 'schedule');
  if (activation.trigger !== 'schedule' || cron === '' || filter.crons.includes(cron)) return null;
  return `does not list the schedule ${cron}`;
};

/** For pushes the ref that was pushed counts, for pull requests their base branch. */
const refProblem: Check = (filter, activation, event) => {
  if (activation.trigger.startsWith('pull_request')) {
    const base = textAt(event.payload, 'pull_request', 'base', 'ref');
    return nameProblem(filter.branches, filter.branchesIgnore, base);
  }
  if (activation.trigger === 'merge_group') {
    const base = textAt(event.payload, 'merge_group', 'base_ref').replace(/^refs\/heads\//u, '');
    return nameProblem(filter.branches, filter.branchesIgnore, base);
  }
  return activation.trigger === 'push' ? pushedRefProblem(filter, event) : null;
};

/** A filter on branches alone keeps tags out, and one on tags alone keeps branches out. */
function pushedRefProblem(filter: TriggerFilter, event: RepositoryEvent): string | null {
  const ref = textAt(event.payload, 'ref');
  const onBranches = filter.branches ?? filter.branchesIgnore;
  const onTags = filter.tags ?? filter.tagsIgnore;
  if (ref.startsWith('refs/tags/')) {
    if (onTags === null && onBranches !== null) return 'filters branches only';
    return nameProblem(filter.tags, filter.tagsIgnore, ref.slice('refs/tags/'.length));
  }
  if (onBranches === null && onTags !== null) return 'filters tags only';
  return nameProblem(filter.branches, filter.branchesIgnore, ref.replace(/^refs\/heads\//u, ''));
}

function nameProblem(
  wanted: readonly string[] | null,
  ignored: readonly string[] | null,
  name: string,
): string | null {
  if (wanted !== null && !matchesPatterns(wanted, name)) return `does not list ${name}`;
  if (ignored !== null && matchesPatterns(ignored, name)) return `ignores ${name}`;
  return null;
}

/**
 * Paths are looked at for branches only; a push whose changes are not known runs, as it does on
 * GitHub when the diff cannot be made.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#git-diff-comparisons
 */
const pathProblem: Check = (filter, activation, event) => {
  if (activation.trigger !== 'push') return null;
  const changed = changedPaths(event);
  if (changed === null || textAt(event.payload, 'ref').startsWith('refs/tags/')) return null;
  const { paths, pathsIgnore } = filter;
  if (paths !== null && !changed.some((path) => matchesPatterns(paths, path))) {
    return 'lists none of the changed paths';
  }
  if (pathsIgnore !== null && changed.every((path) => matchesPatterns(pathsIgnore, path))) {
    return 'ignores every changed path';
  }
  return null;
};

function changedPaths(event: RepositoryEvent): readonly string[] | null {
  const commits = at(event.payload, 'commits');
  if (!isList(commits) || commits.length === 0) return null;
  return commits.flatMap((commit) =>
    ['added', 'modified', 'removed'].flatMap((kind) => {
      const paths = at(commit, kind);
      return isList(paths) ? paths.filter((path) => typeof path === 'string') : [];
    }),
  );
}
