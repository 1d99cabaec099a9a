import { VERIFICATION_CHECK } from '../domain/checks.ts';
import { OPEN_STATUS_LABEL_NAMES, OUR_LABEL } from '../domain/labels.ts';
import { COMMENTS_READ } from '../domain/world.ts';
import { askedFragment, sweptParts, type Bind } from './swept.ts';

const BLOB = `fragment blob on Blob { oid text byteSize isTruncated isBinary }`;

const CONVERSATION = `
  id number url title body closed author { login __typename }
  labels(first: 100) { nodes { id name } }
  comments(last: ${COMMENTS_READ}) { nodes { id body author { login __typename } ...asked } }`;

const ISSUE = `fragment issue on Issue {
  ${CONVERSATION}
  stateReason(enableDuplicate: true)
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) { nodes {
    ... on ClosedEvent { actor { login __typename } closer { ... on PullRequest { number title } } }
    ... on ReopenedEvent { actor { login __typename } }
  } }
}`;

const PULL = `fragment pull on PullRequest {
  ${CONVERSATION}
  ...head
  files(first: 100) { nodes { path changeType } pageInfo { hasNextPage endCursor } }
}`;

const HEAD = `fragment head on PullRequest {
  state headRefName headRefOid headRef { id } isCrossRepository baseRefName
  mergeCommit { oid }
  changedFiles
  commits(last: 1) { nodes { commit { oid checkSuites(first: 20) { nodes {
    app { slug }
    checkRuns(first: 10, filterBy: { checkName: "${VERIFICATION_CHECK}" }) { nodes { id databaseId conclusion externalId annotations(first: 1) { totalCount } } }
  } } } } }
}`;

/** Who we are, where the base stands, the config on it, and the state: one consistent look. */
export const GROUND_QUERY = `
query ground($owner: String!, $name: String!, $rev: String!, $config: String!, $branch: String!, $file: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    id databaseId url nameWithOwner isArchived hasIssuesEnabled
    defaultBranchRef { name }
    base: object(expression: $rev) { ... on Commit {
      oid
      history(first: 100) { nodes { oid } }
      config: file(path: $config) { object { ...blob } }
      imported: file(path: $file) { object { ...blob } }
    } }
    state: ref(qualifiedName: $branch) { target { oid ... on Commit { committedDate history(first: 100) { nodes { oid } } file(path: $file) { object { ...blob } } } } }
    sessions: refs(refPrefix: "refs/heads/session/", first: 1) { nodes { name } }
    ours: issues(labels: ["${OUR_LABEL}"], first: 1, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { number body author { __typename login } } }
  }
}
${BLOB}`;

/** One session whose pull request and head are to be looked at. */
export interface SessionLook {
  readonly module: string;
  readonly pullRequest: number | null;
  readonly branch: string;
  /** The commit that the branch is cut from; null where the state does not know it. */
  readonly start: string | null;
  /** Where to read the head's files: a SHA, or the branch. */
  readonly rev: string;
  readonly claim: string;
  /** The state file's path: the branch may hold one of its own. */
  readonly state: string;
  readonly escalationReport: string;
  /** The implementation report; null where no result is to be judged. */
  readonly report: string | null;
  readonly deliverables: readonly string[];
}

/** A module whose specification is to be read as text: to judge its head, or to tell what changed. */
export interface SpecLook {
  readonly module: string;
  /** The handoff's path. */
  readonly handoff: string;
  /** The commit of the specification that its last attempt worked from; null where there was none. */
  readonly before: string | null;
}

export interface SceneLook {
  readonly baseSha: string;
  readonly prompts: string;
  readonly types: string;
  readonly handoffs: string;
  readonly state: string;
  /** The folder of the user's own templates. */
  readonly templates: string;
  readonly planningAgent: string;
  readonly codingAgent: string;
  readonly specs: readonly SpecLook[];
  readonly sessions: readonly SessionLook[];
  /** Issues and pull requests by number. */
  readonly conversations: readonly number[];
  /** Labels that may stand somewhere unhandled; empty where that is not looked for. */
  readonly askingLabels: readonly string[];
  /** Labels that may have to be put on. */
  readonly labels: readonly string[];
  /** A pull request that may be no session's. */
  readonly pull: number | null;
  /** Node id of the comment that woke us, where one did. */
  readonly comment?: string;
  /** What only a sweep looks for: comments that nobody answered since then, and duplicates of ours. */
  readonly swept?: { readonly commentsSince: string };
}

/** The spec pack, the running sessions and the conversations, in one request however many they are. */
export function sceneQuery(look: SceneLook): { query: string; variables: Record<string, string> } {
  const variables: Record<string, string> = {};
  const bind = (value: string): string => {
    const name = `v${Object.keys(variables).length}`;
    variables[name] = value;
    return `$${name}`;
  };
  const parts = [
    specPart(look, bind),
    ...look.specs.map((spec, index) => handoffPart(look, spec, index, bind)),
    ...formerBases(look.specs).map((sha, index) => formerPart(look, sha, index, bind)),
    ...look.sessions.map((session, index) => sessionPart(session, index, bind)),
    ...look.conversations.map(
      (number) => `n${number}: issueOrPullRequest(number: ${number}) { ...issue ...conversation }`,
    ),
    ...askingPart(look.askingLabels, bind),
    ...labelParts(look.labels, bind),
    ...(look.swept === undefined ? [] : sweptParts(look.sessions, bind)),
    ...(look.pull === null ? [] : [`pull: pullRequest(number: ${look.pull}) { ...pull }`]),
  ];
  const body = parts.join('\n    ');
  const fragments = [
    BLOB,
    ...(body.includes('...pull') ? [PULL] : []),
    ...(body.includes('...pull') || body.includes('...head') ? [HEAD] : []),
    ...(body.includes('...conversation')
      ? [ISSUE, `fragment conversation on PullRequest { ${CONVERSATION} headRefOid }`]
      : []),
    ...(body.includes('...pull') || body.includes('...conversation')
      ? [askedFragment(look.swept !== undefined)]
      : []),
  ];
  const signature = Object.keys(variables).map((name) => `, $${name}: String!`);
  const comment = look.comment === undefined ? NO_COMMENT : commentPart(look.comment);
  const query = `query scene($owner: String!, $name: String!${signature.join('')}${comment.signature}) {
  repository(owner: $owner, name: $name) {
    ${body}
  }${comment.field}
}
${fragments.join('\n')}`;
  return { query, variables: { ...variables, ...comment.variables } };
}

/** As many unhandled labels are taken in by one sweep; the next one takes the rest. */
const ASKING_LIMIT = 25;

/** Where asking labels still stand, and who put them there: the last ones of as many labels as an issue can hold. */
function askingPart(labels: readonly string[], bind: Bind): readonly string[] {
  if (labels.length === 0) return [];
  const names = labels.map(bind).join(', ');
  const filter = `labels: [${names}], states: OPEN, first: ${ASKING_LIMIT}`;
  const labeled = `labeled: timelineItems(last: 100, itemTypes: [LABELED_EVENT]) { nodes {
      ... on LabeledEvent { actor { login __typename } label { name } }
    } }`;
  return [
    `asking_issues: issues(${filter}) { nodes { ...issue ${labeled} } }`,
    `asking_pulls: pullRequests(${filter}) { nodes { ...conversation ${labeled} } }`,
  ];
}

/** Which of our labels there are, and the pull requests that bear one of a session that goes on. */
function labelParts(labels: readonly string[], bind: Bind): readonly string[] {
  if (labels.length === 0) return [];
  const found = labels.map((name, index) => `l${index}: label(name: ${bind(name)}) { id name }`);
  const filter = `labels: ${JSON.stringify(OPEN_STATUS_LABEL_NAMES)}, first: 100`;
  return [
    ...found,
    `labelled: pullRequests(${filter}, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { id number state labels(first: 100) { nodes { id name } } } }`,
  ];
}

const NO_COMMENT = { signature: '', field: '', variables: {} };

/** Whether the comment that woke us is still there, and bears a reaction of ours. */
function commentPart(
  id: string,
): typeof NO_COMMENT & { readonly variables: Record<string, string> } {
  return {
    signature: ', $comment: ID!',
    field: `
  comment: node(id: $comment) { ... on IssueComment { id reactionGroups { content viewerHasReacted } } }`,
    variables: { comment: id },
  };
}

function specPart(look: SceneLook, bind: Bind): string {
  return `spec: object(expression: ${bind(look.baseSha)}) { ... on Commit {
      prompts: file(path: ${bind(look.prompts)}) { object { ...blob } }
      types: file(path: ${bind(look.types)}) { object { ...blob } }
      handoffs: file(path: ${bind(look.handoffs)}) { object { ... on Tree { entries { name type oid object { ...blob } } } } }
      templates: file(path: ${bind(look.templates)}) { object { ... on Tree { entries { name type object { ...blob } } } } }
      state: file(path: ${bind(look.state)}) { object { ...blob } }
      planningAgent: file(path: ${bind(look.planningAgent)}) { object { ...blob } }
      codingAgent: file(path: ${bind(look.codingAgent)}) { object { ...blob } }
    } }`;
}

/** The commits that attempts began from, each once. */
export function formerBases(specs: readonly SpecLook[]): readonly string[] {
  return [...new Set(specs.flatMap(({ before }) => before ?? []))];
}

/** A module's handoff now, and as it was when its last attempt began. */
function handoffPart(look: SceneLook, spec: SpecLook, index: number, bind: Bind): string {
  const at = (sha: string): string => `object(expression: ${bind(`${sha}:${spec.handoff}`)})`;
  const now = `h${index}_now: ${at(look.baseSha)} { ...blob }`;
  return spec.before === null
    ? now
    : `${now}\n    h${index}_before: ${at(spec.before)} { ...blob }`;
}

function formerPart(look: SceneLook, sha: string, index: number, bind: Bind): string {
  return `former${index}: object(expression: ${bind(sha)}) { ... on Commit {
      prompts: file(path: ${bind(look.prompts)}) { object { ...blob } }
      types: file(path: ${bind(look.types)}) { object { ...blob } }
    } }`;
}

function sessionPart(session: SessionLook, index: number, bind: Bind): string {
  const at = (path: string): string => bind(`${session.rev}:${path}`);
  const pull =
    session.pullRequest === null
      ? [
          `s${index}_branch: ref(qualifiedName: ${bind(`refs/heads/${session.branch}`)}) { target { oid } }`,
          `s${index}_found: pullRequests(headRefName: ${bind(session.branch)}, last: 10) { nodes { ...pull } }`,
        ]
      : [`s${index}_pull: pullRequest(number: ${session.pullRequest}) { ...pull }`];
  const files = session.deliverables.map(
    (path, number) => `s${index}_d${number}: object(expression: ${at(path)}) { oid }`,
  );
  return [
    ...pull,
    `s${index}_claim: object(expression: ${at(session.claim)}) { ...blob }`,
    `s${index}_state: object(expression: ${at(session.state)}) { ...blob }`,
    `s${index}_escalation: object(expression: ${at(session.escalationReport)}) { ...blob }`,
    ...(session.report === null
      ? []
      : [`s${index}_report: object(expression: ${at(session.report)}) { ...blob }`]),
    ...files,
  ].join('\n    ');
}

/** The changed files of a pull request beyond the first hundred. */
export const FILES_QUERY = `
query files($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      files(first: 100, after: $after) { nodes { path changeType } pageInfo { hasNextPage endCursor } }
    }
  }
}`;
