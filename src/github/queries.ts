import { VERIFICATION_CHECK } from '../domain/checks.ts';
import { OUR_LABEL } from '../domain/labels.ts';

const BLOB = `fragment blob on Blob { oid text isTruncated isBinary }`;

const CONVERSATION = `
  id number url title body closed author { login __typename }
  labels(first: 100) { nodes { id name } }
  comments(last: 50) { nodes { id body author { login __typename } } }`;

const ISSUE = `fragment issue on Issue {
  ${CONVERSATION}
  stateReason(enableDuplicate: true)
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { login __typename } } } }
}`;

const PULL = `fragment pull on PullRequest {
  ${CONVERSATION}
  state headRefName headRefOid isCrossRepository baseRefName
  mergeCommit { oid }
  changedFiles
  files(first: 100) { nodes { path changeType } pageInfo { hasNextPage endCursor } }
  commits(last: 1) { nodes { commit { oid checkSuites(first: 20) { nodes {
    checkRuns(first: 10, filterBy: { checkName: "${VERIFICATION_CHECK}" }) { nodes { id conclusion externalId } }
  } } } } }
}`;

/** Who we are, where the base stands, the config on it, and the state: one consistent look. */
export const GROUND_QUERY = `
query ground($owner: String!, $name: String!, $rev: String!, $config: String!, $branch: String!, $file: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    id url hasIssuesEnabled
    defaultBranchRef { name }
    base: object(expression: $rev) { ... on Commit {
      oid
      history(first: 100) { nodes { oid } }
      config: file(path: $config) { object { ...blob } }
      imported: file(path: $file) { object { ...blob } }
    } }
    state: ref(qualifiedName: $branch) { target { oid ... on Commit { file(path: $file) { object { ...blob } } } } }
    sessions: refs(refPrefix: "refs/heads/session/", first: 1) { nodes { name } }
    ours: issues(labels: ["${OUR_LABEL}"], first: 1) { nodes { number } }
  }
}
${BLOB}`;

/** One session whose pull request and head are to be looked at. */
export interface SessionLook {
  readonly module: string;
  readonly pullRequest: number | null;
  readonly branch: string;
  /** Where to read the head's files: a SHA, or the branch. */
  readonly rev: string;
  readonly claim: string;
  readonly escalationReport: string;
  readonly deliverables: readonly string[];
}

export interface SceneLook {
  readonly baseSha: string;
  readonly prompts: string;
  readonly types: string;
  readonly handoffs: string;
  readonly sessions: readonly SessionLook[];
  /** Issues and pull requests by number. */
  readonly conversations: readonly number[];
  /** A pull request that may be no session's. */
  readonly pull: number | null;
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
    ...look.sessions.map((session, index) => sessionPart(session, index, bind)),
    ...look.conversations.map(
      (number) => `n${number}: issueOrPullRequest(number: ${number}) { ...issue ...conversation }`,
    ),
    ...(look.pull === null ? [] : [`pull: pullRequest(number: ${look.pull}) { ...pull }`]),
  ];
  const body = parts.join('\n    ');
  const fragments = [
    BLOB,
    ...(body.includes('...pull') ? [PULL] : []),
    ...(look.conversations.length > 0
      ? [ISSUE, `fragment conversation on PullRequest { ${CONVERSATION} }`]
      : []),
  ];
  const signature = Object.keys(variables).map((name) => `, $${name}: String!`);
  const query = `query scene($owner: String!, $name: String!${signature.join('')}) {
  repository(owner: $owner, name: $name) {
    ${body}
  }
}
${fragments.join('\n')}`;
  return { query, variables };
}

type Bind = (value: string) => string;

function specPart(look: SceneLook, bind: Bind): string {
  return `spec: object(expression: ${bind(look.baseSha)}) { ... on Commit {
      prompts: file(path: ${bind(look.prompts)}) { object { ...blob } }
      types: file(path: ${bind(look.types)}) { object { ...blob } }
      handoffs: file(path: ${bind(look.handoffs)}) { object { ... on Tree { entries { name type oid } } } }
    } }`;
}

function sessionPart(session: SessionLook, index: number, bind: Bind): string {
  const at = (path: string): string => bind(`${session.rev}:${path}`);
  const pull =
    session.pullRequest === null
      ? `s${index}_found: pullRequests(headRefName: ${bind(session.branch)}, last: 1) { nodes { ...pull } }`
      : `s${index}_pull: pullRequest(number: ${session.pullRequest}) { ...pull }`;
  const files = session.deliverables.map(
    (path, number) => `s${index}_d${number}: object(expression: ${at(path)}) { oid }`,
  );
  return [
    pull,
    `s${index}_claim: object(expression: ${at(session.claim)}) { ...blob }`,
    `s${index}_report: object(expression: ${at(session.escalationReport)}) { ...blob }`,
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
