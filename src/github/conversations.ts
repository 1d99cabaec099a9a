import { checkExternalId } from '../domain/checks.ts';
import type { Claim } from '../domain/escalation.ts';
import type { StateEdit } from '../domain/state-edit.ts';
import type {
  AskingComment,
  AskingLabel,
  ChangedFile,
  Conversation,
  PullRequest,
} from '../domain/world.ts';
import type {
  ActorNode,
  AskingCommentNode,
  ConversationNode,
  PullRequestNode,
  Reacted,
} from './graphql-types.ts';

/**
 * A login as `viewer`, REST and the config write it: GraphQL gives a bot's without its `[bot]`, and no person's
 * login can hold a bracket.
 */
export function loginOf({ login, __typename }: ActorNode): string {
  return __typename === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login;
}

/** Who counts as us. */
export interface Identity {
  /** The login of the token that we write with. */
  readonly viewer: string;
  /** Logins that this repository's sessions were written under before, as the config lists them. */
  readonly former: readonly string[];
}

/** Logins are the same in any case. */
export function isOurs(author: ActorNode | null, { viewer, former }: Identity): boolean {
  if (author === null) return false;
  const login = loginOf(author).toLowerCase();
  return [viewer, ...former].some((own) => own.toLowerCase() === login);
}

/** The same of a login as REST writes it: a bot's whole, with its `[bot]`. */
export function isOurLogin(login: string | null | undefined, ours: Identity): boolean {
  return login != null && isOurs({ login, __typename: 'User' }, ours);
}

export function toConversation(node: ConversationNode, ours: Identity): Conversation {
  return {
    ...common(node, ours),
    open: !node.closed,
    closed: node.closed ? closing(node) : null,
    reopened: node.closed ? null : reopening(node),
    ...(node.headRefOid === undefined ? {} : { headSha: node.headRefOid }),
  };
}

/** Who put each asking label on that still stands there: the last one who did. */
export function toAskingLabels(
  node: ConversationNode,
  asking: ReadonlySet<string>,
): readonly AskingLabel[] {
  const names = node.labels.nodes.map(({ name }) => name).filter((name) => asking.has(name));
  return names.map((label) => {
    const event = node.labeled?.nodes.findLast((one) => one.label?.name === label);
    const actor = event?.actor ?? null;
    return { number: node.number, label, by: actor === null ? null : loginOf(actor) };
  });
}

/** Null where it was deleted; answered where we reacted to it, which is done last. */
export function toAskingComment(node: AskingCommentNode | null): AskingComment | null {
  return node === null ? null : { id: node.id, answered: wasAnswered(node) };
}

export function wasAnswered({ reactionGroups }: Reacted): boolean {
  const ours = reactionGroups?.filter((group) => group.viewerHasReacted) ?? [];
  return ours.some(({ content }) => content === 'THUMBS_UP' || content === 'CONFUSED');
}

/** The last of its closings and reopenings: an open issue that has any was opened again. */
function reopening(node: ConversationNode): Conversation['reopened'] {
  const last = node.timelineItems?.nodes.at(-1);
  if (last === undefined) return null;
  const actor = last.actor ?? null;
  return { by: actor === null ? null : loginOf(actor) };
}

export interface HeadFiles {
  readonly files: readonly ChangedFile[];
  readonly filesComplete: boolean;
  readonly claim: Claim | null;
  readonly stateEdit: StateEdit | null;
  readonly report: string | null;
  readonly escalationReport: string | null;
  readonly present: ReadonlySet<string>;
}

/** `subject` is what the head's check of ours is about: `<module>-<attempt>`, or `none`. */
export function toPullRequest(
  node: PullRequestNode,
  ours: Identity,
  subject: string,
  head: HeadFiles,
): PullRequest {
  return {
    ...common(node, ours),
    open: node.state === 'OPEN',
    state: pullState(node.state),
    headBranch: node.headRefName,
    headBranchGone: node.headRef === null,
    headSha: node.headRefOid,
    sameRepository: !node.isCrossRepository,
    baseBranch: node.baseRefName,
    mergeSha: node.mergeCommit?.oid ?? null,
    check: ourCheck(node, subject, ours),
    ...head,
  };
}

export function pullState(state: PullRequestNode['state']): PullRequest['state'] {
  if (state === 'MERGED') return 'merged';
  return state === 'OPEN' ? 'open' : 'closed';
}

export function toChangedFiles(
  nodes: readonly { readonly path: string; readonly changeType: string }[],
): readonly ChangedFile[] {
  return nodes.map(({ path, changeType }) => ({ path, status: fileStatus(changeType) }));
}

function common(node: ConversationNode, ours: Identity) {
  return {
    number: node.number,
    id: node.id,
    url: node.url,
    ours: isOurs(node.author, ours),
    title: node.title,
    body: node.body,
    labels: node.labels.nodes.map(({ id, name }) => ({ id, name })),
    comments: node.comments.nodes.map((comment) => ({
      id: comment.id,
      ours: isOurs(comment.author, ours),
      author: comment.author === null ? 'ghost' : loginOf(comment.author),
      body: comment.body,
    })),
  };
}

function closing(node: ConversationNode): Conversation['closed'] {
  const last = node.timelineItems?.nodes.at(-1);
  const by = last?.actor == null ? null : loginOf(last.actor);
  if (node.stateReason === 'NOT_PLANNED') return { by, reason: 'not-planned' };
  if (node.stateReason === 'DUPLICATE') return { by, reason: 'duplicate' };
  const { number, title } = last?.closer ?? {};
  const closed = { by, reason: 'completed' } as const;
  return number === undefined || title === undefined
    ? closed
    : { ...closed, pull: { number, title } };
}

/** Of a check of the same name that another app made, or a person, ours is told by its app and its external id. */
function ourCheck(
  node: PullRequestNode,
  subject: string,
  { viewer }: Identity,
): PullRequest['check'] {
  const commit = node.commits.nodes.at(-1)?.commit;
  if (commit?.oid !== node.headRefOid) return null;
  // Only the app that made a check run may change it, so that a former identity's is none to go on with.
  const suites = commit.checkSuites?.nodes.filter(
    ({ app }) => app !== null && `${app.slug}[bot]` === viewer,
  );
  const runs = suites?.flatMap((suite) => suite.checkRuns.nodes) ?? [];
  const externalId = checkExternalId(subject, commit.oid);
  // A head may have several, each in a suite of its own: GitHub shows the most recent, as `queueCheck` says.
  const [own] = runs
    .filter((run) => run.externalId === externalId)
    .sort((a, b) => (b.databaseId ?? 0) - (a.databaseId ?? 0));
  if (own === undefined) return null;
  return {
    id: own.id,
    conclusion: own.conclusion,
    annotations: own.annotations?.totalCount ?? 0,
  };
}

function fileStatus(changeType: string): ChangedFile['status'] {
  if (changeType === 'ADDED' || changeType === 'COPIED') return 'added';
  if (changeType === 'DELETED') return 'removed';
  return changeType === 'RENAMED' ? 'renamed' : 'modified';
}
