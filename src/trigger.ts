import * as v from 'valibot';
import { parseComment } from './decide/commands.ts';
import type { Trigger } from './domain/trigger.ts';

const sender = v.object({ login: v.string(), type: v.optional(v.string()) });
const label = v.object({ name: v.string() });
const number = v.pipe(v.number(), v.integer());

const issuesEvent = v.object({
  action: v.string(),
  issue: v.object({ number }),
  label: v.optional(label),
  sender,
});

const commentEvent = v.object({
  action: v.string(),
  issue: v.object({ number }),
  comment: v.object({ id: number, node_id: v.string(), body: v.nullish(v.string(), '') }),
  sender,
});

const pullEvent = v.object({
  action: v.string(),
  number,
  pull_request: v.object({
    head: v.object({ ref: v.string(), repo: v.nullable(v.object({ full_name: v.string() })) }),
    base: v.object({ repo: v.object({ full_name: v.string() }) }),
  }),
  label: v.optional(label),
  sender,
});

const pushEvent = v.object({
  ref: v.string(),
  commits: v.optional(v.array(v.object({ message: v.string() })), []),
  sender,
});

const dispatchEvent = v.object({
  ref: v.optional(v.string(), ''),
  inputs: v.nullish(v.record(v.string(), v.unknown()), {}),
  sender,
});

const repositoryDispatchEvent = v.object({
  action: v.string(),
  branch: v.optional(v.string(), ''),
  client_payload: v.nullish(v.record(v.string(), v.unknown()), {}),
  sender,
});

const sha = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u));

const mergeGroupEvent = v.object({
  action: v.string(),
  merge_group: v.object({ head_sha: sha, head_ref: v.string(), base_sha: sha }),
  sender,
});

/** The `event_type` that a `repository_dispatch` of ours has. */
const DISPATCH_TYPE = 'sessionwright';
const SESSION_LABEL = 'session:';
/** "Matching is done case-insensitively" (`trailers:key` in https://git-scm.com/docs/pretty-formats). */
const TRAILER = /^Start-Session:[ \t]*(\S+)[ \t]*$/gimu;

/**
 * Narrows an event's payload to what woke us. An event that lacks the fields GitHub documents, or that is none
 * of ours, is ignored for a stated reason and costs no request.
 */
export function parseTrigger(event: string, payload: unknown): Trigger {
  switch (event) {
    case 'issues':
      return narrow(issuesEvent, event, payload, fromIssues);
    case 'issue_comment':
      return narrow(commentEvent, event, payload, fromComment);
    case 'pull_request_target':
      return narrow(pullEvent, event, payload, fromPull);
    case 'pull_request':
      return ignored(
        'the event pull_request gives a fork’s run a token that may only read; `on: pull_request_target` drives sessions',
      );
    case 'push':
      return narrow(pushEvent, event, payload, fromPush);
    case 'workflow_dispatch':
      return narrow(dispatchEvent, event, payload, fromDispatch);
    case 'repository_dispatch':
      return narrow(repositoryDispatchEvent, event, payload, fromRepositoryDispatch);
    case 'merge_group':
      return narrow(mergeGroupEvent, event, payload, fromMergeGroup);
    case 'schedule':
      return { kind: 'schedule' };
    default:
      return ignored(`the event ${event} is none that sessions are driven by`);
  }
}

function narrow<S extends v.GenericSchema>(
  schema: S,
  event: string,
  payload: unknown,
  convert: (value: v.InferOutput<S>) => Trigger,
): Trigger {
  const parsed = v.safeParse(schema, payload);
  return parsed.success
    ? convert(parsed.output)
    : ignored(`the payload of the event ${event} lacks the fields GitHub documents`);
}

function fromIssues(event: v.InferOutput<typeof issuesEvent>): Trigger {
  const { action, issue } = event;
  const who = toSender(event.sender);
  if (action === 'labeled') return fromLabel(event.label?.name, issue.number, who);
  if (action === 'closed' || action === 'reopened') {
    return { kind: 'issue', action, number: issue.number, sender: who };
  }
  return ignored(`an issue was ${action}`);
}

function fromComment(event: v.InferOutput<typeof commentEvent>): Trigger {
  const { action, issue, comment } = event;
  if (action !== 'created') return ignored(`a comment was ${action}`);
  if (parseComment(comment.body).commands.length === 0) {
    return ignored('the comment holds no /session command');
  }
  return {
    kind: 'comment',
    number: issue.number,
    commentId: String(comment.id),
    nodeId: comment.node_id,
    body: comment.body,
    sender: toSender(event.sender),
  };
}

function fromPull(event: v.InferOutput<typeof pullEvent>): Trigger {
  const { action, pull_request: pull } = event;
  const who = toSender(event.sender);
  if (action === 'labeled') return fromLabel(event.label?.name, event.number, who);
  if (
    action !== 'opened' &&
    action !== 'synchronize' &&
    action !== 'reopened' &&
    action !== 'closed'
  ) {
    return ignored(`a pull request was ${action}`);
  }
  return {
    kind: 'pull-request',
    action,
    number: event.number,
    headBranch: pull.head.ref,
    sameRepository: pull.head.repo?.full_name === pull.base.repo.full_name,
    sender: who,
  };
}

function fromPush(event: v.InferOutput<typeof pushEvent>): Trigger {
  const branch = event.ref.replace(/^refs\/heads\//u, '');
  if (!event.ref.startsWith('refs/heads/')) return ignored('a tag was pushed');
  if (branch.startsWith('session/'))
    return ignored('session branches are followed by pull request');
  const messages = event.commits.map((commit) => commit.message).join('\n');
  const requested = [...messages.matchAll(TRAILER)].flatMap(([, id]) => id ?? []);
  return { kind: 'push', branch, requested, sender: toSender(event.sender) };
}

function fromDispatch(event: v.InferOutput<typeof dispatchEvent>): Trigger {
  return dispatched(event.inputs, event.ref, event.sender);
}

/** Runs on the default branch, whatever its payload says. */
function fromRepositoryDispatch(event: v.InferOutput<typeof repositoryDispatchEvent>): Trigger {
  if (event.action !== DISPATCH_TYPE)
    return ignored(`the dispatch is not of type ${DISPATCH_TYPE}`);
  const { 'pull-request': pull, ...payload } = event.client_payload;
  const inputs = { ...payload, 'pull-request': typeof pull === 'number' ? String(pull) : pull };
  return dispatched(inputs, event.branch, event.sender);
}

function dispatched(
  inputs: Readonly<Record<string, unknown>>,
  ref: string,
  who: v.InferOutput<typeof sender>,
): Trigger {
  const module = inputs['module'];
  return {
    kind: 'dispatch',
    module: typeof module === 'string' && module !== '' ? module : null,
    pullRequest: pullNumber(inputs['pull-request']),
    branch: ref.replace(/^refs\/heads\//u, ''),
    sender: toSender(who),
  };
}

/** Inputs reach a workflow as text. */
function pullNumber(value: unknown): number | null {
  return typeof value === 'string' && /^[1-9][0-9]{0,9}$/u.test(value) ? Number(value) : null;
}

function fromMergeGroup(event: v.InferOutput<typeof mergeGroupEvent>): Trigger {
  const { action, merge_group: group } = event;
  if (action !== 'checks_requested') return ignored(`a merge group was ${action}`);
  return {
    kind: 'merge-group',
    headSha: group.head_sha,
    headRef: group.head_ref,
    baseSha: group.base_sha,
    sender: toSender(event.sender),
  };
}

function fromLabel(
  name: string | undefined,
  number: number,
  who: ReturnType<typeof toSender>,
): Trigger {
  return name?.startsWith(SESSION_LABEL) === true
    ? { kind: 'label', label: name, number, sender: who }
    : ignored(`the label is not \`${SESSION_LABEL}<module>\``);
}

function toSender(one: v.InferOutput<typeof sender>) {
  return { login: one.login, bot: one.type === 'Bot' };
}

function ignored(reason: string): Trigger {
  return { kind: 'ignored', reason };
}
